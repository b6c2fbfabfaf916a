"""The components of the OpenAPI description: what problems, references, records, changes, hits and sums look like."""

from __future__ import annotations

from typing import Any

from api.openapi import (
    COUNT,
    DECIMAL,
    LINK,
    MOMENT,
    TEXT,
    filter_parameters,
    form_parameters,
    nullable,
    obj,
    record_name,
    record_schema,
)
from public.dollars import RULE
from public.engine.knowledge import KNOWN_AT
from public.engine.known_at import KnownAt
from public.engine.parameters import Schema
from public.nouns import NOUNS
from public.search.plan import MOST_COUNTED
from public.summaries import DIMENSIONS


def add_components(result: Schema, **_: Any) -> Schema:
    """A hook of drf-spectacular: put the components into the finished description."""
    parameters = {name: schema for noun in NOUNS.values() for name, schema in filter_parameters(noun).items()}
    [known_at] = form_parameters(KnownAt({}))
    result["components"] = {"schemas": components(), "parameters": {**parameters, KNOWN_AT: known_at}}
    return result


def components() -> Schema:
    """Every component by name."""
    records = {
        record_name(noun, detail=detail): record_schema(noun, detail=detail)
        for noun in NOUNS.values()
        for detail in (False, True)
    }
    return {**_shared(), **records, **_ledger(), **_search(), **_summaries()}


def _shared() -> Schema:
    reference = {"slug": TEXT, "name": TEXT}
    addresses = {"url": LINK, "api_url": LINK}
    place = {"full_name": TEXT, "kind": TEXT, "state": nullable(TEXT), "geoid": TEXT}
    error = {"parameter": TEXT, "value": TEXT, "detail": TEXT, "did_you_mean": nullable(TEXT)}
    problem = {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "errors": {"type": "array", "items": obj(error)},
        "reason": TEXT,
        "at": MOMENT,
    }
    return {
        "Reference": obj({**reference, **addresses}),
        "JurisdictionReference": obj({**reference, **place, **addresses}),
        "Problem": obj(problem, required=("type", "title", "status", "detail")),
    }


def _ledger() -> Schema:
    change = {
        "id": {**COUNT, "description": "Place in the ledger."},
        "noun": TEXT,
        "slug": TEXT,
        "url": LINK,
        "api_url": LINK,
        "revision": COUNT,
        "action": TEXT,
        "action_label": TEXT,
        "at": MOMENT,
        "reason": {**TEXT, "description": "Why, where a reason was given."},
        "previous_hash": TEXT,
        "hash": {**TEXT, "description": "SHA-256 of this change and the hash before it."},
    }
    document = {"type": "object", "description": "The whole public document; empty where it was withdrawn since."}
    return {"Change": obj(change), "ChangeDetail": obj({**change, "document": document})}


def _search() -> Schema:
    marks = {"type": "array", "items": {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}}
    hit = {
        "noun": TEXT,
        "slug": TEXT,
        "title": TEXT,
        "url": LINK,
        "api_url": LINK,
        "state": nullable(TEXT),
        "snippet": {**TEXT, "description": "A passage of the record's text."},
        "matches": {**marks, "description": "Start and end of each match in the snippet, in characters."},
    }
    found = {
        "count": {**COUNT, "description": "Number of records that match, as far as counted; the best are given."},
        "count_is_capped": {
            "type": "boolean",
            "description": f"Whether more match: of a kind of record, {MOST_COUNTED:,} are counted at most.",
        },
        "misspelt": {
            "type": "boolean",
            "description": "Whether only words spelt much like those asked for were found.",
        },
        "nouns": {"type": "object", "additionalProperties": COUNT, "description": "Number of matches of each kind."},
        "capped_nouns": {
            "type": "array",
            "items": TEXT,
            "description": "The kinds of which more match than are counted; the best are then of the newest.",
        },
        "results": {"type": "array", "items": obj(hit)},
    }
    return {"SearchAnswer": obj(found)}


def _summaries() -> Schema:
    money = {
        "shares": {**COUNT, "description": "Shares of joint awards."},
        "amount": {**DECIMAL, "description": RULE},
        "amount_by_kind": {"type": "object", "additionalProperties": DECIMAL},
    }
    return {f"Summary_{noun}": _summary(noun, money if noun == "grants" else {}) for noun in DIMENSIONS}


def _summary(noun: str, figures: Schema) -> Schema:
    count = {"count": {**COUNT, "description": f"Number of {NOUNS[noun].label_plural}."}}
    groups = {key: nullable(TEXT) for name in DIMENSIONS[noun] for key in (name, f"{name}_label")}
    row = obj({**groups, **count, **figures}, required=("count", *figures))
    by = {"type": "array", "items": {"type": "string", "enum": list(DIMENSIONS[noun])}}
    return obj({"by": by, "total": obj({**count, **figures}), "results": {"type": "array", "items": row}})
