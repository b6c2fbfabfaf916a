"""What else the record holds about a noun: every published noun whose declared fields point to it.

Nothing is listed by hand. A new noun that points to a jurisdiction appears on that jurisdiction's page by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.text import capfirst

from dashboard import layout
from dashboard.addresses import with_query
from dashboard.tables import Table, columns, rows_of_nouns
from dashboard.values import shown
from jurisdictions.edition import PublicNoun
from tracker.public.filters.base import SlugsFilter
from tracker.public.ledger import DatasetVersion
from tracker.public.nouns import NOUNS, Noun
from tracker.public.pages import count
from tracker.public.select import Selection, select

MOST_ROWS = 10
"""Rows of one kind on a page where a list holds all of them."""
MOST_ROWS_WITHOUT_A_LIST = 100
MOST_COLUMNS = 5


@dataclass(frozen=True)
class Relation:
    """A way in which nouns of one kind point to those of another: who points, by which lookup, and its title.

    `parameter` is the filter that selects exactly these, empty where there is none.
    """

    noun: str
    lookup: str
    title: str
    parameter: str


def related(record: PublicNoun, *, version: DatasetVersion, on: date, as_of: date | None) -> list[Table]:
    """The nouns that point to this record, way by way; ways without any are left out.

    Computed fields are those of the day `on`; where the reader asked for a day, `as_of`, what came later is left out.
    """
    tables = (_table(record, relation, version, on, as_of) for relation in relations(record.NOUN))
    return [table for table in tables if table.count]


@cache
def relations(target: str) -> tuple[Relation, ...]:
    """The ways in which nouns point to nouns of this kind; ways with one filter count once.

    In the nouns' order, but what a noun's own kind has to say (the parts of a state) after all others.
    """
    found: dict[tuple[str, str], Relation] = {}
    for noun in sorted(NOUNS.values(), key=lambda noun: noun.name == target):
        for relation in _relations(noun, target):
            found.setdefault((noun.name, relation.parameter or relation.lookup), relation)
    return tuple(found.values())


def _relations(noun: Noun, target: str) -> Iterator[Relation]:
    direct = [field.name for field in noun.fields if field.target == target]
    for name in direct:
        pointer: Any = noun.model._meta.get_field(name)
        title = capfirst(pointer.remote_field.related_name.replace("_", " "))
        yield Relation(noun.name, name, title, _parameter(noun, target, name, alone=len(direct) == 1))
    for child in noun.children:
        for field in child.fields:
            if field.target == target:
                parameter = _parameter(noun, target, field.name, alone=not direct)
                yield Relation(noun.name, f"{child.name}__{field.name}", noun.heading, parameter)


def _parameter(noun: Noun, target: str, name: str, *, alone: bool) -> str:
    """The filter of nouns of the target's kind that asks about this field: by its name, or as the only one for it."""
    filters = {
        key: filter_.field_name
        for key, filter_ in noun.filterset.base_filters.items()
        if isinstance(filter_, SlugsFilter) and NOUNS[target].model in filter_.field.models
    }
    same_name = [key for key, field_name in filters.items() if field_name == name]
    return next(iter(same_name or (filters if alone and len(filters) == 1 else [])), "")


def _table(record: PublicNoun, relation: Relation, version: DatasetVersion, on: date, as_of: date | None) -> Table:
    noun = NOUNS[relation.noun]
    params = {"on": as_of.isoformat()} if as_of and noun.dated else {}
    if relation.parameter:
        params[relation.parameter] = record.slug
    selection = select(noun, params, today=on)
    rows: Any = selection.queryset
    if relation.parameter:
        total, most = count(selection, version), MOST_ROWS
    else:
        rows = _pointing(selection, relation, record)
        total, most = rows.order_by().count(), MOST_ROWS_WITHOUT_A_LIST
    first = list(rows[:most]) if total else []
    name, *rest = [field for field in layout.columns(noun) if field.name != relation.lookup]
    used = [name, *(field for field in rest if any(shown(row, field) for row in first))][:MOST_COLUMNS]
    return Table(
        title=relation.title,
        columns=columns(used),
        rows=rows_of_nouns(first, used),
        count=total,
        all_url=with_query(f"/{noun.name}/", params) if relation.parameter else "",
        name=f"{noun.name}-{relation.lookup}",
    )


def _pointing(selection: Selection, relation: Relation, record: PublicNoun) -> Any:
    """The rows that point to the record, each once however often they do."""
    keys = selection.noun.rows(selection.on).filter(**{relation.lookup: record.pk}).order_by().values("pk")
    return selection.queryset.filter(pk__in=keys)
