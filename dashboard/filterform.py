"""A noun's filters as a form for people: grouped, with choices that say how many rows they give, and what was typed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from dashboard.dates import ON
from jurisdictions.models import Jurisdiction
from public.engine.errors import ParameterError
from public.engine.facets import Choice, Facets
from public.engine.parameters import (
    AmountField,
    ChoiceListField,
    DayField,
    QueryField,
    SlugListField,
    YearListField,
)

MOST_IN_SIGHT = 8
"""Choices that are shown at once; more of them scroll."""
MOST_FREQUENT = 5
"""States that are offered as check boxes beside the box for any other."""
MOST_SUGGESTED = 300
"""Names that a box completes while somebody types."""

PLACES = frozenset({"state", "jurisdiction", "parent", "party"})
"""Parameters that say where."""
INVITATIONS = {
    "state": "Name of a state",
    "jurisdiction": "Name, such as Chicago",
    "parent": "Name of a state",
    "challenges": "Title, such as of an order",
}
"""What the empty box of a typed filter asks for."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True)
class Option:
    """One choice of several; `count` is the number of rows it gives, None where that is not known."""

    value: str
    label: str
    chosen: bool
    count: int | None = None


@dataclass
class Control:
    """One filter: how it is entered (search, text, date, amount, choices, typed), its words, value and problems.

    A typed one has its chosen values as `options`, and completes what is typed from `suggestions`.
    """

    name: str
    kind: str
    label: str
    help_text: str = ""
    value: str = ""
    options: list[Option] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def described_by(self) -> str:
        """The ids of the texts that describe it."""
        ids = [f"help-{self.name}"] if self.help_text else []
        return " ".join([*ids, *([f"problem-{self.name}"] if self.problems else [])])

    @property
    def invitation(self) -> str:
        """What an empty box asks for."""
        return INVITATIONS.get(self.name, "")

    @property
    def is_swapped(self) -> bool:
        """Whether its choices follow the other filters, so that they change while somebody filters."""
        return self.kind in {"choices", "typed"}

    @property
    def is_long(self) -> bool:
        """Whether its choices scroll."""
        return len(self.options) > MOST_IN_SIGHT


@dataclass(frozen=True)
class ControlGroup:
    """Controls that belong together under one heading."""

    legend: str
    controls: list[Control]


def control_groups(form: forms.Form, facets: Facets, suggestions: Mapping[str, list[str]]) -> list[ControlGroup]:
    """The form's filters under the questions they answer. The parameters are right."""
    controls = {name: _control(form, name, facets.get(name)) for name in form.fields}
    for name, names in suggestions.items():
        chosen = [Option(noun.slug, str(noun), chosen=True) for noun in form.cleaned_data[name]]
        label = str(form.fields[name].label)
        controls[name] = Control(name, "typed", label, options=chosen, suggestions=names[:MOST_SUGGESTED])
    return _grouped(form, controls)


def refused_groups(form: forms.Form, errors: Iterable[ParameterError]) -> list[ControlGroup]:
    """The same for parameters that cannot be obeyed, as they were typed, each with what is wrong with it."""
    problems: dict[str, list[str]] = defaultdict(list)
    for error in errors:
        problems[error.name].append(error.message)
    return _grouped(form, {name: _refused(form, name, problems[name]) for name in form.fields})


def _grouped(form: forms.Form, controls: dict[str, Control]) -> list[ControlGroup]:
    groups: dict[str, list[Control]] = {"": [], "Where": [], "What": [], "When": []}
    for name, control in controls.items():
        if name == ON:
            continue  # The form of the dates asks for it, on every page.
        groups[_legend(name, form.fields[name])].append(control)
    return [ControlGroup(legend, found) for legend, found in groups.items() if found]


def _legend(name: str, form_field: forms.Field) -> str:
    if name in PLACES:
        return "Where"
    if isinstance(form_field, QueryField):
        return ""
    return "When" if isinstance(form_field, DayField | YearListField) else "What"


def _control(form: forms.Form, name: str, choices: list[Choice] | None) -> Control:
    form_field: Any = form.fields[name]
    label = str(form_field.label)
    if choices is not None:
        options = _options(form_field, form.cleaned_data[name], choices)
        typed = _is_typed(name, form_field)
        return _typed(name, label, options) if typed else Control(name, "choices", label, options=options)
    if isinstance(form_field, ChoiceListField):
        chosen = form.cleaned_data[name]
        return Control(
            name, "choices", label, options=[Option(*pair, pair[0] in chosen) for pair in form_field.choices]
        )
    return _box(form, name)


def _refused(form: forms.Form, name: str, problems: list[str]) -> Control:
    form_field: Any = form.fields[name]
    if isinstance(form_field, ChoiceListField) and not _is_typed(name, form_field):
        words = _words(form, name)
        options = [Option(code, label, code in words) for code, label in form_field.choices]
        return Control(name, "choices", str(form_field.label), options=options, problems=problems)
    control = _box(form, name)
    control.problems = problems
    return control


def _is_typed(name: str, form_field: Any) -> bool:
    """Whether there are too many choices for check boxes, but everybody knows their names."""
    return name == "state" or (isinstance(form_field, SlugListField) and form_field.models == (Jurisdiction,))


def _options(form_field: Any, values: list[Any], choices: list[Choice]) -> list[Option]:
    """The choices that lead anywhere, and those in use even where they do not; codes that are few, all of them."""
    used = {getattr(value, "slug", str(value)): str(value) for value in values}
    listed = [Option(choice.value, choice.label, choice.value in used, choice.count) for choice in choices]
    whole = isinstance(form_field, ChoiceListField) and len(listed) <= MOST_IN_SIGHT + 1
    shown = [option for option in listed if option.chosen or option.count or whole]
    missing = used.keys() - {option.value for option in shown}
    return [*(Option(value, used[value], chosen=True, count=0) for value in sorted(missing)), *shown]


def _typed(name: str, label: str, options: list[Option]) -> Control:
    """A box for names. Only states show numbers, since places that share a territory count together."""
    chosen = [option for option in options if option.chosen]
    others = sorted((option for option in options if not option.chosen), key=lambda option: -(option.count or 0))
    names = sorted(option.label for option in others)[:MOST_SUGGESTED]
    if name != "state":
        chosen = [Option(option.value, option.label, chosen=True) for option in chosen]
        return Control(name, "typed", label, options=chosen, suggestions=names)
    return Control(name, "typed", label, options=[*chosen, *others[:MOST_FREQUENT]], suggestions=names)


def _box(form: forms.Form, name: str) -> Control:
    form_field: Any = form.fields[name]
    data: Any = form.data
    return Control(
        name=name,
        kind=_kind(form_field, _words(form, name)),
        label=str(form_field.label),
        # "On or after" says of itself what it does.
        help_text="" if getattr(form_field, "edge", "") else str(form_field.help_text),
        value=",".join(value for value in data.getlist(name) if value),
    )


def _words(form: forms.Form, name: str) -> list[str]:
    data: Any = form.data
    return [part.strip() for value in data.getlist(name) for part in value.split(",") if part.strip()]


def _kind(form_field: forms.Field, values: list[str]) -> str:
    if isinstance(form_field, DayField):
        # A date box shows whole days only, and would swallow a month or a slip.
        return "date" if all(_DAY.match(value) for value in values) else "text"
    if isinstance(form_field, QueryField):
        return "search"
    return "amount" if isinstance(form_field, AmountField) else "text"
