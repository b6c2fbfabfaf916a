"""The tables of a snapshot: one for each noun, with the columns of the API's CSV, and one for each kind of child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from public.engine.fields import Kind, PublicField
from public.engine.noun import Noun
from public.engine.serializers import cells, columns
from public.nouns import NOUNS


@dataclass(frozen=True)
class Column:
    """One column: its name, what it means, the kind of its values, its codes, and the noun that it points to."""

    name: str
    description: str
    kind: Kind
    codes: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True)
class Table:
    """A table of records, or of the children of one kind below them; `child` is empty for the records themselves."""

    name: str
    title: str
    noun: Noun
    columns: tuple[Column, ...]
    child: str = ""

    def rows(self, record: Mapping[str, Any]) -> Iterator[list[str | int]]:
        """The rows that one record has in this table, as the API's CSV writes them."""
        keys = [column.name for column in self.columns]
        if not self.child:
            yield cells(keys, {key: record[key] for key in keys})
            return
        first, *rest = keys
        for row in record[self.child]:
            yield cells(keys, {first: record["slug"], **{key: row[key] for key in rest}})


OWN: dict[str, tuple[str, Kind]] = {
    "slug": ("The record's lasting name, unique among its kind.", Kind.TEXT),
    "url": ("The record's page.", Kind.LINK),
    "disputed": ("Fields that a source contradicts, separated by semicolons.", Kind.TEXT),
    "revision": ("The revision that was published.", Kind.INTEGER),
    "published_at": ("When the record was published first, in UTC.", Kind.TEXT),
    "updated_at": ("When this revision was published, in UTC.", Kind.TEXT),
}
"""Columns of every record that no field declares."""


def tables() -> list[Table]:
    """Every table, in the order of the nouns, each before its children."""
    return [table for noun in NOUNS.values() for table in (_of_noun(noun), *_of_children(noun))]


def _of_noun(noun: Noun) -> Table:
    fields = {field.key: field for field in noun.fields}
    declared = [_column(fields[key]) if key in fields else Column(key, *OWN[key]) for key in columns(noun)]
    return Table(noun.name, noun.heading, noun, tuple(declared))


def _of_children(noun: Noun) -> Iterator[Table]:
    parent = Column(noun.label.replace(" ", "_"), "The record that the row belongs to.", Kind.REFERENCE, (), noun.name)
    for child in noun.children:
        declared = [_column(field) for field in child.fields]
        if taken := [column for column in declared if column.name == parent.name]:
            raise ValueError(f"{noun.name} have a column {taken[0].name} of their own.")
        yield Table(
            f"{noun.name}-{child.name}", f"{noun.heading}: {child.label}", noun, (parent, *declared), child.name
        )


def _column(field: PublicField) -> Column:
    return Column(field.key, field.help_text, field.kind, tuple(code for code, _ in field.choices), field.target)


def key_of(table: Table) -> Sequence[str]:
    """The columns that tell the table's rows apart; children have none."""
    return () if table.child else ("slug",)
