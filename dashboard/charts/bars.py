"""Bars that lie one below the other, each divided into parts: what happened month by month, or year by year.

Labels stand beside the bars as text, so that a narrow screen shows all of them, and only the bars shrink.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from dashboard.charts.chart import Chart, Key, percent
from dashboard.panels import Panel
from dashboard.tables import Cell, figure, heading, table_of_figures

ROOM_FOR_WORDS = 0.12
"""Share of the longest bar from which a part has room for its own figure."""


@dataclass(frozen=True)
class Part:
    """A part of a bar: the legend's entry, how much, that in words, and the address of exactly its rows."""

    key: Key
    amount: int | Decimal
    words: str
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, its parts, all of it in words, and the address of exactly its rows."""

    label: str
    parts: list[Part]
    words: str
    url: str = ""

    @property
    def amount(self) -> Decimal:
        """The length of the bar."""
        return Decimal(sum(part.amount for part in self.parts))


@dataclass(frozen=True)
class Segment:
    """A part as it is drawn: where it begins, how long it is, and its figure where there is room."""

    mark: str
    x: str
    width: str
    middle: str
    label: str
    words: str
    url: str


@dataclass(frozen=True)
class Row:
    """One line of the picture: a bar, or else a stretch of time without one."""

    label: str
    words: str = ""
    url: str = ""
    segments: list[Segment] = field(default_factory=list)
    is_gap: bool = False


@dataclass(frozen=True, kw_only=True)
class Bars(Chart):
    """The lines from the first to the last."""

    template: ClassVar[str] = "charts/bars.html"

    rows: list[Row]


def bars(
    title: str, headings: tuple[str, str], lines: Iterable[Bar | str], legend: Sequence[Key], note: str = ""
) -> Panel:
    """The panel of these bars. A line of mere words is a stretch without one; `headings` are of label and total."""
    lines = list(lines)
    found = [line for line in lines if isinstance(line, Bar)]
    longest = max((bar.amount for bar in found), default=Decimal(0))
    rows = [Row(line, is_gap=True) if isinstance(line, str) else _row(line, longest) for line in lines]
    used = [key for key in legend if any(part.key == key for bar in found for part in bar.parts)]
    columns = used if len(used) > 1 else []
    return Panel(
        title=title,
        note=note,
        chart=Bars(rows=rows, legend=columns),
        table=table_of_figures(
            title,
            [headings[0], *(key.label for key in columns), headings[1]],
            [[heading(bar.label), *_cells(bar, columns), figure(bar.words, bar.url)] for bar in found],
        ),
    )


def _cells(bar: Bar, columns: Sequence[Key]) -> list[Cell]:
    parts = {part.key: part for part in bar.parts}
    return [figure(parts[key].words, parts[key].url) if key in parts else figure("") for key in columns]


def _row(bar: Bar, longest: Decimal) -> Row:
    segments: list[Segment] = []
    start = Decimal(0)
    for part in bar.parts:
        share, begins = (Decimal(part.amount) / longest, start / longest) if longest else (Decimal(0), Decimal(0))
        segments.append(
            Segment(
                mark=part.key.mark,
                x=percent(begins),
                width=percent(share),
                middle=percent(begins + share / 2),
                label=f"{bar.label}, {part.key.label}: {part.words}",
                words=part.words if share >= ROOM_FOR_WORDS and len(bar.parts) > 1 else "",
                url=part.url,
            )
        )
        start += part.amount
    return Row(bar.label, bar.words, bar.url, segments)
