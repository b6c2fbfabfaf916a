"""The three maps of the record: letters, policies in force, and grant dollars by state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from dashboard.charts.chart import in_short
from dashboard.charts.states import StateNumber, state_map
from dashboard.panels import Panel
from jurisdictions.models import STATES
from public.dollars import dollars
from public.engine.dataset import DatasetVersion
from public.engine.keeping import kept
from public.engine.select import Selection, select
from public.nouns import NOUNS
from public.summaries import SummaryRow, summary_of


@dataclass(frozen=True)
class Measure:
    """What a map can show: its noun, which names it in an address, its words on a link and as a title, and its rows."""

    name: str
    label: str
    title: str
    rows: Callable[[date], Mapping[str, str]]
    number: Callable[[SummaryRow], StateNumber]
    note: str = ""


def _counted(singular: str, plural: str) -> Callable[[SummaryRow], StateNumber]:
    return lambda row: StateNumber(row.count, f"{row.count:,} {singular if row.count == 1 else plural}")


def _dollars(row: SummaryRow) -> StateNumber:
    total = dollars(row.dollars.cents) if row.dollars else None
    return StateNumber(total, in_short(total)) if total else StateNumber(0, "amount not on record", known=False)


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("letters", "Letters", "Letters received, by state", lambda _: {}, _counted("letter", "letters")),
        Measure(
            "policies",
            "Policies in force",
            "Policies in force, by state",
            lambda today: {"in_force_on": today.isoformat()},
            _counted("policy in force", "policies in force"),
        ),
        Measure(
            "grants",
            "Grant dollars",
            "Grant dollars on record, by state",
            lambda _: {},
            _dollars,
            "Awards that this record holds, in all years together; not all that a state received.",
        ),
    )
}
"""What the map can show, the default first."""


def map_of(measure: Measure, version: DatasetVersion, *, today: date, as_of: date | None = None) -> Panel:
    """The map of a measure as of today, or of the day asked for; made once for each state of the edition."""
    params = {**measure.rows(as_of or today), **({"on": as_of.isoformat()} if as_of else {})}
    return _map_of(measure, select(NOUNS[measure.name], params, today=today), version)


def letters_on_the_map(selection: Selection, version: DatasetVersion) -> Panel:
    """The map of these letters."""
    return _map_of(MEASURES["letters"], selection, version)


def _map_of(measure: Measure, selection: Selection, version: DatasetVersion) -> Panel:
    return kept(f"map-{measure.name}", selection, version, lambda: _drawn(measure, selection))


def _drawn(measure: Measure, selection: Selection) -> Panel:
    found = {row.groups["state"].code or "": row for row in summary_of(selection, "state").rows}
    return state_map(
        measure.title,
        measure.label,
        {code: measure.number(found[code]) for code in STATES if code in found},
        {code: reverse("state", args=[code]) for code in STATES},
        nothing=StateNumber(0, "none on record"),
        in_dollars=measure.name == "grants",
        note=measure.note,
    )
