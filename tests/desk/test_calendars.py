"""The personal calendar: an event keeps its name, counts its changes, and is cancelled when nothing is waited for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from icalendar import Calendar

from desk.models import Follow
from desk.reminders.own_calendar import calendar_of
from tests.conftest import Publish
from tests.desk.conftest import noon
from tracker.models import Letter, LetterEvent
from tracker.publishing import workflow


@pytest.fixture
def follower(alice: User, letter: Letter) -> User:
    """Alice, who follows the letter of 30 June 2017."""
    Follow.objects.create(account=alice, letter=letter)
    return alice


def the_event(account: User, day: str = "2017-06-22") -> Any:
    """The only event of the account's calendar, as a calendar programme reads it on that day."""
    calendar = Calendar.from_ical(calendar_of(account, now=noon(day), today=date.fromisoformat(day)))
    [event] = calendar.walk("VEVENT")
    return event


def test_a_deadline_is_a_whole_day(follower: User) -> None:
    event = the_event(follower)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2017, 6, 30), date(2017, 7, 1))
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == "Reply due: State of Illinois, 2017-04-21 (draft)"


def test_a_deadline_that_moves_is_the_same_event_in_a_higher_sequence(follower: User, letter: Letter) -> None:
    before = the_event(follower)
    LetterEvent(letter=letter, kind="extension", on="2017-06-10", due_on="2017-07-15").save()
    after = the_event(follower)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == date(2017, 7, 15)


def test_taking_an_extension_back_counts_on(follower: User, letter: Letter) -> None:
    extension = LetterEvent(letter=letter, kind="extension", on="2017-06-10", due_on="2017-07-15")
    extension.save()
    before = the_event(follower)
    extension.delete()
    after = the_event(follower)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == date(2017, 6, 30)


@pytest.mark.parametrize("end", ["response", "withdrawal"])
def test_a_letter_for_which_nobody_waits_has_a_cancelled_event(follower: User, letter: Letter, end: str) -> None:
    before = the_event(follower)
    LetterEvent(letter=letter, kind=end, on="2017-06-20").save()
    after = the_event(follower)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_so_has_a_letter_that_we_withdrew(follower: User, bob: User, letter: Letter, publish: Publish) -> None:
    publish(letter)
    before = the_event(follower)
    workflow.withdraw(letter, by=bob, reason="It was a forgery.")
    after = the_event(follower)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_an_overdue_deadline_stays_in_the_calendar(follower: User) -> None:
    assert the_event(follower, "2017-08-01")["STATUS"] == "CONFIRMED"
