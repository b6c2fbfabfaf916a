"""A noun's filters as a form for people: grouped, each with its help, and with whatever was typed, right or wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms

from tracker.public.errors import ParameterError
from tracker.public.filters.fields import (
    AmountField,
    ChoiceListField,
    DayField,
    QueryField,
    SlugListField,
    YearListField,
)

FEW = 12
"""Choices that are shown as check boxes; more of them make a list box."""
MOST_OFFERED = 60
"""Nouns that are offered by name; where there are more, the reader types a slug."""

PLACES = frozenset({"state", "jurisdiction", "parent", "party"})
"""Parameters that say where."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True)
class Option:
    """One choice of several."""

    value: str
    label: str
    chosen: bool


@dataclass
class Control:
    """One filter: how it is entered (search, text, date, amount, checkboxes, listbox), words, value and problems."""

    name: str
    kind: str
    label: str
    help_text: str = ""
    value: str = ""
    options: list[Option] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def described_by(self) -> str:
        """The ids of the texts that describe it."""
        ids = [f"help-{self.name}"] if self.help_text else []
        return " ".join([*ids, *([f"problem-{self.name}"] if self.problems else [])])


@dataclass(frozen=True)
class ControlGroup:
    """Controls that belong together under one heading."""

    legend: str
    controls: list[Control]


def control_groups(form: forms.Form, errors: Iterable[ParameterError] = ()) -> list[ControlGroup]:
    """The form's filters under the questions they answer, in a constant number of queries."""
    problems: dict[str, list[str]] = defaultdict(list)
    for error in errors:
        problems[error.name].append(error.message)
    groups: dict[str, list[Control]] = {"": [], "Where": [], "What": [], "When": []}
    for name, form_field in form.fields.items():
        groups[_legend(name, form_field)].append(_control(name, form_field, form.data, problems[name]))
    return [ControlGroup(legend, controls) for legend, controls in groups.items() if controls]


def _legend(name: str, form_field: forms.Field) -> str:
    if name in PLACES:
        return "Where"
    if isinstance(form_field, QueryField):
        return ""
    return "When" if isinstance(form_field, DayField | YearListField) else "What"


def _control(name: str, form_field: forms.Field, data: Any, problems: list[str]) -> Control:
    values = [part.strip() for value in data.getlist(name) for part in value.split(",") if part.strip()]
    options = _options(form_field, values)
    if options:
        kind = "checkboxes" if len(options) <= FEW else "listbox"
        return Control(name, kind, str(form_field.label), options=options, problems=problems)
    return Control(
        name=name,
        kind=_kind(form_field, values),
        label=str(form_field.label),
        # "On or after" says of itself what it does.
        help_text="" if getattr(form_field, "edge", "") else str(form_field.help_text),
        value=",".join(value for value in data.getlist(name) if value),
        problems=problems,
    )


def _options(form_field: forms.Field, values: list[str]) -> list[Option]:
    """What can be chosen: codes out of a list, or nouns by name where they are not too many. None for other fields."""
    if isinstance(form_field, ChoiceListField):
        return [Option(code, label, code in values) for code, label in form_field.choices]
    if not isinstance(form_field, SlugListField):
        return []
    nouns = [noun for model in form_field.models for noun in model.edition.all()[: MOST_OFFERED + 1]]  # type: ignore[attr-defined]  # Every noun has this manager.
    names = [{noun.slug, getattr(noun, form_field.also, noun.slug)} for noun in nouns]
    if len(nouns) > MOST_OFFERED or not set(values) <= set().union(*names):
        return []
    return [Option(noun.slug, str(noun), not own.isdisjoint(values)) for noun, own in zip(nouns, names, strict=True)]


def _kind(form_field: forms.Field, values: list[str]) -> str:
    if isinstance(form_field, DayField):
        # A date box shows whole days only, and would swallow a month or a slip.
        return "date" if all(_DAY.match(value) for value in values) else "text"
    if isinstance(form_field, QueryField):
        return "search"
    return "amount" if isinstance(form_field, AmountField) else "text"
