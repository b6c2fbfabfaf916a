"""A day is one of the record's own zone, New York's, on every surface, whatever day it is in UTC.

A letter is due on 30 June 2017. That evening at 19:30 and at 23:30, when it is July already in UTC, it is due on this
very day; at 03:30 of the next morning it is overdue.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from icalendar import Calendar

from desk.models import Follow
from desk.reminders.deadlines import remind
from snapshots.build import build
from tests import factories
from tests.conftest import ALL_DATABASES, Publish, SignIn, Work
from tests.surfaces import read
from tracker.models import Letter, Publication
from tracker.publishing import edition, workflow

pytestmark = pytest.mark.django_db(databases=ALL_DATABASES)

EVENING, LATE, NEXT = (
    datetime.fromisoformat(text)
    for text in ("2017-06-30T19:30:00-04:00", "2017-06-30T23:30:00-04:00", "2017-07-01T03:30:00-04:00")
)
LABELS = {"due": "Reply due", "overdue": "Overdue: no reply on record"}

Ask = Callable[[Client], str]


def text_of(client: Client, address: str, **params: str) -> str:
    status, body, _ = read(client, address, **params)
    assert status == 200, body
    return body.decode()


def labelled(text: str) -> str:
    """The one standing of which a text has the label."""
    [found] = [standing for standing, label in LABELS.items() if label in text]
    return found


def table_of(client: Client) -> dict[str, str]:
    [row] = csv.DictReader(io.StringIO(text_of(client, "/api/v1/letters.csv").removeprefix("\ufeff")))
    return row


def event_of(client: Client) -> str:
    [event] = Calendar.from_ical(text_of(client, "/letters/calendar.ics")).events
    return labelled(str(event["DESCRIPTION"]))


SURFACES: dict[str, Ask] = {
    "page": lambda client: labelled(text_of(client, "/letters/illinois/").split('<p class="stands">')[1][:400]),
    "list": lambda client: labelled(text_of(client, "/letters/").partition('id="rows"')[2]),
    "embed": lambda client: labelled(text_of(client, "/embed/letters/").partition("<table")[2]),
    "API's list": lambda client: client.get("/api/v1/letters/").json()["results"][0]["standing"],
    "API's detail": lambda client: client.get("/api/v1/letters/illinois/").json()["standing"],
    "summary": lambda client: client.get("/api/v1/summaries/letters/?by=standing").json()["results"][0]["standing"],
    "CSV": lambda client: table_of(client)["standing"],
    "feed": lambda client: labelled(text_of(client, "/letters/feed.atom")),
    "calendar": event_of,
}


@pytest.fixture
def letter(publish: Publish) -> Letter:
    with time_machine.travel("2017-06-01T12:00:00-04:00", tick=False):
        made: Letter = factories.letter(slug="illinois", recipient_as_written="State of Illinois")
        publish(made)
    return made


def test_a_reply_is_due_until_midnight_where_the_record_is_kept(letter: Letter, client: Client) -> None:
    found: dict[str, list[str]] = {surface: [] for surface in SURFACES}
    for moment in (EVENING, LATE, NEXT):
        with time_machine.travel(moment, tick=False):
            for surface, ask in SURFACES.items():
                found[surface].append(ask(client))
    assert found == {surface: ["due", "due", "overdue"] for surface in SURFACES}


def test_looking_back_to_a_moment_is_from_the_day_that_it_was_here(letter: Letter, client: Client) -> None:
    asked = {moment: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (EVENING, LATE, NEXT)}
    found = {
        moment: client.get("/api/v1/letters/", {"known_at": text}).json()["results"][0]["standing"]
        for moment, text in asked.items()
    }
    assert found == {EVENING: "due", LATE: "due", NEXT: "overdue"}


def test_a_day_has_come_when_it_has_come_here(letter: Letter, client: Client) -> None:
    for moment, answer in ((EVENING, 400), (LATE, 400), (NEXT, 200)):
        for address in ("/", "/letters/", "/letters/illinois/", "/api/v1/letters/"):
            with time_machine.travel(moment, tick=False):
                status, body, _ = read(client, address, on="2017-07-01")
            assert status == answer, address
            assert (b"Today is 2017-06-30." in body) == (answer == 400), address


TAGGED = (
    "/", "/letters/", "/letters/illinois/", "/letters/feed.atom", "/letters/calendar.ics",
    "/api/v1/letters/", "/api/v1/letters.csv", "/api/v1/letters/illinois/", "/api/v1/summaries/letters/?by=standing",
)  # fmt: skip


def test_a_tag_lasts_the_day_and_no_longer(letter: Letter, client: Client) -> None:
    tags: dict[str, list[str]] = {address: [] for address in TAGGED}
    for moment in (EVENING, LATE, NEXT):
        with time_machine.travel(moment, tick=False):
            for address in TAGGED:
                tags[address].append(client.get(address).headers["ETag"])
    for address, (evening, late, following) in tags.items():
        assert evening == late, address
        assert late != following, address


def test_what_is_kept_is_kept_for_the_day(letter: Letter, publish: Publish, client: Client) -> None:
    with time_machine.travel("2017-06-01T12:00:00-04:00", tick=False):
        publish(*(factories.letter(due_on=day) for day in ("2017-06-30", "2017-09-01", "2017-09-01")))
    counts = []
    for moment in (EVENING, LATE, NEXT):
        with time_machine.travel(moment, tick=False):
            answers = [
                client.get("/api/v1/letters/", {"standing": standing, "page_size": "1"}).json()
                for standing in ("due,overdue", "due", "overdue")
            ]
            counts.append([answer["count"] for answer in answers])
    assert counts == [[4, 4, 0], [4, 4, 0], [4, 2, 2]]


def test_a_reminder_counts_the_days_as_its_reader_does(letter: Letter, alice: User, work_off: Work) -> None:
    Follow.objects.create(account=alice, letter=letter)
    for moment in ("2017-06-29T19:30:00-04:00", "2017-06-29T23:30:00-04:00", "2017-06-30T03:30:00-04:00", LATE, NEXT):
        with time_machine.travel(moment, tick=False):
            remind(datetime.now(UTC))
            work_off()
    assert [message.subject.partition(":")[0] for message in mail.outbox] == [
        "Reply due tomorrow",
        "Reply was due yesterday",
    ]


def test_the_desk_counts_the_days_as_its_staff_do(letter: Letter, alice: User, sign_in: SignIn) -> None:
    found = {}
    for moment in (EVENING, LATE, NEXT):
        with time_machine.travel(moment, tick=False):
            desk = sign_in(alice)
            found[moment] = [
                line.detail
                for name in ("due-this-week", "overdue")
                for line in desk.get(f"/admin/work/{name}/").context["lines"]
            ]
    assert found == {
        EVENING: ["30 June 2017, today"],
        LATE: ["30 June 2017, today"],
        NEXT: ["30 June 2017, 1 day ago"],
    }


def test_files_are_as_of_the_day_here(letter: Letter, settings: Any, tmp_path: Any) -> None:
    settings.SNAPSHOTS_ROOT = tmp_path
    with time_machine.travel(LATE, tick=False):
        built = build(datetime.now(UTC))
    assert built is not None
    assert built.on == "2017-06-30"


@pytest.fixture
def withdrawn_late(letter: Letter, bob: User) -> Iterator[None]:
    with time_machine.travel(LATE, tick=False):
        workflow.withdraw(letter, by=bob, reason="It was sent to somebody else.")
        edition.sync_published()
        yield


@pytest.mark.usefixtures("withdrawn_late")
def test_what_was_done_is_of_the_day_that_it_was_here(client: Client) -> None:
    [event] = Calendar.from_ical(text_of(client, "/letters/calendar.ics")).events
    assert event.start == date(2017, 6, 30)
    assert client.get("/data.json").json()["dataset"][0]["modified"] == "2017-06-30"
    ask = {"action": "withdraw", "after": "2017-06-30", "before": "2017-06-30"}
    assert client.get("/api/v1/changes/", ask).json()["count"] == 1


class TestKnownAt:
    """A moment that the ledger tells, to the second, is one at which what it tells was known."""

    @pytest.fixture
    def told(self, publish: Publish) -> dict[str, str]:
        """The change that published a letter within a second, as the API tells it."""
        with time_machine.travel("2026-03-01T12:00:00.75Z", tick=False):
            publish(factories.letter(slug="illinois"))
        with time_machine.travel("2026-03-01T12:00:01.25Z", tick=False):
            publish(factories.letter(slug="second-later"))
        change: dict[str, str] = Client().get("/api/v1/changes/", {"noun": "letters"}).json()["results"][-1]
        assert (change["slug"], change["at"]) == ("illinois", "2026-03-01T12:00:00Z")
        return change

    def test_the_second_of_a_change_includes_it_and_no_later_one(self, told: dict[str, str], client: Client) -> None:
        for address in ("/api/v1/letters/", "/api/v1/letters.csv", "/letters/", "/letters/feed.atom"):
            text = text_of(client, address, known_at=told["at"])
            assert "illinois" in text, address
            assert "second-later" not in text, address

    def test_the_second_before_does_not(self, told: dict[str, str], client: Client) -> None:
        problem = client.get("/api/v1/letters/", {"known_at": "2026-03-01T11:59:59Z"})
        assert problem.status_code == 400
        assert "The first publication is of 2026-03-01T12:00:00Z." in problem.json()["errors"][0]["detail"]

    def test_every_moment_of_the_ledger_gives_its_change(self, told: dict[str, str], client: Client) -> None:
        for change in client.get("/api/v1/changes/?page_size=100").json()["results"]:
            found = client.get("/api/v1/changes/", {"known_at": change["at"]}).json()["results"]
            assert change["id"] in {each["id"] for each in found}
        assert Publication.edition.count() > 2
