"""How pages are answered: no cookie, an ETag that changes with the record and the day, constant query counts."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.core.cache import caches
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

import dashboard
from nouns.databases import PUBLISHED, RECORD
from public.nouns import NOUNS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.front import ask, front
from tracker.models import LawsuitEvent, LawsuitParty, Letter, PolicyAnswer

pytestmark = [pytest.mark.django_db(databases=BOTH_DATABASES), pytest.mark.usefixtures("kept_letter")]

STATIC = Path(dashboard.__file__).parent / "static"
MAP = Path(dashboard.__file__).parent / "map"
ADDRESSES = (
    "/",
    "/letters/",
    "/letters/2017-04-21-illinois/",
    "/states/IL/",
    "/search/?q=illinois",
    "/about/",
    "/data/",
)


def scripts(html: str) -> list[str]:
    """The scripts of a page; data for machines, which no browser runs, is none."""
    return re.findall(r'<script(?! type="application/ld\+json").*?</script>', html, flags=re.DOTALL)


@pytest.mark.parametrize("address", [*ADDRESSES, "/letters/?stat=IL", "/letters/nothing/"])
def test_no_page_sets_or_varies_on_a_cookie_or_runs_an_inline_script(
    address: str, published_letter: Letter, visitor: Client
) -> None:
    visitor.cookies.load({"sessionid": "stale", "csrftoken": "stale"})
    response = visitor.get(address)
    html = response.content.decode()
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()
    assert all(re.fullmatch(r'<script src="/static/[\w/.-]+" defer></script>', tag) for tag in scripts(html))
    assert " style=" not in html
    assert "<style" not in html
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_not_sent_again_while_nothing_changed(
    address: str, published_letter: Letter, visitor: Client, publish: Publish
) -> None:
    with time_machine.travel("2017-07-01T12:00:00Z", tick=False):
        first = visitor.get(address)
        etag = first.headers["ETag"]
        assert "public" in first.headers["Cache-Control"]
        again = visitor.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
    with time_machine.travel("2017-07-02T12:00:00Z", tick=False):
        assert visitor.get(address, headers={"If-None-Match": etag}).status_code == 200
    with time_machine.travel("2017-07-01T12:00:00Z", tick=False):
        publish(factories.agency())
        assert visitor.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_page_travels_compressed_and_is_still_known_when_nothing_changed(published_letter: Letter) -> None:
    application = front()
    plain, packed = ask(application, "/letters/"), ask(application, "/letters/", accept_encoding="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "Accept-Encoding" in packed["Vary"]
    again = ask(application, "/letters/", accept_encoding="gzip", if_none_match=packed["ETag"])
    assert again.status == 304


def test_a_page_that_is_not_there_is_never_said_to_be_unchanged(published_letter: Letter, visitor: Client) -> None:
    assert visitor.get("/letters/nothing/", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_answered_like_get_without_a_body(address: str, published_letter: Letter, visitor: Client) -> None:
    get, head = visitor.get(address), visitor.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_take_no_writes(address: str, published_letter: Letter, visitor: Client) -> None:
    assert visitor.post(address).status_code == 405


def queries_of(visitor: Client, address: str) -> int:
    caches["edition"].clear()
    with CaptureQueriesContext(connections[PUBLISHED]) as queries, CaptureQueriesContext(connections[RECORD]) as record:
        assert visitor.get(address).status_code == 200
    assert not record.captured_queries
    return len(queries)


@pytest.fixture
def queries_with(publish: Publish, visitor: Client) -> Callable[[str, str, int], int]:
    """Publishes rows of a noun until there are so many, and counts what an address asks then."""

    def count(noun: str, address: str, rows: int) -> int:
        model = NOUNS[noun].model
        missing = rows - model.edition.count()
        publish(*(factories.MAKERS[noun]() for _ in range(missing)))
        return queries_of(visitor, address)

    return count


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_asks_as_much_for_twelve_rows_as_for_three(
    noun: str, queries_with: Callable[[str, str, int], int]
) -> None:
    few, many = queries_with(noun, f"/{noun}/", 3), queries_with(noun, f"/{noun}/", 12)
    assert few == many <= 18


@pytest.mark.parametrize(
    ("noun", "address"),
    [
        ("letters", "/"),
        ("letters", "/changes/?noun=letters"),
        ("letters", "/states/IL/"),
        ("grants", "/states/IL/"),
        ("letters", "/jurisdictions/illinois/"),
        ("policies", "/jurisdictions/illinois/"),
        ("letters", "/agencies/department-of-justice/"),
        ("letters", "/search/?q=recipient"),
    ],
)
def test_a_page_asks_as_much_for_twelve_related_rows_as_for_three(
    noun: str, address: str, published_letter: Letter, queries_with: Callable[[str, str, int], int]
) -> None:
    assert queries_with(noun, address, 3) == queries_with(noun, address, 12)


def test_a_record_asks_as_much_with_twelve_children_as_with_three(publish: Publish, visitor: Client) -> None:
    few, many = factories.letter(), factories.letter()
    for letter, number in ((few, 3), (many, 12)):
        for _ in range(number):
            factories.cite(letter, field="sent_on")
    publish(few, many)
    assert queries_of(visitor, few.get_absolute_url()) == queries_of(visitor, many.get_absolute_url())


def test_a_policy_and_a_lawsuit_ask_as_much_with_many_answers_and_parties_as_with_few(
    publish: Publish, visitor: Client
) -> None:
    asked: dict[str, list[int]] = {"policies": [], "lawsuits": []}
    book, illinois = factories.codebook(), factories.state("IL")
    questions = [factories.question(codebook=book) for _ in range(9)]
    for number in (2, 9):
        policy, case = factories.policy(), factories.lawsuit()
        for place in range(number):
            PolicyAnswer(policy=policy, question=questions[place], answer="no").save()
            LawsuitParty(lawsuit=case, role="plaintiff", name=f"Party {place}", jurisdiction=illinois).save()
            LawsuitEvent(lawsuit=case, kind="order", on="2017-09-15", scope="parties").save()
        for record in (policy, case):
            record.refresh_from_db()
            publish(record)
            asked[record.NOUN].append(queries_of(visitor, record.get_absolute_url()))
    for few, many in asked.values():
        assert few == many


@pytest.mark.parametrize("vendor", [STATIC / "vendor", MAP / "vendor"], ids=["served", "kept"])
def test_vendored_files_are_those_of_the_manifest(vendor: Path) -> None:
    manifest = json.loads((vendor / "manifest.json").read_text())
    listed = {
        f"{package['folder']}/{name}": checksum
        for package in manifest["packages"]
        for name, checksum in package["files"].items()
    }
    found = {
        str(path.relative_to(vendor)): hashlib.sha256(path.read_bytes()).hexdigest() for path in vendor.glob("*/*")
    }
    assert found == listed
    for package in manifest["packages"]:
        assert {"name", "version", "licence", "source"} <= package.keys()
        assert "LICENSE" in package["files"]


@pytest.mark.parametrize("sheet", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_no_stylesheet_asks_for_anything_that_is_not_here(sheet: Path) -> None:
    text = sheet.read_text()
    assert "sourceMappingURL" not in text
    assert "@import" not in text
    addresses = [part.split(")")[0].strip("\"'") for part in text.split("url(")[1:]]
    for address in addresses:
        assert address.startswith("data:") or (sheet.parent / address).is_file()
