"""Feeds: the list's own rows as valid Atom, newest first, with ids that last, and nothing that was taken back."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client, TestCase

from dashboard.feeds import MOST_ENTRIES
from nouns.databases import PUBLISHED, RECORD
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import Letter
from tracker.publishing import workflow

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client, address: str, **params: str) -> ET.Element:
    response = client.get(address, params)
    assert response.status_code == 200, response.content.decode()
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314  # It is our own.


def words(element: ET.Element, name: str) -> str:
    found = element.find(f"{ATOM}{name}")
    assert found is not None, name
    return found.text or ""


def entries(root: ET.Element) -> list[ET.Element]:
    return root.findall(f"{ATOM}entry")


def link(element: ET.Element, rel: str) -> str:
    return next(each.attrib["href"] for each in element.findall(f"{ATOM}link") if each.attrib["rel"] == rel)


def withdraw(letter: Letter, *, by: User, reason: str) -> None:
    with TestCase.captureOnCommitCallbacks(using=RECORD, execute=True), transaction.atomic(using=RECORD):
        workflow.withdraw(letter, by=by, reason=reason)


def correct(letter: Letter, publish: Publish, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(letter, name, value)
    letter.save()
    publish(letter, action="correct", reason="It was misread.")


def test_a_feed_says_what_atom_wants_of_it(published_letter: Letter, client: Client) -> None:
    root = feed(client, "/letters/feed.atom", state="IL")
    assert root.tag == f"{ATOM}feed"
    assert words(root, "title") == "Policy Tracker: letters, State: Illinois"
    assert words(root, "id") == "tag:testserver,2026:/letters/?state=IL"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Policy Tracker"
    assert link(root, "self") == "http://testserver/letters/feed.atom?state=IL"
    assert link(root, "alternate") == "http://testserver/letters/?state=IL"
    [entry] = entries(root)
    for name in ("id", "title", "updated", "published", "summary"):
        assert words(entry, name), name
    assert words(entry, "title") == "State of Illinois"
    assert words(root, "updated") == words(entry, "updated")
    assert link(entry, "alternate") == "http://testserver/letters/2017-04-21-illinois/"


def test_an_empty_feed_is_valid_too(client: Client) -> None:
    root = feed(client, "/letters/feed.atom")
    assert words(root, "updated") == "1970-01-01T00:00:00Z"
    assert entries(root) == []


def test_ids_hang_on_the_public_host_and_outlive_a_correction(
    published_letter: Letter, publish: Publish, client: Client, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://example.org"
    [before] = entries(feed(client, "/letters/feed.atom"))
    correct(published_letter, publish, demand="Proof.")
    [after] = entries(feed(client, "/letters/feed.atom"))
    assert words(before, "id") == words(after, "id") == "tag:example.org,2026:/letters/2017-04-21-illinois/"
    assert words(before, "updated") <= words(after, "updated")


def test_what_was_published_last_comes_first(
    published_letter: Letter, other_state_letter: Letter, publish: Publish, client: Client
) -> None:
    correct(published_letter, publish, demand="Proof.")
    titles = [words(entry, "title") for entry in entries(feed(client, "/letters/feed.atom"))]
    assert titles == ["State of Illinois", "State of California"]


def test_a_feed_ends_after_its_newest_entries(publish: Publish, client: Client) -> None:
    publish(*(factories.source() for _ in range(MOST_ENTRIES + 1)))
    assert len(entries(feed(client, "/sources/feed.atom"))) == MOST_ENTRIES


def test_characters_that_xml_cannot_hold_are_left_out(publish: Publish, client: Client) -> None:
    publish(factories.letter(recipient_as_written="State\x0b of <Illinois> & Co\ufffe"))
    [entry] = entries(feed(client, "/letters/feed.atom"))
    assert words(entry, "title") == "State of <Illinois> & Co"


@pytest.mark.parametrize("name", ["stat", "ordering", "cursor", "page_size", "format", "fields"])
@pytest.mark.parametrize("address", ["/letters/feed.atom", "/letters/calendar.ics"])
def test_what_a_subscription_cannot_obey_is_refused_by_name(address: str, name: str, client: Client) -> None:
    response = client.get(address, {name: "slug" if name in {"ordering", "fields"} else "1"})
    assert response.status_code == 400
    assert name in response.content.decode()


def test_a_reader_who_has_the_feed_is_told_so(published_letter: Letter, publish: Publish, client: Client) -> None:
    for address in ("/letters/feed.atom", "/changes/feed.atom", "/corrections/feed.atom", "/letters/calendar.ics"):
        tag = client.get(address)["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
        correct(published_letter, publish, demand=f"Proof for {address}.")
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_ledger_is_a_feed_with_its_own_filters(published_letter: Letter, bob: User, client: Client) -> None:
    withdraw(published_letter, by=bob, reason="It was never sent.")
    every = entries(feed(client, "/changes/feed.atom", noun="letters"))
    assert [words(entry, "title") for entry in every] == [
        "letter 2017-04-21-illinois (Withdrawn)",
        "letter 2017-04-21-illinois (Published)",
    ]
    [withdrawn] = entries(feed(client, "/changes/feed.atom", action="withdraw"))
    assert words(withdrawn, "summary") == "It was never sent."
    assert client.get("/changes/feed.atom", {"acton": "withdraw"}).status_code == 400
    assert client.get("/changes/feed.atom", {"cursor": "x"}).status_code == 400


def test_a_correction_says_in_its_feed_what_was_wrong_and_what_is_right(
    published_letter: Letter, publish: Publish, client: Client
) -> None:
    correct(published_letter, publish, addressee="Toni Preckwinkle")
    [entry] = entries(feed(client, "/corrections/feed.atom"))
    assert words(entry, "summary") == "It was misread. Addressee: was not on record, is Toni Preckwinkle."
    assert words(entry, "id").startswith("tag:testserver,2026:/changes/")


def test_a_correction_of_a_record_taken_back_since_repeats_nothing_of_it(
    published_letter: Letter, publish: Publish, bob: User, client: Client
) -> None:
    correct(published_letter, publish, addressee="Toni Preckwinkle")
    withdraw(published_letter, by=bob, reason="It was never sent.")
    response = client.get("/corrections/feed.atom")
    assert b"It was misread." in response.content
    assert b"Preckwinkle" not in response.content


@pytest.mark.parametrize("address", ["/letters/feed.atom", "/letters/calendar.ics", "/corrections/feed.atom"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    address: str, publish: Publish, client: Client, django_assert_max_num_queries: Any
) -> None:
    def corrected_letter() -> None:
        letter = factories.letter()
        publish(letter)
        correct(letter, publish, demand="Proof.")

    def queries() -> int:
        with django_assert_max_num_queries(20, using=PUBLISHED) as asked:
            client.get(address)
        return len(asked.captured_queries)

    corrected_letter()
    few = queries()
    for _ in range(3):
        corrected_letter()
    assert queries() == few
