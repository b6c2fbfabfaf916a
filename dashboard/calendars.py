"""Deadlines of letters as an iCalendar (RFC 5545): one all-day event per letter, which keeps its UID for good.

An event's SEQUENCE is the number of times that its letter was published anew, so it grows whenever a deadline moves or
anything else about the letter changes. An event is cancelled once nobody waits for the reply any more (one came, the
letter was assessed, or its sender took it back), and when the record of the letter was withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.timezone import localdate
from icalendar import Calendar, Event

from dashboard.characters import writable
from dashboard.values import plain
from public.calendar_letters import TakenBack
from public.engine.fields import COMPUTED

AWAITED = frozenset({"not_sent", "awaiting", "due", "overdue"})
"""Standings of letters to which a reply is still awaited."""
REFRESH = timedelta(hours=12)
"""How often a calendar program may well ask again."""


@dataclass(frozen=True)
class Deadline:
    """One event: the letter's slug, what to show, on which days, since when, and whether it is off."""

    slug: str
    summary: str
    description: str
    first_day: date
    last_day: date
    published_at: datetime
    updated_at: datetime
    sequence: int
    cancelled: bool


def deadline(letter: Any) -> Deadline:
    """The deadline of a letter that has one; of a deadline known to the month only, all days of the month."""
    standing = plain(letter, COMPUTED["standing"])
    sent = f"Sent {letter.sent_on.in_words}. " if letter.sent_on else ""
    return Deadline(
        slug=letter.slug,
        summary=f"Reply due: {letter.recipient_as_written}",
        description=f"{sent}Standing: {standing}.",
        first_day=letter.due_on.first_day,
        last_day=letter.due_on.last_day,
        published_at=letter.published_at,
        updated_at=letter.updated_at,
        sequence=letter.times_published - 1,
        cancelled=letter.standing not in AWAITED,
    )


def called_off(letter: TakenBack) -> Deadline:
    """The end of the event of a letter whose record was taken back. What the record said is not repeated."""
    day = localdate(letter.at)
    return Deadline(
        slug=letter.slug,
        summary=f"Withdrawn from the record: {letter.slug}",
        description=letter.reason,
        first_day=day,
        last_day=day,
        published_at=letter.at,
        updated_at=letter.at,
        sequence=letter.times_published - 1,
        cancelled=True,
    )


def calendar(title: str, deadlines: Iterable[Deadline], origin: str) -> bytes:
    """The events as a calendar to subscribe to."""
    made = Calendar()
    made.add("prodid", "-//Policy Tracker//Deadlines of letters//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", writable(title))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for each in deadlines:
        made.add_component(_event(each, origin))
    written: bytes = made.to_ical()
    return written


def _event(given: Deadline, origin: str) -> Event:
    event = Event()
    event.add("uid", f"letters/{given.slug}@{urlsplit(origin).hostname}")
    event.add("dtstamp", given.updated_at)
    event.add("created", given.published_at)
    event.add("last-modified", given.updated_at)
    event.add("sequence", given.sequence)
    event.add("dtstart", given.first_day)
    event.add("dtend", given.last_day + timedelta(days=1))
    event.add("summary", writable(given.summary))
    event.add("description", writable(given.description))
    event.add("status", "CANCELLED" if given.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{origin}/letters/{given.slug}/")
    return event
