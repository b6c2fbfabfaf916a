"""Calendars of days on which something is due, as iCalendar (RFC 5545): all-day events that keep their UID for good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from public.engine.characters import writable

REFRESH = timedelta(hours=12)
"""How often a calendar program may well ask again."""


@dataclass(frozen=True, kw_only=True)
class DueDay:
    """One event: what is due, from the first to the last day that it may be, and whether nobody waits any more.

    `sequence` grows with every change of the event; `changed_at` is when the last of them was made, and `stamped_at`
    when the event was written so.
    """

    uid: str
    summary: str
    description: str
    first_day: date
    last_day: date
    changed_at: datetime
    stamped_at: datetime
    sequence: int
    cancelled: bool
    url: str
    created_at: datetime | None = None


def calendar(title: str, days: Iterable[DueDay], *, of: str, holds: str) -> bytes:
    """The events as a calendar to subscribe to; `of` tells programs what it is of, `holds` people what is in it."""
    made = Calendar()
    made.add("prodid", f"-//Policy Tracker//{of}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", writable(title))
    made.add("x-wr-caldesc", writable(holds))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for day in days:
        made.add_component(_event(day))
    written: bytes = made.to_ical()
    return written


def _event(day: DueDay) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", day.stamped_at)
    if day.created_at is not None:
        event.add("created", day.created_at)
    event.add("last-modified", day.changed_at)
    event.add("sequence", day.sequence)
    event.add("dtstart", day.first_day)
    event.add("dtend", day.last_day + timedelta(days=1))
    event.add("summary", writable(day.summary))
    event.add("description", writable(day.description))
    event.add("status", "CANCELLED" if day.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", day.url)
    return event
