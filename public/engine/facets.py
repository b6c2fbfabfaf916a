"""How many rows each choice of a filter would give: all other filters stay as they are, and the rows are grouped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from nouns.noun import PublicNoun
from public.engine.dataset import DatasetVersion
from public.engine.filterset import StrictFilterSet
from public.engine.keeping import kept
from public.engine.list_parameters import ChoiceListField, SlugListField
from public.engine.select import Selection
from public.engine.totals import totals

MOST_NAMED = 300
"""Nouns that the choices of one filter name, those with the most rows."""


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
    """One query for each filter counts its choices, and one for each kind of noun gives the names."""
    counted = (*_grouped(filterset), *_one_by_one(filterset))
    found = {name: {value: number for value, number in rows if value and number} for name, rows in counted}
    nouns = _nouns(filterset, found)
    return {name: _choices(filterset.form.fields[name], found[name], nouns) for name in filterset.countable()}


def _grouped(filterset: StrictFilterSet) -> Iterator[tuple[str, Iterable[tuple[Any, int]]]]:
    """The rows of each choice; of nouns, those with the most."""
    for name, path in filterset.groupings().items():
        if (of_totals := totals(filterset, by=[name], left_out=name)) is not None:
            counted = of_totals.order_by().values_list(path).annotate(_rows=Sum("records"))
        else:
            # A row is met once, unless the way to its choices leads through rows of another kind.
            rows = Count("pk", distinct="__" in path)
            counted = filterset.without(name, grouped_by=path).order_by().values_list(path).annotate(_rows=rows)
        named = isinstance(filterset.form.fields[name], SlugListField)
        yield name, counted.order_by("-_rows", path)[:MOST_NAMED] if named else counted


def _one_by_one(filterset: StrictFilterSet) -> Iterator[tuple[str, Iterable[tuple[Any, int]]]]:
    for name, choices in filterset.one_by_one().items():
        rows, used = filterset.without(name).order_by(), filterset.filters[name]
        yield name, [(choice, used.filter(rows, value).count()) for choice, value in choices.items()]


def _nouns(
    filterset: StrictFilterSet, found: Mapping[str, Mapping[Any, int]]
) -> dict[type[PublicNoun], dict[int, PublicNoun]]:
    """The nouns that were counted, by model and key, in one query for each model."""
    keys: dict[type[PublicNoun], set[int]] = defaultdict(set)
    for name, numbers in found.items():
        field = filterset.form.fields[name]
        if isinstance(field, SlugListField):
            keys[field.models[0]].update(numbers)
    return {model: model.edition.in_bulk(wanted) for model, wanted in keys.items()}


def _choices(
    field: object, numbers: Mapping[Any, int], nouns: Mapping[type[PublicNoun], Mapping[int, PublicNoun]]
) -> list[Choice]:
    if isinstance(field, ChoiceListField):
        return [Choice(code, label, numbers.get(code, 0)) for code, label in field.choices]
    if isinstance(field, SlugListField):
        known = nouns.get(field.models[0], {})
        pairs = [(known[key], number) for key, number in numbers.items() if key in known]
        choices = [Choice(noun.slug, str(noun), number) for noun, number in pairs]
        return sorted(choices, key=lambda choice: (-choice.count, choice.label))
    return [Choice(str(year), str(year), number) for year, number in sorted(numbers.items(), reverse=True)]
