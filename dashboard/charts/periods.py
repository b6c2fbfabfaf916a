"""Months and years: how they read, which stretches lie between them, and the rows that belong to one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dashboard.hrefs import with_query
from public.engine.select import Selection

AS_MONTHS = 24
"""Months that are shown one by one; where there are more, years are."""


@dataclass(frozen=True)
class Dates:
    """The pair of filters that bound a noun's date: `sent_after` and `sent_before`."""

    after: str
    before: str


@dataclass(frozen=True, order=True)
class Period:
    """A month such as 2017-04 or a year such as 2017, as the summaries name it."""

    text: str

    @property
    def is_month(self) -> bool:
        return len(self.text) == 7

    @property
    def first(self) -> date:
        """Its first day."""
        return date(int(self.text[:4]), int(self.text[5:7]) if self.is_month else 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.first.month if self.is_month else 12
        return date(self.first.year, month, monthrange(self.first.year, month)[1])

    @property
    def label(self) -> str:
        """As a sentence writes it."""
        return f"{self.first:%B %Y}" if self.is_month else self.text

    @property
    def number(self) -> int:
        """Its place among all months, or all years."""
        return self.first.year * 12 + self.first.month if self.is_month else self.first.year

    def beside(self, places: int) -> Period:
        """The period so many places later; negative places are earlier."""
        number = self.number + places
        if not self.is_month:
            return Period(f"{number:04}")
        return Period(f"{(number - 1) // 12:04}-{(number - 1) % 12 + 1:02}")


def with_gaps(periods: Iterable[Period]) -> Iterator[Period | str]:
    """The periods in order, and between two that are not neighbours the words of what lies between them."""
    before: Period | None = None
    for period in sorted(periods):
        if before is not None and before.is_month == period.is_month and period.number - before.number > 1:
            first, last = before.beside(1), period.beside(-1)
            yield first.label if first == last else f"{first.label} to {last.label}"
        yield period
        before = period


def rows_in(selection: Selection, period: Period, dates: Dates, **values: str) -> str:
    """The address of the selection's rows of a period that also have these values."""
    asked = selection.form.cleaned_data
    given = selection.parameters
    after = given[dates.after] if asked[dates.after] and asked[dates.after] > period.first else period.text
    before = given[dates.before] if asked[dates.before] and asked[dates.before] < period.last else period.text
    bounds = {dates.after: after, dates.before: before}
    return with_query(f"/{selection.noun.name}/", {**given, **bounds, **values})
