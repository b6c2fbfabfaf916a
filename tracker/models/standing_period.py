"""Where each published letter stood from which day to which: its events, worked through when they are published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from django.db import models
from django.db.models import Q

from nouns.noun import EditionManager, Settled
from nouns.partial_dates import PartialDateField, is_partial_date
from tracker.models.letter import Letter, LetterEvent

Happened = Mapping[str, Any]
"""An event as a document holds it."""


class StandingPeriod(Settled):
    """From the day `since` (empty: from ever) to the day before `until` (empty: for good) nothing happened to a letter.

    `kind` and `outcome` are those of the latest event that decides on the standing, empty where none does; `due_on` is
    the latest deadline known. Each published letter has the periods that follow one another without a gap.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="standing_periods")
    since = PartialDateField()
    until = PartialDateField()
    kind = models.CharField(max_length=10, choices=LetterEvent.Kind, blank=True)
    outcome = models.CharField(max_length=7, choices=LetterEvent.Outcome, blank=True)
    due_on = PartialDateField()

    objects = models.Manager["StandingPeriod"]()
    edition = EditionManager["StandingPeriod"]()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["letter", "since"], name="standingperiod_begins_once"),
            models.CheckConstraint(
                condition=Q(until="") | Q(until__gt=models.F("since")), name="standingperiod_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=is_partial_date("since") & is_partial_date("until") & is_partial_date("due_on"),
                name="standingperiod_dates_are_dates",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind or 'nothing'} since {self.since or 'ever'}"

    @classmethod
    def of(cls, key: int, children: Mapping[str, Sequence[Happened]]) -> list[Self]:
        periods: list[Self] = []
        for since, kind, outcome, due_on in _steps(children.get("events", ())):
            if periods:
                periods[-1].until = since
            periods.append(cls(letter_id=key, since=since, kind=kind, outcome=outcome, due_on=due_on))
        return periods


def _steps(events: Iterable[Happened]) -> list[tuple[str, str, str, str]]:
    """What the events came to from each day on that one of them happened, the days ascending, the first one ever."""
    steps, kind, outcome, due_on = {"": ("", "", "")}, "", "", ""
    for event in sorted(events, key=lambda event: (event["on"], event["id"])):
        due_on = event["due_on"] or due_on
        if event["due_on"] or event["kind"] in LetterEvent.DECIDING:
            kind, outcome = event["kind"], event["outcome"]
        steps[event["on"]] = (kind, outcome, due_on)
    return [(since, *step) for since, step in steps.items()]
