"""Caches: an answer keeps while the edition, and where it matters the day, is the same; nothing personal is in it."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from public.nouns import NOUNS
from tests import factories
from tests.api.conftest import counted_queries
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import Letter, Publication

pytestmark = [pytest.mark.django_db(databases=BOTH_DATABASES), pytest.mark.usefixtures("kept_letter")]

EVERYTHING = [
    "",
    *(f"{noun}/" for noun in NOUNS),
    "letters.csv",
    "letters/2017-04-21-illinois/",
    "search/?q=illinois",
    "summaries/letters/",
    "summaries/grants/",
    "changes/",
    "changes/1/",
]


@pytest.mark.parametrize("address", EVERYTHING)
def test_answer_has_a_tag_and_is_not_sent_again(address: str, published_letter: Letter, visitor: Client) -> None:
    first = visitor.get(f"/api/v1/{address}")
    assert first.headers["Cache-Control"] == "public, max-age=4, must-revalidate"
    assert first.headers["X-Dataset-Version"] == str(Publication.edition.count())
    again = visitor.get(f"/api/v1/{address}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_tag_changes_with_the_edition(published_letter: Letter, publish: Publish, visitor: Client) -> None:
    before = visitor.get("/api/v1/grants/").headers["ETag"]
    publish(factories.letter())
    after = visitor.get("/api/v1/grants/", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["ETag"] != before


@pytest.mark.parametrize(
    ("address", "depends"),
    [
        ("letters/", True),
        ("letters/?on=2017-07-01", False),
        ("letters.csv", True),
        ("letters/2017-04-21-illinois/", True),
        ("letters/2017-04-21-illinois/?on=2017-07-01", False),
        ("summaries/letters/?by=standing", True),
        ("summaries/letters/?by=standing&on=2017-07-01", False),
        ("summaries/letters/?by=state", False),
        ("policies/", False),
        ("changes/", False),
    ],
)
def test_tag_changes_with_the_day_only_where_the_answer_depends_on_it(
    address: str,
    depends: bool,  # noqa: FBT001 - a parameter of the test.
    published_letter: Letter,
    visitor: Client,
) -> None:
    with time_machine.travel("2026-03-01T12:00:00-05:00", tick=False):
        today = visitor.get(f"/api/v1/{address}").headers["ETag"]
    with time_machine.travel("2026-03-02T12:00:00-05:00", tick=False):
        tomorrow = visitor.get(f"/api/v1/{address}").headers["ETag"]
    assert (today != tomorrow) is depends


def test_json_and_csv_have_different_tags(published_letter: Letter, visitor: Client) -> None:
    tags = {visitor.get(f"/api/v1/letters/?format={name}").headers["ETag"] for name in ("json", "csv")}
    assert len(tags) == 2


def test_unchanged_answer_is_found_with_one_query(published_letter: Letter, visitor: Client) -> None:
    tag = visitor.get("/api/v1/letters/").headers["ETag"]
    with counted_queries() as queries:
        assert visitor.get("/api/v1/letters/", headers={"If-None-Match": tag}).status_code == 304
    assert len(queries.edition) == 1


def test_any_tag_does_not_make_a_missing_record_seem_there(published_letter: Letter, visitor: Client) -> None:
    assert visitor.get("/api/v1/letters/never/", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize("address", [*EVERYTHING, "docs/", "schema/", "letters/never/", "letters/?x=y"])
def test_no_answer_sets_or_varies_on_a_cookie(address: str, published_letter: Letter, visitor: Client) -> None:
    visitor.cookies["sessionid"] = "anything"
    response = visitor.get(f"/api/v1/{address}")
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()


@pytest.mark.parametrize("address", EVERYTHING)
def test_head_has_the_headers_of_get_and_no_body(address: str, published_letter: Letter, visitor: Client) -> None:
    head, get = visitor.head(f"/api/v1/{address}"), visitor.get(f"/api/v1/{address}")
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers[name] for name in ("ETag", "Cache-Control", "Content-Type")} == {
        name: get.headers[name] for name in ("ETag", "Cache-Control", "Content-Type")
    }


def test_other_sites_may_read_and_see_the_version(published_letter: Letter, visitor: Client) -> None:
    response = visitor.get("/api/v1/letters/", headers={"Origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Dataset-Version" in response.headers["Access-Control-Expose-Headers"]
    preflight = visitor.options(
        "/api/v1/letters/",
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"},
    )
    assert preflight.status_code == 200
    assert "POST" not in preflight.headers["Access-Control-Allow-Methods"]


def test_problem_is_kept_by_no_cache(visitor: Client) -> None:
    response = visitor.get("/api/v1/letters/never/")
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
