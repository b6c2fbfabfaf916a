"""The panel of each list: what its filters select, by the question that readers of it ask first."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.charts.matrix import policies_by_question
from dashboard.charts.over_time import actions_over_time, grants_over_time, letters_over_time, statements_over_time
from dashboard.charts.spans import lawsuits_as_spans
from dashboard.charts.states import StateNumber, state_map
from dashboard.hrefs import narrowed
from dashboard.panels import Panel
from jurisdictions.models import STATES
from public.engine.dataset import DatasetVersion
from public.engine.keeping import kept
from public.engine.select import Selection
from public.summaries import summary_of


def jurisdictions_by_state(selection: Selection) -> Panel:
    """The jurisdictions of the selection on the map."""
    found = {row.groups["state"].code: row.count for row in summary_of(selection, "state").rows}
    numbers = {code: StateNumber(found[code], f"{found[code]:,}") for code in STATES if code in found}
    return state_map(
        "Jurisdictions by state",
        "Jurisdictions",
        numbers,
        {code: narrowed(selection, state=code) for code in STATES},
        nothing=StateNumber(0, "none"),
    )


CHARTS: dict[str, Callable[[Selection], Panel]] = {
    "letters": letters_over_time,
    "policies": policies_by_question,
    "grants": grants_over_time,
    "lawsuits": lawsuits_as_spans,
    "federal-actions": actions_over_time,
    "jurisdictions": jurisdictions_by_state,
    "statements": statements_over_time,
}
"""The nouns whose lists have a picture, and what makes its panel."""


def panel_of(selection: Selection, version: DatasetVersion) -> Panel | None:
    """The panel of a selection, made once for each state of the edition; None for a noun without one."""
    make = CHARTS.get(selection.noun.name)
    return kept("panel", selection, version, lambda: make(selection)) if make else None
