"""How many rows each choice of a filter would give: all other filters stay as they are, and the rows are grouped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Model, QuerySet, Value
from django.db.models.functions import Cast

from nouns.noun import PublicNoun
from public.engine.dataset import DatasetVersion
from public.engine.filterset import StrictFilterSet
from public.engine.keeping import kept
from public.engine.list_parameters import ChoiceListField, SlugListField
from public.engine.select import Selection


@dataclass(frozen=True)
class Choice:
    """One choice of a filter: its value as a parameter, its words, and the rows that the list would have with it."""

    value: str
    label: str
    count: int


Facets = Mapping[str, list[Choice]]
"""The choices of each filter that can be counted: codes in declared order, all else by number of rows and by name."""


def facets(selection: Selection, version: DatasetVersion) -> Facets:
    """The choices of the selection's filters, counted once for each question and each state of the edition."""
    return kept("facets", selection, version, lambda: _facets(selection.filterset))


def _facets(filterset: StrictFilterSet) -> Facets:
    """One query counts all of them, and one for each kind of noun gives the names."""
    terms = [*_grouped(filterset), *_one_by_one(filterset)]
    if not terms:
        return {}
    first, *others = terms
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for name, value, number in first.union(*others, all=True) if others else first:
        if value and number:
            found[name][value] = number
    nouns = _nouns(filterset, found)
    return {name: _choices(filterset.form.fields[name], found[name], nouns) for name in filterset.countable()}


def _grouped(filterset: StrictFilterSet) -> Iterable[QuerySet[Any]]:
    for name, path in filterset.groupings().items():
        rows = filterset.without(name).order_by()
        yield (
            rows.values(_name=Value(name, CharField()), _value=Cast(F(path), CharField()))
            .annotate(_rows=Count("pk", distinct=True))
            .values_list("_name", "_value", "_rows")
        )


def _one_by_one(filterset: StrictFilterSet) -> Iterable[QuerySet[Model]]:
    for name, choices in filterset.one_by_one().items():
        rows, used = filterset.without(name).order_by(), filterset.filters[name]
        for choice, value in choices.items():
            yield (
                used.filter(rows, value)
                .values(_name=Value(name, CharField()), _value=Value(choice, CharField()))
                .annotate(_rows=Count("pk"))
                .values_list("_name", "_value", "_rows")
            )


def _nouns(
    filterset: StrictFilterSet, found: Mapping[str, Mapping[str, int]]
) -> dict[type[PublicNoun], dict[int, PublicNoun]]:
    """The nouns that were counted, by model and key, in one query for each model."""
    keys: dict[type[PublicNoun], set[int]] = defaultdict(set)
    for name, numbers in found.items():
        field = filterset.form.fields[name]
        if isinstance(field, SlugListField):
            keys[field.models[0]].update(int(key) for key in numbers)
    return {model: model.edition.in_bulk(wanted) for model, wanted in keys.items()}


def _choices(
    field: object, numbers: Mapping[str, int], nouns: Mapping[type[PublicNoun], Mapping[int, PublicNoun]]
) -> list[Choice]:
    if isinstance(field, ChoiceListField):
        return [Choice(code, label, numbers.get(code, 0)) for code, label in field.choices]
    if isinstance(field, SlugListField):
        known = nouns.get(field.models[0], {})
        pairs = [(known[int(key)], number) for key, number in numbers.items() if int(key) in known]
        choices = [Choice(noun.slug, str(noun), number) for noun, number in pairs]
        return sorted(choices, key=lambda choice: (-choice.count, choice.label))
    return [Choice(year, year, number) for year, number in sorted(numbers.items(), reverse=True)]
