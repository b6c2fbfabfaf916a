"""The API, its table and the page give the same rows in the same order for the same question.

Feed and calendar, which have orders of their own, give the same rows.
"""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from icalendar import Calendar

from public.engine.options import RESERVED
from public.nouns import NOUNS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.surfaces import read
from tracker.models import Letter, LetterEvent

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def api_slugs(client: Client, noun: str, question: dict[str, str]) -> list[str]:
    """The rows of the API's list, page by page."""
    found: list[str] = []
    answer = client.get(f"/api/v1/{noun}/", {**question, "page_size": "2"}).json()
    while True:
        found += [row["slug"] for row in answer["results"]]
        if answer["next"] is None:
            assert len(found) == answer["count"]
            return found
        answer = client.get(answer["next"]).json()


def table_slugs(client: Client, noun: str, question: dict[str, str]) -> list[str]:
    """The rows of the table."""
    _, body, _ = read(client, f"/api/v1/{noun}.csv", **question)
    return [row["slug"] for row in csv.DictReader(io.StringIO(body.decode().removeprefix("\ufeff")))]


def page_slugs(client: Client, noun: str, question: dict[str, str]) -> list[str]:
    """The rows of the page's table, which is not the first one: the picture above it has its numbers in another."""
    _, body, _ = read(client, f"/{noun}/", **question)
    table = body.decode().partition('id="rows"')[2].partition("<tbody")[2].partition("</tbody>")[0]
    return re.findall(rf'<th scope="row">\s*<a href="/{noun}/([^/"?]+)/', table)


def feed_slugs(client: Client, noun: str, question: dict[str, str]) -> list[str]:
    """The entries of the feed."""
    _, body, _ = read(client, f"/{noun}/feed.atom", **question)
    return re.findall(rf'<entry>.*?href="[^"]+/{noun}/([^/"]+)/"', body.decode())


def calendar_slugs(client: Client, question: dict[str, str]) -> list[str]:
    """The letters of the calendar."""
    _, body, _ = read(client, "/letters/calendar.ics", **question)
    return [str(event["UID"]).split("/")[1].split("@")[0] for event in Calendar.from_ical(body).events]


def due_slugs(client: Client, question: dict[str, str]) -> list[str]:
    """The letters of the list that have a deadline."""
    answer = client.get("/api/v1/letters/", {**question, "fields": "slug,due_on", "page_size": "100"}).json()
    return [row["slug"] for row in answer["results"] if row["due_on"]]


def assert_agree(client: Client, noun: str, **question: str) -> list[str]:
    rows = api_slugs(client, noun, question)
    assert table_slugs(client, noun, question) == rows
    assert page_slugs(client, noun, question) == rows
    subscribed = {name: value for name, value in question.items() if name not in RESERVED}
    assert sorted(feed_slugs(client, noun, subscribed)) == sorted(rows)
    if noun == "letters":
        assert sorted(calendar_slugs(client, subscribed)) == sorted(due_slugs(client, subscribed))
    return rows


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_on_all_rows_of_a_noun(noun: str, publish: Publish, client: Client) -> None:
    rows = [factories.MAKERS[noun]() for _ in range(5)]
    publish(*rows)
    assert {row.slug for row in rows} <= set(assert_agree(client, noun))


@pytest.mark.parametrize(
    "question",
    [
        {"state": "IL"},
        {"state": "IL,CA", "ordering": "sent_on"},
        {"standing": "overdue", "on": "2017-07-01"},
        {"standing": "answered", "on": "2017-07-01"},
        {"sent_after": "2017-04-22"},
        {"q": "recipient"},
        {"jurisdiction": "california"},
    ],
)
def test_on_what_a_question_selects(question: dict[str, str], publish: Publish, client: Client) -> None:
    answered = factories.letter()
    LetterEvent(letter=answered, kind="response", on="2017-06-28").save()
    answered.refresh_from_db()
    letters: list[Letter] = [factories.letter() for _ in range(3)]
    letters += [answered, factories.letter(jurisdiction=factories.state("CA"), sent_on="2017-11-15", due_on="")]
    publish(*letters)
    rows = assert_agree(client, "letters", **question)
    assert 0 < len(rows) <= len(letters)
