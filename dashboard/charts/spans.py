"""Lawsuits as spans: each case from its filing to the last that is known of it, with what the courts decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.html import format_html

from dashboard.charts.axis import Axis, Tick
from dashboard.charts.chart import Chart, Key
from dashboard.panels import Panel
from dashboard.tables import Cell, table_of_figures
from dashboard.values import date_in_words, link
from public.courts import is_decision, is_restraint, with_events
from public.engine.select import Selection

MOST = 60
"""Cases that are drawn; where more are selected, the first of the list are."""

FILED, RESTRAINT, DECISION = (
    Key("is-filed", "Filed"),
    Key("is-restraint", "Injunction or restraining order"),
    Key("is-decision", "Other decision of a court"),
)


@dataclass(frozen=True)
class Mark:
    """One day of a case: where it stands, and what it was."""

    x: str
    mark: str
    label: str


@dataclass(frozen=True)
class Span:
    """One case. `x` and `width` are empty where no date of it was found."""

    label: str
    url: str
    x: str
    width: str
    marks: list[Mark]


@dataclass(frozen=True, kw_only=True)
class Spans(Chart):
    """The cases in order of their filing over one axis of years."""

    template: ClassVar[str] = "charts/spans.html"

    spans: list[Span]
    ticks: list[Tick]


def lawsuits_as_spans(selection: Selection) -> Panel:
    """The cases of the selection, first filed first."""
    first = with_events(selection.queryset, until=selection.as_of)[:MOST]
    cases = sorted(first, key=lambda case: case.filed_on or "9")
    days = [day for case in cases for day in _days(case)]
    axis = Axis.of(days)
    rows = [[Cell(link(case), is_heading=True), *_cells(event)] for case in cases for event in _decisions(case)]
    headings = ["Lawsuit", "Decision", "On", "Court", "Reach"]
    return Panel(
        title="Lawsuits from filing to the last that is known, with what the courts decided",
        note=f"The first {MOST} of the list." if len(cases) == MOST else "",
        chart=Spans(spans=[_span(case, axis) for case in cases], ticks=axis.ticks, legend=[FILED, RESTRAINT, DECISION]),
        table=table_of_figures("Decisions in these lawsuits", headings, rows, columns_of_words=5),
    )


def _decisions(case: Any) -> list[Any]:
    return [event for event in case.events.all() if is_decision(event)]


def _days(case: Any) -> list[date]:
    dated = [case.filed_on, *(event.on for event in case.events.all())]
    return [day.first_day for day in dated if day]


def _span(case: Any, axis: Axis) -> Span:
    days = _days(case)
    marks = [Mark(axis.at(event.on.first_day), mark_of(event), _said(event)) for event in _decisions(case) if event.on]
    if case.filed_on:
        filed = Mark(axis.at(case.filed_on.first_day), FILED.mark, f"Filed, {case.filed_on.in_words}")
        marks = [filed, *marks]
    return Span(
        label=str(case),
        url=case.get_absolute_url(),
        x=axis.at(min(days)) if days else "",
        width=axis.between(min(days), max(days)) if days else "",
        marks=marks,
    )


def mark_of(event: Any) -> str:
    """How a court's decision is marked, here and on the timeline."""
    return RESTRAINT.mark if is_restraint(event) else DECISION.mark


def _said(event: Any) -> str:
    reach = f", {event.get_scope_display().lower()}" if event.scope else ""
    return f"{event.get_kind_display()}{reach}, {event.on.in_words}"


def _cells(event: Any) -> list[Cell]:
    words = (event.get_kind_display(), date_in_words(event.on), event.court, event.get_scope_display())
    return [Cell(format_html("{}", word)) for word in words]
