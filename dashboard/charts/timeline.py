"""What happened since 2016 on one axis: mailings, other federal actions, and what the courts decided on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.text import capfirst

from dashboard.charts.axis import Axis, Tick
from dashboard.charts.chart import Chart, Key
from dashboard.charts.spans import DECISION, RESTRAINT, mark_of
from dashboard.panels import Panel
from dashboard.tables import Cell, table_of_figures
from dashboard.values import date_in_words, link
from public.courts import decisions_on_federal_acts
from public.engine.dataset import DatasetVersion
from public.engine.keeping import kept
from public.engine.select import Selection, select
from public.nouns import NOUNS
from public.summaries import summary_of

BEGIN = 2016
"""The year in which the Department of Justice first tied grants to 8 U.S.C. 1373."""
NEAREST = 0.03
"""Share of the width that two marks of one row keep between them, so that they do not cover each other on a phone."""
ROW = 22
"""Height of a row in pixels."""
SMALLEST, LARGEST = 7, 15
"""Radius of the circle of a mailing, which grows with its letters."""

MAILING, ORDER, ACTION = (
    Key("is-mailing", "Mailing, with its letters on record"),
    Key("is-order", "Executive order"),
    Key("is-action", "Other federal action"),
)


@dataclass(frozen=True)
class Happening:
    """One thing that happened: when, until when where that is known, what, and how it is marked."""

    on: Any
    record: Any
    what: str
    mark: str
    until: Any = None
    letters: int = 0

    @property
    def lasted(self) -> bool:
        """Whether it certainly ended on a later day than it began."""
        return bool(self.until) and self.until.first_day > self.on.last_day


@dataclass(frozen=True)
class Dot:
    """A happening as it is drawn. `width` is that of the line to its end, empty where it has none."""

    x: str
    y: int
    mark: str
    label: str
    url: str
    radius: int
    words: str
    width: str


@dataclass(frozen=True)
class Lane:
    """The happenings of one kind, stacked where they would cover each other."""

    label: str
    height: int
    dots: list[Dot]


@dataclass(frozen=True, kw_only=True)
class Timeline(Chart):
    """The lanes over one axis of years."""

    template: ClassVar[str] = "charts/timeline.html"

    lanes: list[Lane]
    ticks: list[Tick]


def timeline(version: DatasetVersion, *, today: date, as_of: date | None = None) -> Panel:
    """The timeline up to today, or to the day asked for; made once for each state of the edition."""
    asked = select(NOUNS["letters"], {"on": as_of.isoformat()} if as_of else {}, today=today)
    return kept("timeline", asked, version, lambda: _drawn(asked, today))


def _drawn(letters: Selection, today: date) -> Panel:
    lanes = {
        "Mailings": _mailings(letters),
        "Other federal actions": _actions(letters),
        "Courts": _decisions(letters.as_of),
    }
    axis = Axis(BEGIN, today.year)
    happened = sorted((each for lane in lanes.values() for each in lane), key=lambda each: each.on)
    rows = [
        [
            Cell(date_in_words(each.on), is_heading=True),
            Cell(link(each.record)),
            Cell(format_html("{}", each.what)),
        ]
        for each in happened
    ]
    return Panel(
        title=f"Mailings, federal actions and court decisions since {BEGIN}",
        note="Decisions are those in lawsuits that challenge federal actions or letters. A line runs to the end of "
        "what has ended.",
        chart=Timeline(
            lanes=[_lane(label, found, axis) for label, found in lanes.items()],
            ticks=axis.ticks,
            legend=[MAILING, ORDER, ACTION, RESTRAINT, DECISION],
        ),
        table=table_of_figures("Timeline", ["On", "What", "Kind"], rows, columns_of_words=3),
    )


def _mailings(letters: Selection) -> list[Happening]:
    sent = {row.groups["batch"].code: row.count for row in summary_of(letters, "batch").rows}
    return [
        Happening(each.sent_on, each, _of(sent.get(each.slug, 0)), MAILING.mark, letters=sent.get(each.slug, 0))
        for each in _known("letter-batches", letters)
        if each.sent_on >= str(BEGIN)
    ]


def _known(noun: str, letters: Selection) -> QuerySet[Any]:
    """All of a noun, or what had begun by the day that the letters are as of."""
    return NOUNS[noun].begun(letters.as_of) if letters.as_of else NOUNS[noun].rows(letters.on)


def _of(letters: int) -> str:
    return f"Mailing, {letters} letter{'' if letters == 1 else 's'} on record"


def _actions(letters: Selection) -> list[Happening]:
    """Every federal action but the mailings, which have a lane of their own."""
    return [
        Happening(
            each.issued_on,
            each,
            str(each.get_kind_display()),
            ORDER.mark if each.kind == "executive_order" else ACTION.mark,
            each.ended_on,
        )
        for each in _known("federal-actions", letters)
        if each.issued_on >= str(BEGIN) and each.kind != "letters"
    ]


def _decisions(until: date | None) -> list[Happening]:
    return [
        Happening(
            event.on,
            event.lawsuit,
            ", ".join(filter(None, (event.get_kind_display(), event.court, event.get_scope_display().lower()))),
            mark_of(event),
        )
        for event in decisions_on_federal_acts(str(BEGIN), until=until)
    ]


def _lane(label: str, found: Iterable[Happening], axis: Axis) -> Lane:
    """The lane, each happening in the first row that has room for it."""
    ends: list[float] = []
    dots = []
    for each in sorted(found, key=lambda happening: happening.on):
        begin = axis.share(each.on.first_day)
        end = axis.share(each.until.first_day) if each.lasted else begin
        row = next((place for place, taken in enumerate(ends) if begin - taken >= NEAREST), len(ends))
        ends[row : row + 1] = [end]
        dots.append(_dot(each, axis, row))
    return Lane(label, max(len(ends), 1) * ROW + LARGEST, dots)


def _dot(each: Happening, axis: Axis, row: int) -> Dot:
    until = f" until {each.until.in_words}" if each.until else ""
    return Dot(
        x=axis.at(each.on.first_day),
        y=row * ROW + LARGEST,
        mark=each.mark,
        label=f"{each.on.in_words}{until}: {each.record} ({capfirst(each.what)})",
        url=each.record.get_absolute_url(),
        radius=min(SMALLEST + each.letters // 3, LARGEST),
        words=str(each.letters) if each.letters else "",
        width=axis.between(each.on.first_day, each.until.first_day) if each.lasted else "",
    )
