"""Two dates give four right answers, the same on every surface: a day of the world, and a moment of this record.

On 1 March 2026 a letter to Illinois is published that was due on 30 June 2017. On 1 April the reply of 28 June and the
assessment of 11 October 2017 are found and published. So what is said of it depends on both dates.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client

from nouns.databases import RECORD
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.surfaces import public_addresses, read
from tracker.models import Letter, LetterEvent, Publication
from tracker.publishing import edition, workflow

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

FIRST, SECOND, NOW = "2026-03-01T12:00:00Z", "2026-04-01T12:00:00Z", "2026-06-01T12:00:00Z"
BEFORE = {"known_at": "2026-03-15"}
THAT_DAY = {"on": "2017-06-30"}

FOUR = [
    ({}, "cleared"),
    (THAT_DAY, "answered"),
    (BEFORE, "overdue"),
    (THAT_DAY | BEFORE, "due"),
]
UNDATED = ("/api/v1/docs/", "/api/v1/schema/", "/report/", ".json", ".zip", ".sqlite3")
"""Ends of addresses that say nothing of the record, or all of it."""
LABELS = {"cleared": "Cleared", "answered": "Answered", "overdue": "Overdue: no reply on record", "due": "Reply due"}


@pytest.fixture
def letter(publish: Publish) -> Letter:
    """The letter, as it is published by now."""
    with time_machine.travel(FIRST, tick=False):
        letter: Letter = factories.letter(slug="illinois", due_on="2017-06-30")
        publish(letter)
    LetterEvent(letter=letter, kind="response", on="2017-06-28", summary="The State replied.").save()
    LetterEvent(letter=letter, kind="assessment", on="2017-10-11", outcome="cleared").save()
    letter.refresh_from_db()
    with time_machine.travel(SECOND, tick=False):
        publish(letter, action="change", reason="The reply was found.")
    return letter


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def get(client: Client, address: str, **params: str) -> Any:
    status, body, _ = read(client, address, **params)
    assert status == 200, body
    return body.decode()


@pytest.mark.parametrize(("dates", "standing"), FOUR, ids=["now", "on", "known_at", "both"])
def test_the_two_dates_give_four_answers_on_every_surface(
    dates: dict[str, str], standing: str, letter: Letter, client: Client
) -> None:
    def ask(address: str, **more: str) -> Any:
        return client.get(f"/api/v1/{address}", {**dates, **more}).json()

    assert [row["standing"] for row in ask("letters/")["results"]] == [standing]
    assert ask("letters/", standing=standing)["count"] == 1
    assert ask("letters/illinois/")["standing"] == standing
    assert ask("summaries/letters/", by="standing")["results"][0]["standing"] == standing
    for address, more in (("/api/v1/letters/", {"format": "csv"}), ("/api/v1/letters.csv", {})):
        table = get(client, address, **dates, **more).removeprefix("\ufeff")
        assert [row["standing"] for row in csv.DictReader(io.StringIO(table))] == [standing]
    assert f"Standing: {LABELS[standing]}." in get(client, "/letters/feed.atom", **dates)
    assert f'<span class="standing is-{standing}">' in get(client, "/letters/", **dates).split("<table")[-1]
    assert LABELS[standing] in get(client, "/letters/illinois/", **dates).split('<p class="stands">')[1]
    cancelled = {"now": True, "on": True}.get(next(iter(dates), "now"), False) and not BEFORE.items() <= dates.items()
    assert ("STATUS:CANCELLED" in get(client, "/letters/calendar.ics", **dates)) == cancelled


@pytest.mark.parametrize(
    ("dates", "events"),
    [
        ({}, ["deadline", "response", "assessment"]),
        (THAT_DAY, ["deadline", "response"]),
        (BEFORE, ["deadline"]),
        (THAT_DAY | BEFORE, ["deadline"]),
    ],
    ids=["now", "on", "known_at", "both"],
)
def test_what_happened_later_or_was_found_later_is_left_out(
    dates: dict[str, str], events: list[str], letter: Letter, client: Client
) -> None:
    record = client.get("/api/v1/letters/illinois/", dates).json()
    assert [event["kind"] for event in record["events"]] == events
    assert ("The State replied." in get(client, "/letters/illinois/", **dates)) == ("response" in events)


def test_what_is_known_at_present_is_what_is_answered_at_present(letter: Letter, client: Client) -> None:
    """Everything, whether from the edition itself or from one that was made of its ledger."""
    every = [address for address in public_addresses({"letters": "illinois"}) if address.startswith("/api/v1/")]
    for address in [*every, "/letters/feed.atom", "/letters/calendar.ics"]:
        if "docs" in address or "schema" in address:
            continue
        for moment in ("2026-06-01T12:00:00Z", "2026-04-01T12:00:00Z", "2026-06-01"):
            status, body, _ = read(client, address)
            again, same, _ = read(client, address, known_at=moment)
            plain = re.sub(rf"[?&](amp;)?known_at={moment}", "", same.decode().replace("%3A", ":"))
            assert (again, plain) == (status, body.decode()), address


def test_looking_back_never_touches_the_record(letter: Letter, client: Client) -> None:
    def refuse(*_: Any) -> Any:
        raise AssertionError("A public request touched the record.")

    slugs = {row.noun: row.slug for row in Publication.edition.filter(at__lte=FIRST)}
    for address in public_addresses(slugs):
        with connections[RECORD].execute_wrapper(refuse):
            status, _, _ = read(client, address, **BEFORE)
        assert status in {200, 400, 404}, address


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("on", "2026-06-02", "This day has not come yet. Today is 2026-06-01."),
        ("on", "2017-02-30", "not a day of the calendar"),
        ("on", "2017", "not a whole day"),
        ("known_at", "2026-06-02", "This moment has not come yet. It is 2026-06-01T12:00:00Z now."),
        ("known_at", "2026-06-01T12:00:01Z", "This moment has not come yet."),
        ("known_at", "yesterday", "neither a day such as 2026-03-01 nor a moment such as 2026-03-01T12:00:00Z"),
        ("known_at", "2026-02-28", "Nothing had been published at this moment. The first publication is of 2026-03-01"),
    ],
)
def test_a_date_that_cannot_be_obeyed_is_refused_by_name(
    name: str, value: str, why: str, letter: Letter, client: Client
) -> None:
    for address in ("letters/", "letters.csv", "letters/illinois/", "summaries/letters/", "search/?q=state"):
        response = client.get(f"/api/v1/{address}", {name: value, **({"q": "state"} if "search" in address else {})})
        assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
        [error] = response.json()["errors"]
        assert error["parameter"] == name
        assert why in error["detail"]
    for address in ("/", "/letters/", "/letters/illinois/", "/letters/feed.atom", "/search/", "/about/", "/states/IL/"):
        response = client.get(address, {name: value})
        assert response.status_code == 400, address
        assert why in response.content.decode(), address


def test_a_date_given_twice_is_refused(letter: Letter, client: Client) -> None:
    for name in ("on", "known_at"):
        response = client.get(f"/api/v1/letters/?{name}=2026-03-15&{name}=2026-03-16")
        assert [error["parameter"] for error in response.json()["errors"]] == [name]


def test_the_dates_stay_with_the_reader_on_every_link_and_form(letter: Letter, client: Client) -> None:
    dates = THAT_DAY | BEFORE
    seen: set[str] = set()
    waiting = [f"{address}?on=2017-06-30&known_at=2026-03-15" for address in ("/", "/letters/", "/letters/illinois/")]
    while waiting and len(seen) < 60:
        address = waiting.pop(0)
        seen.add(address)
        response = client.get(address)
        assert response.status_code in {200, 404}, (address, response.content.decode()[-3000:])
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        html = response.content.decode()
        assert "The world on 30 June 2017." in html, address
        assert "This record as it stood on 15 March 2026." in html, address
        for tag, href in re.findall(r'(<a\b[^>]*href="(/[^"]*)"[^>]*>)', html):
            link = href.replace("&amp;", "&")
            if "data-leaves-dates" in tag:
                continue
            if link.endswith(UNDATED):
                assert "?" not in link
                continue
            assert "known_at=2026-03-15" in link, (address, link)
            if "#" not in link and link not in seen and link not in waiting:
                waiting.append(link)
        for form in re.findall(r"<form\b.*?</form>", html, re.DOTALL):
            if 'method="post"' not in form:
                assert [form.count(f'name="{name}"') for name in dates] == [1, 1], (address, form)
    assert len(seen) > 20


def test_a_record_that_came_after_the_day_is_not_there_yet(letter: Letter, client: Client) -> None:
    day = {"on": "2017-04-20"}
    assert client.get("/api/v1/letters/", day).json()["results"] == []
    problem = client.get("/api/v1/letters/illinois/", day)
    assert problem.status_code == 404
    assert problem.json()["detail"] == "What is published at this address came after 2017-04-20."
    page = client.get("/letters/illinois/", day)
    assert page.status_code == 404
    assert "came after 20 April 2017" in page.content.decode()
    assert '<a href="/letters/illinois/" data-leaves-dates>Back to today</a>' in page.content.decode()


class TestWithdrawnSince:
    """What was taken back is not shown again to those who look back to when it was there."""

    CANARY = "canarybird"

    @pytest.fixture(autouse=True)
    def _withdrawn(self, letter: Letter, publish: Publish, bob: User) -> None:
        with time_machine.travel("2026-04-15T12:00:00Z", tick=False):
            gone = factories.letter(slug="gone", recipient_as_written=self.CANARY, demand=self.CANARY)
            publish(gone)
        with time_machine.travel("2026-05-15T12:00:00Z", tick=False):
            workflow.withdraw(gone, by=bob, reason="It was sent to somebody else.")
            edition.sync_published()

    def test_its_address_says_why_it_went(self, client: Client) -> None:
        then = {"known_at": "2026-05-01"}
        problem = client.get("/api/v1/letters/gone/", then)
        assert (problem.status_code, problem.json()["reason"]) == (410, "It was sent to somebody else.")
        page = client.get("/letters/gone/", then)
        assert page.status_code == 410
        assert "It was sent to somebody else." in page.content.decode()
        assert client.get("/letters/gone/", {"known_at": "2026-04-10"}).status_code == 404

    def test_it_is_on_no_surface_and_every_page_says_that_it_went(self, client: Client) -> None:
        shutil.rmtree(settings.EDITIONS_ROOT, ignore_errors=True)
        change = Publication.edition.get(slug="gone", action="publish")
        addresses = [*public_addresses({"letters": "gone"}), f"/api/v1/changes/{change.id}/"]
        for address in addresses:
            _, body, headers = read(client, address, known_at="2026-05-01")
            assert self.CANARY not in body.decode() + headers, address
        assert client.get("/api/v1/search/", {"q": self.CANARY, "known_at": "2026-05-01"}).json()["count"] == 0
        files = [file.read_bytes() for file in settings.EDITIONS_ROOT.glob(f"{change.id}-*-*-*.sqlite3")]
        assert [self.CANARY.encode() in file for file in files] == [False]
        assert "Withdrawn since, and so not shown again" in get(client, "/letters/", known_at="2026-05-01")
        assert "Withdrawn since" not in get(client, "/letters/", known_at="2026-06-01")

    def test_caches_do_not_go_on_showing_it(self, client: Client, publish: Publish, bob: User) -> None:
        then = {"known_at": "2026-04-10"}
        before = {address: client.get(address, then).headers["ETag"] for address in ("/letters/", "/api/v1/letters/")}
        with time_machine.travel("2026-05-20T12:00:00Z", tick=False):
            workflow.withdraw(Letter.objects.get(slug="illinois"), by=bob, reason="Wrong.")
            edition.sync_published()
        for address, tag in before.items():
            after = client.get(address, then, headers={"If-None-Match": tag})
            assert after.status_code == 200, address
        assert client.get("/api/v1/letters/", then).json()["count"] == 0


def test_looking_back_costs_a_constant_number_of_queries(letter: Letter, publish: Publish, client: Client) -> None:
    def asked(address: str, **params: str) -> int:
        client.get(address, params)  # What is kept by then is not counted.
        queries: list[str] = []

        def count(execute: Any, sql: str, *rest: Any) -> Any:
            queries.append(sql)
            return execute(sql, *rest)

        with connections["published"].execute_wrapper(count):
            client.get(address, params)
        return len(queries)

    addresses = ("/api/v1/letters/", "/api/v1/letters/illinois/", "/api/v1/lawsuits/", "/letters/illinois/", "/")
    one = [asked(address, **dates) for address in addresses for dates in (THAT_DAY, BEFORE)]
    with time_machine.travel("2026-05-01T12:00:00Z", tick=False):
        publish(*(factories.letter() for _ in range(4)), *(factories.lawsuit() for _ in range(4)))
    many = [asked(address, **dates) for address in addresses for dates in (THAT_DAY, BEFORE)]
    assert many[1::2] == one[1::2] == [3] * len(addresses)  # The ledger alone; the rest is asked of the file.
    assert sum(many[0::2]) <= sum(one[0::2]) + 6  # Kinds of rows that were not there before.


def test_the_address_to_cite_gives_the_same_rows_after_a_later_publication(
    letter: Letter, publish: Publish, client: Client
) -> None:
    with time_machine.travel(NOW, tick=False):
        offered = re.search(r'href="/letters/(\?known_at=[^"]+)"', client.get("/data/").content.decode())
        assert offered is not None
        publish(factories.letter())
        assert client.get("/api/v1/letters/").json()["count"] == 2
    with time_machine.travel("2027-06-01T12:00:00Z", tick=False):
        cited = client.get(f"/api/v1/letters/{offered[1]}").json()
    assert [row["slug"] for row in cited["results"]] == ["illinois"]
