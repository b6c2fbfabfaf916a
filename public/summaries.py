"""Counts and sums of what a question selects, by one thing or several: letters by state, grants by year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.db.models.functions import Substr

from jurisdictions.models import STATES, Agency, Jurisdiction
from nouns.noun import PublicNoun
from public.engine.errors import BadQuery, ParameterError, nearest
from public.engine.filterset import StrictFilterSet
from public.engine.knowledge import today
from public.engine.noun import Noun
from public.engine.select import Selection
from public.engine.strict import Params, multi
from public.engine.totals import totals
from public.nouns import NOUNS
from tracker.dollars import Dollars, Key, Path, grouped, of_totals
from tracker.models import FederalAction, GrantAward, GrantProgram, LetterBatch, Policy, Statement
from tracker.querysets import Standing

MOST_DIMENSIONS = 3
"""Things that one summary can be by."""

BY_HELP = f"What to sum up by, or up to {MOST_DIMENSIONS} things separated by commas."

Labels = Callable[[Iterable[object]], Mapping[object, tuple[str, str]]]


@dataclass(frozen=True)
class Dimension:
    """One thing to group by: its name as a parameter, the column that holds it, and how a value of it reads.

    `labels` maps values to their codes and labels. `share` is the path to the value from a share of an award, and
    `total` the column that holds it in the totals of awards.
    """

    name: str
    label: str
    column: str
    labels: Labels
    share: str = ""
    total: str = ""


@dataclass(frozen=True)
class Group:
    """The value of one dimension in a row: its code and its label, both None where nothing is on record."""

    code: str | None
    label: str | None


@dataclass(frozen=True)
class SummaryRow:
    """One group: its values by dimension, how many records, and for grants their dollars."""

    groups: dict[str, Group]
    count: int
    dollars: Dollars | None = None


@dataclass(frozen=True)
class Summary:
    """The rows of a summary in the order of its dimensions, the unknown last, and all of them together."""

    by: tuple[Dimension, ...]
    rows: list[SummaryRow]
    total: SummaryRow


@dataclass(frozen=True)
class SummaryQuestion:
    """What is to be summed up, before anything is read. `depends_on_day` says that the sums may differ tomorrow."""

    noun: Noun
    filterset: StrictFilterSet
    by: tuple[Dimension, ...]

    @property
    def depends_on_day(self) -> bool:
        """Whether the sums rest on what is computed of the day, and no day is named."""
        asked = {*self.filterset.in_use(), *(dimension.name for dimension in self.by)}
        return bool({"standing", "due_after", "due_before"} & asked) and bool(self.noun.computed) and "on" not in asked

    def summary(self) -> Summary:
        """The answer."""
        noun, by = self.noun, self.by
        if noun.name == "grants":
            return Summary(by, *_dollars(noun, self.filterset, by))
        return Summary(by, *_counts(_dated(noun, self.filterset.qs), by))


def coded(choices: Mapping[Any, Any]) -> Labels:
    """Labels of values that are codes of a fixed list."""
    return lambda values: {value: (str(value), str(choices[value])) for value in values if value in choices}


def itself(values: Iterable[object]) -> dict[object, tuple[str, str]]:
    """Labels of values that say all by themselves, such as years."""
    return {value: (str(value), str(value)) for value in values if value not in (None, "")}


def named(model: type[PublicNoun]) -> Labels:
    """Labels of values that are keys of published nouns."""

    def labels(values: Iterable[object]) -> dict[object, tuple[str, str]]:
        found = model.edition.in_bulk([value for value in values if value is not None])
        return {key: (noun.slug, str(noun)) for key, noun in found.items()}

    return labels


_STATE = Dimension("state", "State", "state", coded(STATES), share="jurisdiction__state", total="counted_in")
_JURISDICTION = Dimension("jurisdiction", "Jurisdiction", "jurisdiction", named(Jurisdiction), share="jurisdiction")

DIMENSIONS: dict[str, dict[str, Dimension]] = {
    noun: {dimension.name: dimension for dimension in dimensions}
    for noun, dimensions in {
        "letters": (
            _STATE,
            _JURISDICTION,
            Dimension("batch", "Mailing", "batch", named(LetterBatch)),
            Dimension("standing", "Standing", "standing", coded(dict(Standing.choices))),
            Dimension("sender", "Sender", "sender_agency", named(Agency)),
            Dimension("year", "Year sent", "year", itself),
            Dimension("month", "Month sent", "month", itself),
        ),
        "policies": (
            _STATE,
            _JURISDICTION,
            Dimension("instrument", "Instrument", "instrument", coded(dict(Policy.Instrument.choices))),
            Dimension("stance", "Stance", "stance", coded(dict(Policy.Stance.choices))),
            Dimension("outcome", "Outcome", "outcome", coded(dict(Policy.Outcome.choices))),
            Dimension("year", "Year adopted", "year", itself),
        ),
        "grants": (
            _STATE,
            _JURISDICTION,
            Dimension("program", "Programme", "program", named(GrantProgram), share="award__program", total="program"),
            Dimension(
                "fiscal_year", "Fiscal year", "fiscal_year", itself, share="award__fiscal_year", total="fiscal_year"
            ),
            Dimension(
                "amount_kind",
                "Kind of amount",
                "amount_kind",
                coded(dict(GrantAward.AmountKind.choices)),
                share="award__amount_kind",
                total="amount_kind",
            ),
        ),
        "federal-actions": (
            Dimension("kind", "Kind", "kind", coded(dict(FederalAction.Kind.choices))),
            Dimension("year", "Year issued", "year", itself),
        ),
        "jurisdictions": (
            _STATE,
            Dimension("kind", "Kind", "kind", coded(dict(Jurisdiction.Kind.choices))),
        ),
        "statements": (
            Dimension("kind", "Kind", "kind", coded(dict(Statement.Kind.choices))),
            Dimension("year", "Year said", "year", itself),
        ),
    }.items()
}
"""What each noun can be summed up by, the default first."""

_DATED = {"letters": "sent_on", "policies": "adopted_on", "federal-actions": "issued_on", "statements": "said_on"}
"""The date that the years and months of a noun are those of."""


def question(noun: str, params: Params, *, today: date) -> SummaryQuestion:
    """What the parameters ask. `by` names the dimensions, comma-separated; the others are the noun's filters.

    Raises BadQuery naming every parameter that cannot be obeyed, and KeyError for a noun without dimensions.
    """
    dimensions, chosen, given = DIMENSIONS[noun], NOUNS[noun], multi(params)
    filterset = chosen.filterset(given, chosen.rows, today=today, beside=("by",))
    by, errors = _dimensions(dimensions, given.getlist("by"))
    if errors := [*filterset.parameter_errors(), *errors]:
        raise BadQuery(errors)
    return SummaryQuestion(chosen, filterset, by)


def summary_of(selection: Selection, *by: str) -> Summary:
    """Sum up what is selected by these dimensions. Raises KeyError for one that the noun does not have."""
    dimensions = tuple(DIMENSIONS[selection.noun.name][name] for name in by)
    return SummaryQuestion(selection.noun, selection.filterset, dimensions).summary()


def _dated(noun: Noun, rows: QuerySet[Model]) -> QuerySet[Model]:
    """The rows with the `year` and the `month` of the noun's date, where it has one."""
    if noun.name not in _DATED:
        return rows
    column = _DATED[noun.name]
    dated: QuerySet[Model] = rows.annotate(year=Substr(column, 1, 4), month=Substr(column, 1, 7))
    return dated


def _dimensions(
    allowed: Mapping[str, Dimension], values: Sequence[str]
) -> tuple[tuple[Dimension, ...], list[ParameterError]]:
    """The dimensions that `by` names, the first when it names none; and what is wrong with it."""
    words = list(dict.fromkeys(word.strip() for value in values if value.strip() for word in value.split(",")))
    errors = [
        ParameterError("by", word, f"Nothing is summed up by {word!r}.", nearest(word, allowed))
        for word in words
        if word not in allowed
    ]
    if len(words) > MOST_DIMENSIONS:
        errors.append(ParameterError("by", ",".join(words), f"A summary is by at most {MOST_DIMENSIONS} things."))
    if errors:
        return (), errors
    return tuple(allowed[word] for word in words or [next(iter(allowed))]), []


def _counts(rows: QuerySet[Model], by: Sequence[Dimension]) -> tuple[list[SummaryRow], SummaryRow]:
    columns = [dimension.column for dimension in by]
    counts = rows.order_by().values(*columns).annotate(rows=Count("pk"))
    found = {tuple(row[column] for column in columns): row["rows"] for row in counts}
    labelled = _labelled(by, found)
    rows_found = [SummaryRow(groups, found[key]) for key, groups in labelled]
    return rows_found, SummaryRow({}, sum(found.values()))


def _dollars(noun: Noun, filterset: StrictFilterSet, by: Sequence[Dimension]) -> tuple[list[SummaryRow], SummaryRow]:
    kept = totals(filterset, by=[dimension.name for dimension in by])
    found = of_totals(kept, [each.total for each in by]) if kept is not None else _of_rows(noun, filterset, by)
    summary = [SummaryRow(groups, found[key].awards, found[key]) for key, groups in _labelled(by, found)]
    total = Dollars()
    for each in found.values():
        total.add_all(each)
    return summary, SummaryRow({}, total.awards, total)


def _of_rows(noun: Noun, filterset: StrictFilterSet, by: Sequence[Dimension]) -> dict[Key, Dollars]:
    """The sums of these awards, as far as they belong to the places that are asked for."""
    asked = [place.slug for place in filterset.form.cleaned_data["jurisdiction"]]
    jurisdictions = list(Jurisdiction.edition.and_coextensive(*asked).values_list("pk", flat=True))
    day = filterset.form.cleaned_data["on"]
    among = noun.begun(day) if day else noun.rows(today())
    paths = [Path(dimension.column, dimension.share) for dimension in by]
    return grouped(filterset.qs, paths, among=among, jurisdictions=jurisdictions)


def _labelled(
    by: Sequence[Dimension], keys: Iterable[tuple[object, ...]]
) -> list[tuple[tuple[object, ...], dict[str, Group]]]:
    """The keys with their groups, in order of their codes, the unknown last."""
    keys = list(keys)
    labels = [dimension.labels({key[place] for key in keys}) for place, dimension in enumerate(by)]
    labelled = [
        (
            key,
            {dimension.name: Group(*labels[place].get(key[place], (None, None))) for place, dimension in enumerate(by)},
        )
        for key in keys
    ]
    return sorted(labelled, key=lambda pair: [(group.code is None, group.code or "") for group in pair[1].values()])
