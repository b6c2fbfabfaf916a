"""A noun's filters as a form for people: grouped, with choices that say how many rows they give, and what was typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from django import forms
from django.http import QueryDict

from dashboard.dates import ON
from public.engine.errors import ParameterError
from public.engine.facets import Choice, Facets
from public.engine.parameters import ABOVE_ALL, WHAT, WHEN, WHERE, parameters_of

MOST_IN_SIGHT = 8
"""Choices that are shown at once; more of them scroll."""
MOST_FREQUENT = 5
"""States that are offered as check boxes beside the box for any other."""
MOST_SUGGESTED = 300
"""Names that a box completes while somebody types."""


@dataclass(frozen=True)
class Option:
    """One choice of several; `count` is the number of rows it gives, None where that is not known."""

    value: str
    label: str
    chosen: bool
    count: int | None = None


@dataclass
class Control:
    """One filter: how it is entered (see `Parameter.control_for`), its words, value and problems.

    A typed one has its chosen values as `options`, and completes what is typed from `suggestions`.
    """

    name: str
    kind: str
    label: str
    help_text: str = ""
    value: str = ""
    invitation: str = ""
    options: list[Option] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def described_by(self) -> str:
        """The ids of the texts that describe it."""
        ids = [f"help-{self.name}"] if self.help_text else []
        return " ".join([*ids, *([f"problem-{self.name}"] if self.problems else [])])

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
        controls[name].kind, controls[name].value, controls[name].help_text = "typed", "", ""
        controls[name].options = [Option(noun.slug, str(noun), chosen=True) for noun in form.cleaned_data[name]]
        controls[name].suggestions = names[:MOST_SUGGESTED]
    return _grouped(form, controls)


def refused_groups(form: forms.Form, errors: Iterable[ParameterError]) -> list[ControlGroup]:
    """The same for parameters that cannot be obeyed, as they were typed, each with what is wrong with it."""
    problems: dict[str, list[str]] = defaultdict(list)
    for error in errors:
        problems[error.name].append(error.message)
    return _grouped(form, {name: _refused(form, name, problems[name]) for name in form.fields})


def _grouped(form: forms.Form, controls: dict[str, Control]) -> list[ControlGroup]:
    groups: dict[str, list[Control]] = {legend: [] for legend in (ABOVE_ALL, WHERE, WHAT, WHEN)}
    for name, control in controls.items():
        if name == ON:
            continue  # The form of the dates asks for it, on every page.
        groups[parameters_of(form)[name].legend].append(control)
    return [ControlGroup(legend, found) for legend, found in groups.items() if found]


def _control(form: forms.Form, name: str, choices: list[Choice] | None) -> Control:
    control = _box(form, name)
    if choices is not None and control.kind != "typed":
        control.kind = "choices"  # Whatever is counted can be chosen.
    if control.kind not in {"choices", "typed"}:
        return control
    if choices is None and not hasattr(form.fields[name], "choices"):
        control.kind = "text"  # Nobody counts its nouns, so that there are none to choose from.
        return control
    control.value = control.help_text = ""
    if choices is None:
        control.options = _codes(form, name, form.cleaned_data[name])
    elif control.kind == "choices":
        control.options = _options(form, name, choices)
    else:
        _complete(control, _options(form, name, choices), counted=parameters_of(form)[name].shows_counts)
    return control


def _refused(form: forms.Form, name: str, problems: list[str]) -> Control:
    control = _box(form, name)
    control.problems = problems
    if control.kind == "choices" and (codes := _codes(form, name, _words(form, name))):
        control.options, control.value, control.help_text = codes, "", ""
    elif control.kind in {"choices", "typed"}:
        control.kind = "text"  # What was typed is shown as it was typed.
    return control


def _codes(form: forms.Form, name: str, chosen: Collection[str]) -> list[Option]:
    """The codes of a fixed list, uncounted; none where the choices are nouns."""
    return [Option(code, label, code in chosen) for code, label in getattr(form.fields[name], "choices", ())]


def _options(form: forms.Form, name: str, choices: list[Choice]) -> list[Option]:
    """The choices that lead anywhere, and those in use even where they do not; codes that are few, all of them."""
    used = {getattr(value, "slug", str(value)): str(value) for value in form.cleaned_data[name]}
    listed = [Option(choice.value, choice.label, choice.value in used, choice.count) for choice in choices]
    whole = hasattr(form.fields[name], "choices") and len(listed) <= MOST_IN_SIGHT + 1
    shown = [option for option in listed if option.chosen or option.count or whole]
    missing = used.keys() - {option.value for option in shown}
    return [*(Option(value, used[value], chosen=True, count=0) for value in sorted(missing)), *shown]


def _complete(control: Control, options: list[Option], *, counted: bool) -> None:
    """Give a box its names. The most frequent are check boxes too, where numbers say how frequent they are."""
    chosen = [option for option in options if option.chosen]
    others = sorted((option for option in options if not option.chosen), key=lambda option: -(option.count or 0))
    control.suggestions = sorted(option.label for option in others)[:MOST_SUGGESTED]
    plain = [Option(option.value, option.label, chosen=True) for option in chosen]
    control.options = [*chosen, *others[:MOST_FREQUENT]] if counted else plain


def _box(form: forms.Form, name: str) -> Control:
    parameter, data = parameters_of(form)[name], cast(QueryDict, form.data)
    return Control(
        name=name,
        kind=parameter.control_for(_words(form, name)),
        label=str(parameter.label),
        help_text="" if parameter.explains_itself else str(parameter.help_text),
        value=",".join(value for value in data.getlist(name) if value),
        invitation=parameter.invitation,
    )


def _words(form: forms.Form, name: str) -> list[str]:
    data = cast(QueryDict, form.data)
    return [part.strip() for value in data.getlist(name) for part in value.split(",") if part.strip()]
