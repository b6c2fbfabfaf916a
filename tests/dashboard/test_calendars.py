"""The calendar of deadlines: the list's letters, one lasting event each, cancelled when nobody waits any more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import localdate
from icalendar import Calendar

from public.calendar_letters import taken_back
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.test_feeds import withdraw
from tracker.models import Letter, LetterEvent

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def events(client: Client, **params: str) -> list[Any]:
    response = client.get("/letters/calendar.ics", params)
    assert response.status_code == 200, response.content.decode()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar.errors == []
    for event in calendar.events:
        assert event.errors == []
    return list(calendar.events)


def only(client: Client, **params: str) -> Any:
    [event] = events(client, **params)
    return event


def test_a_deadline_is_a_day_of_its_own(published_letter: Letter, client: Client) -> None:
    event = only(client)
    assert (event.start, event.end) == (date(2017, 6, 30), date(2017, 7, 1))
    assert event["UID"] == "letters/2017-04-21-illinois@testserver"
    assert event["SUMMARY"] == "Reply due: State of Illinois"
    assert event["STATUS"] == "CONFIRMED"
    assert event["URL"] == "http://testserver/letters/2017-04-21-illinois/"
    assert event["DTSTAMP"].dt == Letter.edition.get().updated_at.replace(microsecond=0)


def test_a_deadline_known_to_the_month_takes_all_its_days(publish: Publish, client: Client) -> None:
    publish(factories.letter(due_on="2017-06"))
    event = only(client)
    assert (event.start, event.end) == (date(2017, 6, 1), date(2017, 7, 1))


def test_letters_without_a_deadline_and_drafts_have_no_event(
    other_state_letter: Letter, draft_letter: Letter, client: Client
) -> None:
    assert events(client) == []


def test_a_deadline_that_moves_keeps_its_uid_and_raises_its_sequence(
    published_letter: Letter, publish: Publish, client: Client
) -> None:
    before = only(client)
    LetterEvent(letter=published_letter, kind="extension", on="2017-06-20", due_on="2017-07-15").save()
    published_letter.refresh_from_db()
    publish(published_letter)
    after = only(client)
    assert after["UID"] == before["UID"]
    assert after.start == date(2017, 7, 15)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_a_draft_of_a_move_changes_nothing(published_letter: Letter, client: Client) -> None:
    before = client.get("/letters/calendar.ics").content
    LetterEvent(letter=published_letter, kind="extension", on="2017-06-20", due_on="2017-07-15").save()
    assert client.get("/letters/calendar.ics").content == before


@pytest.mark.parametrize(
    "happened",
    [{"kind": "response"}, {"kind": "withdrawal"}, {"kind": "assessment", "outcome": "cleared"}],
    ids=lambda happened: happened["kind"],
)
def test_an_event_is_cancelled_once_nobody_waits(
    happened: dict[str, str], published_letter: Letter, publish: Publish, client: Client
) -> None:
    LetterEvent(letter=published_letter, on="2017-06-28", **happened).save()
    published_letter.refresh_from_db()
    publish(published_letter)
    assert only(client)["STATUS"] == "CANCELLED"
    assert only(client, on="2017-06-27")["STATUS"] == "CONFIRMED"


def test_a_withdrawn_record_calls_its_event_off_and_says_why_and_no_more(
    published_letter: Letter, bob: User, client: Client
) -> None:
    before = only(client)
    withdraw(published_letter, by=bob, reason="It was never sent.")
    after = only(client, state="CA")
    assert after["UID"] == before["UID"]
    assert after["STATUS"] == "CANCELLED"
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DESCRIPTION"] == "It was never sent."
    assert "State of Illinois" not in after.to_ical().decode()
    assert after.start == localdate(taken_back()[0].at)


def test_lines_end_and_fold_as_the_format_wants(publish: Publish, client: Client) -> None:
    publish(factories.letter(recipient_as_written="Präsident; Rat, der\r\nStadt\x07 " + "ü" * 100))
    lines = client.get("/letters/calendar.ics").content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert only(client)["SUMMARY"] == "Reply due: Präsident; Rat, der\nStadt " + "ü" * 100


def test_a_calendar_is_of_so_many_letters_those_ahead_first(
    publish: Publish, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [localdate() + timedelta(days=days) for days in (-3, -2, 1, 2)]
    publish(*(factories.letter(due_on=day.isoformat(), sent_on="2017-04-21") for day in days))
    monkeypatch.setattr("public.calendar_letters.MOST_DUE", 3)
    assert [event.start for event in events(client)] == days[1:]
    monkeypatch.setattr("public.calendar_letters.MOST_DUE", 1)
    assert [event.start for event in events(client)] == days[2:3]
    calendar = Calendar.from_ical(client.get("/letters/calendar.ics").content)
    assert "those due from today on first" in str(calendar["X-WR-CALDESC"])


def test_a_deadline_that_was_moved_takes_no_place_in_the_calendar(
    published_letter: Letter, publish: Publish, client: Client
) -> None:
    LetterEvent(letter=published_letter, kind="extension", on="2017-06-20", due_on="2017-07-15").save()
    LetterEvent(letter=published_letter, kind="extension", on="2017-06-20", due_on="2017-07-15").save()
    published_letter.refresh_from_db()
    publish(published_letter)
    assert only(client).start == date(2017, 7, 15)
