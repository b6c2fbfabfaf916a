"""The public fields of a noun as its model declares them: names, labels, kinds. Every surface reads them from here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

from django.db import models
from django.utils.text import capfirst

from nouns.declarations import child_models
from nouns.noun import Declared, PublicNoun
from nouns.partial_dates import PartialDateField
from tracker.querysets import Standing

KEYS = {"url": "address"}
"""Fields whose name a record needs for itself. A record's `url` is its own page, so a field `url` is its address."""


class Kind(StrEnum):
    """What a field holds, which decides how each surface writes it."""

    TEXT = "text"
    PROSE = "prose"
    CHOICE = "choice"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    LINK = "link"
    REFERENCE = "reference"
    REFERENCES = "references"


@dataclass(frozen=True)
class PublicField:
    """One public field: attribute of the model, key in JSON and CSV, label, help text, and what kind of value it holds.

    `choices` are (code, label) pairs of a CHOICE; `target` is the noun that a REFERENCE or REFERENCES points to;
    `places` are the decimal places of a DECIMAL.
    """

    name: str
    key: str
    label: str
    help_text: str
    kind: Kind
    choices: tuple[tuple[str, str], ...] = ()
    target: str = ""
    places: int = 0

    @cached_property
    def labels(self) -> dict[str, str]:
        """The labels of a CHOICE by code."""
        return dict(self.choices)


@dataclass(frozen=True)
class Child:
    """One kind of rows that travel with a noun, such as its events: relation, label, model and their public fields."""

    name: str
    label: str
    model: type[Declared]
    fields: tuple[PublicField, ...]


COMPUTED = {
    "standing": PublicField(
        name="standing",
        key="standing",
        label="Standing",
        help_text="Where the letter stands on the day asked about, computed from its events.",
        kind=Kind.CHOICE,
        choices=tuple(Standing.choices),
    ),
    "due_on": PublicField(
        name="due_on",
        key="due_on",
        label="Due on",
        help_text="The latest deadline known on the day asked about.",
        kind=Kind.DATE,
    ),
}
"""Fields that no column holds; a model lists those that it has in COMPUTED_FIELDS."""


@cache
def public_fields(model: type[Declared]) -> tuple[PublicField, ...]:
    """The declared public fields, in reading order, then the computed ones."""
    stored = (_field(model._meta.get_field(name)) for name in model.PUBLIC_FIELDS)
    return (*stored, *(COMPUTED[name] for name in getattr(model, "COMPUTED_FIELDS", ())))


@cache
def children(model: type[PublicNoun]) -> tuple[Child, ...]:
    """The noun's children in declared order, citations among them."""
    return tuple(
        Child(name, capfirst(str(child._meta.verbose_name_plural)), child, public_fields(child))
        for name, child in child_models(model).items()
    )


def _field(field: Any) -> PublicField:
    kind = _kind(field)
    return PublicField(
        name=field.name,
        key=KEYS.get(field.name, field.name),
        label=capfirst(str(field.verbose_name)),
        help_text=str(field.help_text),
        kind=kind,
        choices=tuple((str(code), str(label)) for code, label in field.choices or ()),
        target=field.related_model.NOUN if field.is_relation else "",
        places=field.decimal_places if kind is Kind.DECIMAL else 0,
    )


def _kind(field: Any) -> Kind:
    if field.choices:
        return Kind.CHOICE
    kinds = (
        (models.ManyToManyField, Kind.REFERENCES),
        (models.ForeignKey, Kind.REFERENCE),
        (PartialDateField, Kind.DATE),
        (models.URLField, Kind.LINK),
        (models.DecimalField, Kind.DECIMAL),
        (models.IntegerField, Kind.INTEGER),
        (models.TextField, Kind.PROSE),
        (models.CharField, Kind.TEXT),
    )
    for field_class, kind in kinds:
        if isinstance(field, field_class):
            return kind
    raise TypeError(f"No public surface knows how to write a {type(field).__name__} ({field}).")
