"""Letters by where they stand: the numbers, and the lists of exactly those."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.hrefs import narrowed
from public.engine.fields import COMPUTED
from public.engine.select import Selection
from public.summaries import summary_of


@dataclass(frozen=True)
class LettersInStanding:
    """One standing: its code, its words, how many letters have it, and where exactly those are listed."""

    code: str
    label: str
    count: int
    url: str


def letters_by_standing(selection: Selection) -> list[LettersInStanding]:
    """The letters of the selection, in the order in which standings come about."""
    counts = {row.groups["standing"].code: row.count for row in summary_of(selection, "standing").rows}
    return [
        LettersInStanding(code, label, counts[code], narrowed(selection, standing=code))
        for code, label in COMPUTED["standing"].choices
        if code in counts
    ]
