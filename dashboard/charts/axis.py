"""An axis of whole years, on which a day stands at a share of the width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.charts.chart import percent

MOST_TICKS = 6
"""Years that are written out on a narrow screen; the others show where there is room."""


@dataclass(frozen=True)
class Tick:
    """The first day of a year: where it stands, the year, and whether only a wide screen has room for it."""

    x: str
    label: str
    is_minor: bool


@dataclass(frozen=True)
class Axis:
    """The years from `first` to `last`, both whole."""

    first: int
    last: int

    @classmethod
    def of(cls, days: Iterable[date]) -> Axis:
        """The years that hold all these days; this needs at least one, or else it is the first year of the calendar."""
        years = [day.year for day in days] or [1]
        return cls(min(years), max(years))

    def share(self, day: date) -> float:
        """Where a day stands, from 0 to 1."""
        begin, end = date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal()
        return (day.toordinal() - begin) / (end - begin)

    def at(self, day: date) -> str:
        """Where a day stands, as SVG takes lengths."""
        return percent(self.share(day))

    def between(self, first: date, last: date) -> str:
        """How long the stretch between two days is, as SVG takes lengths."""
        return percent(self.share(last) - self.share(first))

    @property
    def ticks(self) -> list[Tick]:
        """Every year, counted back from the last so that the newest is always written out."""
        years = range(self.first, self.last + 1)
        step = -(-len(years) // MOST_TICKS)
        return [Tick(self.at(date(year, 1, 1)), str(year), is_minor=(self.last - year) % step > 0) for year in years]
