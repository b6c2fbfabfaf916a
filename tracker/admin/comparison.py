"""Values and documents in words, so that a person can compare two of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst

from jurisdictions.edition import Declared, PublicNoun
from tracker.documents import child_models

EMPTY = "(empty)"


@dataclass(frozen=True)
class Change:
    """One field or group of rows, before and after; each a list of lines, since a group has several."""

    label: str
    before: list[str]
    after: list[str]


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
    found = []
    for name in (*model.PUBLIC_FIELDS, *children):
        if name not in differences:
            continue
        before, after = differences[name]
        if name in children:
            gone, come = _without_common(before or [], after or [])
            found.append(Change(label_of(model, name), _rows(children[name], gone), _rows(children[name], come)))
        else:
            field = model._meta.get_field(name)
            found.append(Change(label_of(model, name), [in_words(field, before)], [in_words(field, after)]))
    return found


def _without_common(before: list[Any], after: list[Any]) -> tuple[list[Any], list[Any]]:
    return [row for row in before if row not in after], [row for row in after if row not in before]


def _rows(model: type[Declared], rows: Iterable[dict[str, Any]]) -> list[str]:
    """Each row of a group as one line: the labels and values of what it says."""
    return [
        "; ".join(
            f"{label_of(model, name)}: {in_words(model._meta.get_field(name), row[name])}"
            for name in model.PUBLIC_FIELDS
            if row[name] not in (None, "", [])
        )
        for row in rows
    ] or [EMPTY]
