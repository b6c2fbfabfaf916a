"""The API, its table and the page give the same rows in the same order for the same question."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.surfaces import read
from tracker.models import Letter, LetterEvent
from tracker.public.nouns import NOUNS

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
    """The rows of the page's table."""
    _, body, _ = read(client, f"/{noun}/", **question)
    table = body.decode().split("<tbody", 1)[1].split("</tbody>", 1)[0] if b"<tbody" in body else ""
    return re.findall(rf'<th scope="row">\s*<a href="/{noun}/([^/"?]+)/', table)


def assert_agree(client: Client, noun: str, **question: str) -> list[str]:
    rows = api_slugs(client, noun, question)
    assert table_slugs(client, noun, question) == rows
    assert page_slugs(client, noun, question) == rows
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
