"""Days worth looking from: when mailings went out, and what happened to the letters of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nouns.partial_dates import PartialDate
from public.nouns import NOUNS
from tracker.models import LetterBatch, LetterEvent

MOST_DAYS = 14
"""Days of a mailing that are offered; where there were more, those on which most happened."""

_Happened = tuple[str, str]
"""What happened, and when, as a partial date."""


@dataclass(frozen=True)
class KeyDay:
    """A day, and what happened on it. Where a date is known to the month or year, its last day, by which it had."""

    day: date
    what: str


def of_all_mailings(today: date) -> list[KeyDay]:
    """The days on which mailings were sent, oldest first."""
    sent = NOUNS[LetterBatch.NOUN].rows(today).values_list("title", "sent_on")
    return _days(sent, today)


def of_mailing(batch: LetterBatch, today: date) -> list[KeyDay]:
    """The day a mailing was sent, those on which its letters were due, overdue, answered or assessed; oldest first."""
    letters = NOUNS["letters"].rows(today).filter(batch=batch).values("pk")
    rows = LetterEvent.edition.filter(letter__in=letters).order_by().values_list("kind", "on", "due_on").distinct()
    happened: list[_Happened] = [("Sent", batch.sent_on)]
    for kind, on, due_on in rows:
        if not due_on:
            happened.append((LetterEvent.Kind(kind).label, on))
            continue
        happened.append(("Reply due", due_on))
        happened.append(("Deadline passed", (PartialDate(due_on).last_day + timedelta(days=1)).isoformat()))
    return _days(happened, today)


def _days(happened: Iterable[_Happened], today: date) -> list[KeyDay]:
    """What happened day by day; without a date and what has not come yet is left out."""
    found: dict[date, dict[str, None]] = defaultdict(dict)
    for what, when in happened:
        if when and (day := PartialDate(when).last_day) <= today:
            found[day][what] = None
    busiest = sorted(found, key=lambda day: len(found[day]), reverse=True)[:MOST_DAYS]
    return [KeyDay(day, ", ".join(found[day])) for day in sorted(busiest)]
