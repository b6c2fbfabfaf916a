"""A noun's filters as a form for people: grouped, each with its help, and with whatever was typed, right or wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms

from tracker.public.errors import ParameterError
from tracker.public.filters.fields import AmountField, ChoiceListField, DayField, QueryField, YearListField

FEW = 12
"""Choices that are shown as check boxes; more of them make a list box."""

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
    help_text: str
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
    """The form's filters under the questions they answer; groups without filters are left out."""
    problems: dict[str, list[str]] = defaultdict(list)
    for error in errors:
        problems[error.name].append(error.message)
    groups: dict[str, list[Control]] = {"Words": [], "Where": [], "When": [], "What": []}
    for name, form_field in form.fields.items():
        groups[_legend(name, form_field)].append(_control(name, form_field, form.data, problems[name]))
    return [ControlGroup(legend, controls) for legend, controls in groups.items() if controls]


def _legend(name: str, form_field: forms.Field) -> str:
    if name in PLACES:
        return "Where"
    if isinstance(form_field, QueryField):
        return "Words"
    return "When" if isinstance(form_field, DayField | YearListField) else "What"


def _control(name: str, form_field: forms.Field, data: Any, problems: list[str]) -> Control:
    values = [part.strip() for value in data.getlist(name) for part in value.split(",") if part.strip()]
    control = Control(
        name=name,
        kind=_kind(form_field, values),
        label=str(form_field.label),
        help_text=str(form_field.help_text),
        problems=problems,
    )
    if isinstance(form_field, ChoiceListField):
        control.options = [Option(code, label, code in values) for code, label in form_field.choices]
    else:
        control.value = ",".join(value for value in data.getlist(name) if value)
    return control


def _kind(form_field: forms.Field, values: list[str]) -> str:
    if isinstance(form_field, ChoiceListField):
        return "checkboxes" if len(form_field.choices) <= FEW else "listbox"
    if isinstance(form_field, DayField):
        # A date box shows whole days only, and would swallow a month or a slip.
        return "date" if all(_DAY.match(value) for value in values) else "text"
    if isinstance(form_field, QueryField):
        return "search"
    return "amount" if isinstance(form_field, AmountField) else "text"
