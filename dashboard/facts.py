"""A noun's page from its declarations: its facts in reading order, and its children as a timeline or a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from dashboard.layout import columns, fields, layout_of
from dashboard.sources import NumberedSource, Passage, Sources
from dashboard.tables import Table, rows_of_children
from dashboard.tables import columns as columns_of
from dashboard.values import shown, shown_at_length
from nouns.noun import PublicNoun
from public.engine.fields import Child, Kind, PublicField
from public.nouns import NOUNS

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
class Chapter:
    """Some facts under one heading."""

    name: str
    title: str
    facts: list[Fact]


@dataclass
class Dispute:
    """What the record says of one field, whose sources say so, and what other sources say instead."""

    about: str
    value: SafeString
    numbers: list[int]
    against: list[tuple[NumberedSource, Passage]] = field(default_factory=list)


@dataclass
class Happening:
    """One dated child: what it was, when (empty when not known), facts, sentences, its sources, if it came later."""

    what: SafeString
    when: SafeString
    facts: list[Fact]
    prose: list[SafeString]
    numbers: list[int]
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


def chapters(noun: PublicNoun, sources: Sources) -> tuple[list[Chapter], list[str]]:
    """The facts on record, chapter by chapter, and the labels of the fields of which nothing is on record."""
    declared, layout = NOUNS[noun.NOUN], layout_of(noun.NOUN)
    elsewhere = {name for _, names in layout.chapters for name in names} | layout.apart | {*declared.computed}
    if (heading := columns(declared)[0].name) not in sources.by_field:
        elsewhere.add(heading)
    rest = tuple(field.name for field in declared.fields if field.name not in elsewhere)
    parted = (*layout.chapters, ("Also on record" if layout.chapters else "On record", rest))
    found, unknown = [], []
    for number, (title, names) in enumerate(parted):
        written = [(each, shown_at_length(noun, each)) for each in fields(declared, names)]
        known = [_fact(each, value, sources) for each, value in written if value or each.name in sources.by_field]
        if known:
            found.append(Chapter(f"facts-{number}", title, known))
        unknown += [each.label for each, value in written if not value and each.name not in sources.by_field]
    return found, unknown


def _fact(public_field: PublicField, value: SafeString, sources: Sources) -> Fact:
    name = public_field.name
    return Fact(public_field.label, value, sources.by_field.get(name, []), name in sources.disputed)


def disputes(noun: PublicNoun, sources: Sources) -> list[Dispute]:
    """What sources contradict, field by field: what the record says beside what they say."""
    by_name = {each.name: each for each in NOUNS[noun.NOUN].fields}
    found: dict[str, Dispute] = {}
    for entry in sources.numbered:
        for passage in entry.passages:
            if passage.contradicts:
                known = by_name.get(passage.field)
                value = shown_at_length(noun, known) if known else SafeString("")
                says = Dispute(passage.about, value, sources.supporting(passage.field))
                found.setdefault(passage.field, says).against.append((entry, passage))
    return list(found.values())


def children(noun: PublicNoun, sources: Sources, on: date) -> list[Group]:
    """The children of a noun, kind by kind in declared order, timelines first; kinds without rows are left out.

    Happenings that certainly lie after the day `on` are marked as later.
    """
    apart = SHOWN_APART | layout_of(noun.NOUN).apart
    kinds = [child for child in NOUNS[noun.NOUN].children if child.name not in apart]
    groups = ((child, list(getattr(noun, child.name).all())) for child in kinds)
    found = [_group(child, rows, sources, on) for child, rows in groups if rows]
    return sorted(found, key=lambda group: not group.happenings)


def child_fields(noun: str, relation: str, names: Iterable[str]) -> list[PublicField]:
    """The public fields of these names of one kind of children of a noun."""
    child = next(child for child in NOUNS[noun].children if child.name == relation)
    by_name = {public_field.name: public_field for public_field in child.fields}
    return [by_name[name] for name in names]


def _group(child: Child, rows: list[Any], sources: Sources, on: date) -> Group:
    group = Group(
        child.name, capfirst(child.name), sources.by_field.get(child.name, []), child.name in sources.disputed
    )
    if {"kind", "on"} <= {public_field.name for public_field in child.fields}:
        group.happenings = [_happening(child, row, sources, on) for row in rows]
    else:
        used = [column for column in child.fields if any(shown(row, column) for row in rows)]
        group.table = Table(group.title, columns_of(used), rows_of_children(rows, used))
    return group


def _happening(child: Child, row: Any, sources: Sources, on: date) -> Happening:
    written = {public_field.name: shown(row, public_field) for public_field in child.fields}
    rest = [key for key in child.fields if written[key.name] and key.name not in {"kind", "on"}]
    short = [key for key in rest if key.kind is not Kind.PROSE]
    return Happening(
        what=written["kind"],
        when=written["on"],
        facts=[Fact(public_field.label, written[public_field.name]) for public_field in short],
        prose=[written[public_field.name] for public_field in rest if public_field.kind is Kind.PROSE],
        numbers=sources.speaking_of(child.name, str(row.get_kind_display()), row.on),
        later=bool(row.on) and row.on.first_day > on,
    )
