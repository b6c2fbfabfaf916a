"""Values and documents in words, so that a person can compare two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst

from jurisdictions.edition import Declared, PublicNoun
from tracker.documents import Address, child_models, noun_models, relations

EMPTY = "(empty)"


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


def in_words(field: Any, value: Any) -> str:
    """A field's value, from a form, a row or a document, as staff read it."""
    if isinstance(value, models.Manager):
        value = value.all()
    if isinstance(value, list | models.QuerySet):
        return ", ".join(str(item) for item in value) or EMPTY
    if value in (None, ""):
        return EMPTY
    return str(dict(getattr(field, "flatchoices", None) or ()).get(value, value))


def changes(model: type[PublicNoun], differences: dict[str, tuple[Any, Any]]) -> list[Change]:
    """What `tracker.publishing.differences` found between two documents of a noun, in declared order and in words."""
    children = child_models(model)
    names = _names_of_nouns(model, differences)
    found = []
    for name in (*model.PUBLIC_FIELDS, *children):
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


def _without_common(before: list[Any], after: list[Any]) -> tuple[list[Any], list[Any]]:
    return [row for row in before if row not in after], [row for row in after if row not in before]


def _rows(model: type[Declared], rows: Iterable[dict[str, Any]], names: dict[Address, str]) -> list[str]:
    """Each row of a group as one line: the labels and values of what it says."""
    return [
        "; ".join(
            f"{label_of(model, field.name)}: {in_words(field, _named(field, row[field.name], names))}"
            for field in map(model._meta.get_field, model.PUBLIC_FIELDS)
            if row[field.name] not in (None, "", [])
        )
        for row in rows
    ] or [EMPTY]


def _named(field: Any, value: Any, names: dict[Address, str]) -> Any:
    """A document's value with the names of the nouns that it points to in place of their slugs."""
    if not field.is_relation or value is None:
        return value
    noun = field.related_model.NOUN
    if isinstance(value, list):
        return [names.get(Address(noun, slug), slug) for slug in value]
    return names.get(Address(noun, value), value)


def _names_of_nouns(model: type[PublicNoun], differences: dict[str, tuple[Any, Any]]) -> dict[Address, str]:
    """What the nouns are called that the differences point to, with one query for each kind of noun."""
    slugs: dict[str, set[str]] = defaultdict(set)
    children = child_models(model)
    for name, pair in differences.items():
        owner, rows = (children[name], pair) if name in children else (model, [[{name: value}] for value in pair])
        for row in (row for group in rows for row in group or []):
            for relation, field in relations(owner):
                value = row.get(relation)
                slugs[field.related_model.NOUN].update(value if isinstance(value, list) else [value] if value else [])
    return {
        Address(noun, named.slug): str(named)
        for noun, wanted in slugs.items()
        for named in noun_models()[noun]._base_manager.filter(slug__in=wanted)
    }
