"""A noun's page from its declarations: its facts in reading order, and its children as a timeline or a table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from dashboard.sources import Sources
from dashboard.tables import Table, columns, rows_of_children
from dashboard.values import shown
from jurisdictions.edition import Declared, PublicNoun
from tracker.public.fields import Child, Kind
from tracker.public.nouns import NOUNS

SHOWN_APART = frozenset({"citations"})
"""Children that a page shows in a form of their own."""


@dataclass
class Fact:
    """One field of a record with its value as markup, the numbers of its sources, and whether a source disputes it."""

    label: str
    value: SafeString
    numbers: list[int] = field(default_factory=list)
    disputed: bool = False


@dataclass
class Happening:
    """One dated child: what it was, when (empty when not known), short facts, sentences, and if it came later."""

    what: SafeString
    when: SafeString
    facts: list[Fact]
    prose: list[SafeString]
    later: bool


@dataclass
class Group:
    """The children of one kind, with the numbers of their sources: a timeline of happenings, or else a table."""

    name: str
    title: str
    numbers: list[int]
    disputed: bool
    happenings: list[Happening] = field(default_factory=list)
    table: Table | None = None


def facts(noun: PublicNoun, sources: Sources, *, without: Collection[str] = ()) -> tuple[list[Fact], list[str]]:
    """The facts on record in declared order, and the labels of the fields of which nothing is on record."""
    known, unknown = [], []
    for public_field in NOUNS[noun.NOUN].fields:
        name = public_field.name
        value, numbers = shown(noun, public_field), sources.by_field.get(name, [])
        if (value and name not in without) or numbers:
            known.append(Fact(public_field.label, value, numbers, name in sources.disputed))
        elif not value:
            unknown.append(public_field.label)
    return known, unknown


def children(noun: PublicNoun, sources: Sources, on: date) -> list[Group]:
    """The children of a noun, kind by kind in declared order, timelines first; kinds without rows are left out.

    Happenings that certainly lie after the day `on` are marked as later.
    """
    kinds = [child for child in NOUNS[noun.NOUN].children if child.name not in SHOWN_APART]
    groups = ((child, list(getattr(noun, child.name).all())) for child in kinds)
    found = [_group(child, rows, sources, on) for child, rows in groups if rows]
    return sorted(found, key=lambda group: not group.happenings)


def _group(child: Child, rows: list[Any], sources: Sources, on: date) -> Group:
    group = Group(
        child.name, capfirst(child.name), sources.by_field.get(child.name, []), child.name in sources.disputed
    )
    if {"kind", "on"} <= {public_field.name for public_field in child.fields}:
        group.happenings = [_happening(child, row, on) for row in rows]
    else:
        used = [column for column in child.fields if any(shown(row, column) for row in rows)]
        group.table = Table(group.title, columns(used), rows_of_children(rows, used))
    return group


def _happening(child: Child, row: Declared, on: date) -> Happening:
    written = {public_field.name: shown(row, public_field) for public_field in child.fields}
    rest = [key for key in child.fields if written[key.name] and key.name not in {"kind", "on"}]
    short = [key for key in rest if key.kind is not Kind.PROSE]
    happened: Any = getattr(row, "on")  # noqa: B009  # Every dated child has it, and Declared does not say so.
    return Happening(
        what=written["kind"],
        when=written["on"],
        facts=[Fact(public_field.label, written[public_field.name]) for public_field in short],
        prose=[written[public_field.name] for public_field in rest if public_field.kind is Kind.PROSE],
        later=bool(happened) and happened.first_day > on,
    )
