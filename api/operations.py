"""The operations of the OpenAPI description, one for each address of the API."""

from __future__ import annotations

from api.openapi import (
    COUNT,
    TEXT,
    answer,
    filter_references,
    form_parameters,
    list_schema,
    obj,
    operation,
    record_name,
    ref,
)
from public.changes import ChangesForm
from public.dollars import RULE
from public.engine.noun import Noun
from public.engine.options import DetailOptions, ListOptions
from public.engine.parameters import Schema
from public.search_form import SearchOptions
from public.summaries import BY_HELP, DIMENSIONS

RECORDS, ACROSS = "Records", "Across records"


def list_operation(noun: Noun) -> Schema:
    """The pages of one noun."""
    return operation(
        f"list_{noun.name}",
        noun.heading,
        f"The {noun.label_plural} that the filters select, page by page, or as CSV all at once.",
        RECORDS,
        [*filter_references(noun), *form_parameters(ListOptions(noun, {}))],
        answer(f"A page of {noun.label_plural}.", list_schema(ref(record_name(noun, detail=False))), text_csv=TEXT),
    )


def table_operation(noun: Noun) -> Schema:
    """The table of one noun."""
    options = form_parameters(ListOptions(noun, {}))
    return operation(
        f"table_{noun.name}",
        f"{noun.heading} as CSV",
        f"All {noun.label_plural} that the filters select, in the order of the list, as a file.",
        RECORDS,
        [
            *filter_references(noun),
            *(option for option in options if option["name"] in {"ordering", "fields"}),
        ],
        {"description": "A table, header first.", "content": {"text/csv": {"schema": TEXT}}},
    )


def detail_operation(noun: Noun) -> Schema:
    """One record of a noun."""
    slug = {"name": "slug", "in": "path", "required": True, "schema": TEXT, "description": "Slug of the record."}
    described = operation(
        f"read_{noun.name}",
        f"One of the {noun.label_plural}",
        "One record with its children and its sources.",
        RECORDS,
        [slug, *form_parameters(DetailOptions(noun, {}))],
        answer("The record.", ref(record_name(noun, detail=True))),
        404,
        410,
    )
    described["responses"]["301"] = {"description": "Merged into another record, which is at the address given."}
    return described


def summary_operation(noun: Noun) -> Schema:
    """The sums of one noun."""
    by = {
        "name": "by",
        "in": "query",
        "description": BY_HELP,
        "style": "form",
        "explode": False,
        "schema": {"type": "array", "items": {"type": "string", "enum": list(DIMENSIONS[noun.name])}},
    }
    rule = f" {RULE}" if noun.name == "grants" else ""
    return operation(
        f"summary_{noun.name}",
        f"Sums of {noun.label_plural}",
        f"Numbers of the {noun.label_plural} that the filters select, group by group.{rule}",
        ACROSS,
        [by, *filter_references(noun)],
        answer("The groups, and all of them together.", ref(f"Summary_{noun.name}")),
    )


def search_operation() -> Schema:
    """The search."""
    return operation(
        "search",
        "Search",
        "The records of any kind that hold these words in any of their forms, best first. Where no record holds them, "
        "those with words spelt much like them.",
        ACROSS,
        form_parameters(SearchOptions({})),
        answer("The best matches.", ref("SearchAnswer")),
    )


def changes_operation() -> Schema:
    """The ledger."""
    return operation(
        "changes",
        "Changes",
        "Everything published, corrected, changed and withdrawn, newest first. Each change holds the hash of the one "
        "before it.",
        ACROSS,
        form_parameters(ChangesForm({})),
        answer("A page of changes.", list_schema(ref("Change"))),
    )


def change_operation() -> Schema:
    """One change."""
    key = {"name": "id", "in": "path", "required": True, "schema": COUNT, "description": "Id of the change."}
    return operation(
        "read_change",
        "One change",
        "One change with the whole public document as it was then.",
        ACROSS,
        [key],
        answer("The change.", ref("ChangeDetail")),
        404,
    )


def index_operation() -> Schema:
    """The addresses."""
    addresses = {"type": "object", "additionalProperties": TEXT}
    content = {
        "documentation": TEXT,
        "schema": TEXT,
        "dataset_version": COUNT,
        "records": addresses,
        "search": TEXT,
        "summaries": addresses,
        "changes": TEXT,
    }
    return operation(
        "index", "Addresses", "The addresses of this API.", ACROSS, [], answer("The addresses.", obj(content))
    )
