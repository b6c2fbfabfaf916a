"""What happened when: letters by month and standing, grants by fiscal year and programme, the rest by year and kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from dashboard.charts.bars import Bar, Part, bars
from dashboard.charts.chart import Key, in_short
from dashboard.charts.periods import AS_MONTHS, Dates, Period, rows_in, with_gaps
from dashboard.hrefs import narrowed
from dashboard.panels import Panel
from public.dollars import dollars
from public.engine.select import Selection
from public.summaries import Summary, SummaryRow, summary_of

MOST_KINDS = 6
"""Colours that an eye tells apart; what is rarer shares one more."""

Keys = Mapping[str, Key]
"""Entries of the legend by the codes that they stand for."""


def letters_over_time(selection: Selection) -> Panel:
    """Letters by the month that they were sent in, or the year, divided by where they stand on the day asked about."""
    summary = summary_of(selection, "month", "standing")
    if len(_periods(summary)) > AS_MONTHS:
        summary = summary_of(selection, "year", "standing")
    field = next(field for field in selection.noun.fields if field.name == "standing")
    keys = {code: Key(f"is-{code}", label) for code, label in field.choices}
    title = f"Letters by {summary.by[0].name} and by standing on {selection.on:%-d %B %Y}"
    return _counted(selection, summary, title, keys, Dates("sent_after", "sent_before"))


def actions_over_time(selection: Selection) -> Panel:
    """Federal actions by the year of issue, divided by kind."""
    summary = summary_of(selection, "year", "kind")
    dates = Dates("issued_after", "issued_before")
    return _counted(selection, summary, "Federal actions by year and kind", _ranked(summary), dates)


def statements_over_time(selection: Selection) -> Panel:
    """Statements by the year that they were made in, divided by kind."""
    summary = summary_of(selection, "year", "kind")
    dates = Dates("said_after", "said_before")
    return _counted(selection, summary, "Statements by year and kind", _ranked(summary), dates)


def grants_over_time(selection: Selection) -> Panel:
    """Dollars by fiscal year, divided by programme."""
    summary = summary_of(selection, "fiscal_year", "program")
    keys, years = _ranked(summary), _periods(summary)

    def bar(period: Period) -> Bar:
        def rows_of(codes: Iterable[str]) -> str:
            return narrowed(selection, fiscal_year=period.text, program=",".join(codes))

        parts = _parts(years[period], keys, _cents, lambda cents: in_short(dollars(cents)), rows_of)
        total = dollars(sum(_cents(row) for row in years[period]))
        return Bar(period.label, parts, in_short(total), narrowed(selection, fiscal_year=period.text))

    note = "No dollar counts twice: an allocation counts where no award is on record, a pool for subgrants never does."
    title = "Dollars by fiscal year and programme"
    return bars(title, ("Fiscal year", "Dollars"), _lines(years, bar), _legend(keys), note)


def _counted(selection: Selection, summary: Summary, title: str, keys: Keys, dates: Dates) -> Panel:
    """Bars of the records of each period, each part linked to its rows.

    A date known to the year alone belongs to every month of that year, so those months have no link of their own.
    """
    periods = _periods(summary)
    coarse = (
        {period.first.year for period in periods if not period.is_month} if summary.by[0].name == "month" else set()
    )

    def bar(period: Period) -> Bar:
        def rows_of(codes: Iterable[str] = ()) -> str:
            chosen = {summary.by[1].name: ",".join(codes)} if codes else {}
            return "" if period.first.year in coarse else rows_in(selection, period, dates, **chosen)

        parts = _parts(periods[period], keys, _rows, "{:,}".format, rows_of)
        return Bar(period.label, parts, f"{sum(map(_rows, periods[period])):,}", rows_of())

    undated = [row for row in summary.rows if _first(row) is None]
    without_date = Bar("Date not found", _parts(undated, keys, _rows, "{:,}".format), f"{sum(map(_rows, undated)):,}")
    lines = [*_lines(periods, bar), *([without_date] if undated else [])]
    return bars(title, (summary.by[0].label, "All"), lines, _legend(keys))


def _periods(summary: Summary) -> dict[Period, list[SummaryRow]]:
    """The rows of each period that is known."""
    found: dict[Period, list[SummaryRow]] = defaultdict(list)
    for row in summary.rows:
        if code := _first(row):
            found[Period(code)].append(row)
    return found


def _lines(periods: Iterable[Period], bar: Callable[[Period], Bar]) -> list[Bar | str]:
    return [line if isinstance(line, str) else bar(line) for line in with_gaps(periods)]


def _parts(
    rows: Iterable[SummaryRow],
    keys: Keys,
    amount: Callable[[SummaryRow], int],
    words: Callable[[int], str],
    rows_of: Callable[[Iterable[str]], str] | None = None,
) -> list[Part]:
    """The parts of a bar in the order of the legend; codes that share an entry share a part."""
    amounts: dict[Key, int] = Counter()
    codes: dict[Key, list[str]] = defaultdict(list)
    for row in rows:
        code = _second(row)
        amounts[keys[code]] += amount(row)
        codes[keys[code]].append(code)
    return [
        Part(key, amounts[key], words(amounts[key]), rows_of(codes[key]) if rows_of else "")
        for key in _legend(keys)
        if key in codes
    ]


def _ranked(summary: Summary) -> Keys:
    """A mark for each of the most frequent codes of the second dimension, and one for all others together."""
    amounts: dict[tuple[str, str], int] = Counter()
    for row in summary.rows:
        group = row.groups[summary.by[1].name]
        amounts[group.code or "", group.label or "Not on record"] += _cents(row) if row.dollars else row.count
    ranked = sorted(amounts, key=lambda pair: (-amounts[pair], pair))
    own = MOST_KINDS if len(ranked) <= MOST_KINDS else MOST_KINDS - 1
    others = Key("kind-others", "Others")
    return {
        code: Key(f"kind-{place}", label) if place <= own else others for place, (code, label) in enumerate(ranked, 1)
    }


def _legend(keys: Keys) -> list[Key]:
    return list(dict.fromkeys(keys.values()))


def _first(row: SummaryRow) -> str | None:
    return next(iter(row.groups.values())).code


def _second(row: SummaryRow) -> str:
    return list(row.groups.values())[1].code or ""


def _rows(row: SummaryRow) -> int:
    return row.count


def _cents(row: SummaryRow) -> int:
    return row.dollars.cents if row.dollars else 0
