"""Letters by where they stand: the numbers, and the lists of exactly those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.addresses import with_query
from tracker.public.fields import COMPUTED
from tracker.public.summaries import summarise


@dataclass(frozen=True)
class Stand:
    """One standing: its code, its words, how many letters stand so, and where they are listed."""

    code: str
    label: str
    count: int
    url: str


def letters_by_standing(params: Mapping[str, str], *, today: date) -> list[Stand]:
    """The letters that these parameters of the list of letters select, in the order in which standings come about."""
    summary = summarise("letters", {**params, "by": "standing"}, today=today)
    counts = {row.groups["standing"].code: row.count for row in summary.rows}
    return [
        Stand(code, label, counts[code], with_query("/letters/", {**params, "standing": code}))
        for code, label in COMPUTED["standing"].choices
        if code in counts
    ]
