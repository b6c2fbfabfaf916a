"""Values and documents in words, so that a person can compare two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import Truncator, capfirst

from nouns.declarations import child_models, noun_models, relations
from nouns.noun import Declared, PublicNoun
from nouns.partial_dates import PartialDate, PartialDateField
from tracker.publishing.documents import Address, Document
from tracker.publishing.restoring import content_fields

EMPTY = "(empty)"
LONGEST_WORDS = 40
"""Words of a long text that a sentence quotes; the whole text is on the page of the revision."""


@dataclass(frozen=True)
class Change:
    """One field or group of rows, before and after; each a list of lines, since a group has several."""

    label: str
    before: list[str]
    after: list[str]

    @property
    def says_nothing(self) -> bool:
        """Whether it is empty before and after, as a field is that a first revision leaves empty."""
        return self.before == self.after == [EMPTY]


def label_of(model: type[models.Model], name: str) -> str:
    """What staff call a field, or a group of rows, of this model."""
    field = model._meta.get_field(name)
    return capfirst(str(getattr(field, "verbose_name", name))).replace("_", " ")


def in_words(field: object, value: Any) -> str:
    """A field's value, from a form, a row or a document, as staff read it."""
    if isinstance(value, models.Manager):
        value = value.all()
    if isinstance(value, list | models.QuerySet):
        return ", ".join(str(item) for item in value) or EMPTY
    if value in (None, ""):
        return EMPTY
    if isinstance(field, PartialDateField):
        return PartialDate(value).in_words
    return str(dict(getattr(field, "flatchoices", None) or ()).get(value, value))


Differences = dict[str, tuple[Any, Any]]
Names = dict[Address, str]


def changes(model: type[PublicNoun], differences: Differences) -> list[Change]:
    """What `acts.differences` found between two documents of a noun, in declared order and in words."""
    children = child_models(model)
    names = _names_in(model, differences)
    found = []
    for name in (*content_fields(model), *children):
        if name not in differences:
            continue
        before, after = differences[name]
        if name in children:
            gone, come = _without_common(before or [], after or [])
            lines = [_rows(children[name], rows, names) for rows in (gone, come)]
        else:
            field = model._meta.get_field(name)
            lines = [[in_words(field, _named(field, value, names))] for value in (before, after)]
        found.append(Change(label_of(model, name), *lines))
    return found


def sentences(model: type[PublicNoun], before: Document, after: Document, names: Names) -> list[str]:
    """What one document changed in the one before it, row by row, as a history tells it."""
    told = _changed_fields(model, before["fields"], after["fields"], names)
    for relation, child in child_models(model).items():
        was = {row["id"]: row for row in before["children"].get(relation, [])}
        now = {row["id"]: row for row in after["children"][relation]}
        told += [f"Added: {_row(child, now[key], names)}" for key in now.keys() - was.keys()]
        told += [f"Removed: {_row(child, was[key], names)}" for key in was.keys() - now.keys()]
        told += [
            f"{_title(child, was[key], names)}: {line}"
            for key in was.keys() & now.keys()
            for line in _changed_fields(child, was[key], now[key], names)
        ]
    return told


def names_of(addresses: Iterable[Address]) -> Names:
    """What the nouns at these addresses are called, with one query for each kind of noun."""
    slugs: dict[str, set[str]] = defaultdict(set)
    for address in addresses:
        slugs[address.noun].add(address.slug)
    return {
        Address(noun, named.slug): str(named)
        for noun, wanted in slugs.items()
        for named in noun_models()[noun]._base_manager.filter(slug__in=wanted)
    }


def _changed_fields(
    model: type[Declared], before: dict[str, object], after: dict[str, object], names: Names
) -> list[str]:
    lines = []
    for name in content_fields(model):
        field = model._meta.get_field(name)
        was, now = (in_words(field, _named(field, values.get(name), names)) for values in (before, after))
        if was != now:
            lines.append(f"{label_of(model, name)}: {_short(was)} → {_short(now)}")
    return lines


def _short(words: str) -> str:
    return Truncator(words).words(LONGEST_WORDS)


def _title(model: type[Declared], row: dict[str, object], names: Names) -> str:
    """A row by what comes first in it: the kind of an event, the source of a citation."""
    field: Any = model._meta.get_field(model.PUBLIC_FIELDS[0])
    first = in_words(field, _named(field, row[field.name], names))
    return first if field.choices else f"{capfirst(model._meta.verbose_name)} ({_short(first)})"


def _without_common(before: list[object], after: list[object]) -> tuple[list[Any], list[Any]]:
    return [row for row in before if row not in after], [row for row in after if row not in before]


def _rows(model: type[Declared], rows: Iterable[dict[str, object]], names: Names) -> list[str]:
    return [_row(model, row, names) for row in rows] or [EMPTY]


def _row(model: type[Declared], row: dict[str, object], names: Names) -> str:
    """A row as one line: the labels and values of what it says."""
    return "; ".join(
        f"{label_of(model, field.name)}: {in_words(field, _named(field, row[field.name], names))}"
        for field in map(model._meta.get_field, model.PUBLIC_FIELDS)
        if row[field.name] not in (None, "", [])
    )


def _named(field: Any, value: Any, names: Names) -> object:
    """A document's value with the names of the nouns that it points to in place of their slugs."""
    if not field.is_relation or value is None:
        return value
    noun = field.related_model.NOUN
    if isinstance(value, list):
        return [names.get(Address(noun, slug), slug) for slug in value]
    return names.get(Address(noun, value), value)


def _names_in(model: type[PublicNoun], differences: Differences) -> Names:
    """What the nouns are called that the differences point to."""
    children = child_models(model)
    addresses: list[Address] = []
    for name, pair in differences.items():
        owner, rows = (children[name], pair) if name in children else (model, [[{name: value}] for value in pair])
        for row in (row for group in rows for row in group or []):
            for relation, field in relations(owner):
                value = row.get(relation)
                slugs = value if isinstance(value, list) else [value] if value else []
                addresses += [Address(field.related_model.NOUN, slug) for slug in slugs]
    return names_of(addresses)
