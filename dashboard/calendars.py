"""Deadlines of letters as the days of a calendar: one per letter.

An event's SEQUENCE is the number of times that its letter was published anew, so it grows whenever a deadline moves or
anything else about the letter changes. An event is cancelled once nobody waits for the reply any more (one came, the
letter was assessed, or its sender took it back), and when the record of the letter was withdrawn.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.utils.timezone import localdate

from dashboard.values import plain
from public.calendar_letters import TakenBack
from public.calendars import DueDay
from public.engine.fields import COMPUTED

AWAITED = frozenset({"not_sent", "awaiting", "due", "overdue"})
"""Standings of letters to which a reply is still awaited."""


def deadline(letter: Any, origin: str) -> DueDay:
    """The deadline of a letter that has one; of a deadline known to the month only, all days of the month."""
    standing = plain(letter, COMPUTED["standing"])
    sent = f"Sent {letter.sent_on.in_words}. " if letter.sent_on else ""
    return DueDay(
        uid=_uid(letter.slug, origin),
        summary=f"Reply due: {letter.recipient_as_written}",
        description=f"{sent}Standing: {standing}.",
        first_day=letter.due_on.first_day,
        last_day=letter.due_on.last_day,
        created_at=letter.published_at,
        changed_at=letter.updated_at,
        stamped_at=letter.updated_at,
        sequence=letter.times_published - 1,
        cancelled=letter.standing not in AWAITED,
        url=_address(letter.slug, origin),
    )


def called_off(letter: TakenBack, origin: str) -> DueDay:
    """The end of the event of a letter whose record was taken back. What the record said is not repeated."""
    day = localdate(letter.at)
    return DueDay(
        uid=_uid(letter.slug, origin),
        summary=f"Withdrawn from the record: {letter.slug}",
        description=letter.reason,
        first_day=day,
        last_day=day,
        created_at=letter.at,
        changed_at=letter.at,
        stamped_at=letter.at,
        sequence=letter.times_published - 1,
        cancelled=True,
        url=_address(letter.slug, origin),
    )


def _uid(slug: str, origin: str) -> str:
    return f"letters/{slug}@{urlsplit(origin).hostname}"


def _address(slug: str, origin: str) -> str:
    return f"{origin}/letters/{slug}/"
