"""The front page: what waits for whom, and the lists that show exactly that."""

from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.conftest import Publish
from tracker.models import Letter, LetterEvent
from tracker.publishing import workflow


def counts(client: Client) -> dict[str, int]:
    """What the tiles say, by their title; each number is checked against the list that it opens."""
    found = {}
    for tile in client.get("/admin/").context["tiles"]:
        if not tile.url.startswith("/admin/work/"):
            continue  # Another room's, with a list of its own.
        page = client.get(tile.url)
        assert len(page.context["lines"]) == page.context["total"] == tile.count
        found[tile.title] = tile.count
    return found


def listed(client: Client, name: str) -> list[tuple[str, str]]:
    """The titles and details of one list."""
    return [(line.title, line.detail) for line in client.get(f"/admin/work/{name}/").context["lines"]]


def test_a_submitted_record_waits_for_its_reviewer_and_not_for_its_author(
    contributor: Client, reviewer: Client, alice: User, bob: User
) -> None:
    workflow.submit(factories.letter(), by=alice)
    workflow.submit(factories.policy(), by=alice)
    workflow.submit(factories.letter(recipient_as_written="Bob's own"), by=bob)
    assert counts(reviewer)["Waiting for your review"] == 2
    assert "Waiting for your review" not in counts(contributor)


def test_a_team_of_one_finds_its_own_work_waiting(reviewer: Client, bob: User, settings: Any) -> None:
    settings.TEAM_OF_ONE = True
    workflow.submit(factories.letter(), by=bob)
    assert counts(reviewer)["Waiting for your review"] == 1


def test_what_was_sent_back_shows_its_author_the_note(contributor: Client, alice: User, bob: User) -> None:
    letter = workflow.submit(factories.letter(recipient_as_written="State of Illinois"), by=alice)
    workflow.send_back(letter, by=bob, note="Which day does it bear?")
    assert counts(contributor)["Sent back to you"] == 1
    assert listed(contributor, "sent-back") == [("State of Illinois, 2017-04-21", "Which day does it bear?")]


@pytest.mark.parametrize(
    ("today", "due", "overdue"),
    [
        ("2017-06-22", [], []),
        ("2017-06-23", ["30 June 2017, in 7 days"], []),
        ("2017-06-30", ["30 June 2017, today"], []),
        ("2017-07-01", [], ["30 June 2017, 1 day ago"]),
    ],
)
def test_deadlines_are_counted_for_today(
    contributor: Client, published_letter: Letter, today: str, due: list[str], overdue: list[str]
) -> None:
    with time_machine.travel(f"{today}T17:00:00Z"):
        counts(contributor)
        assert [detail for _, detail in listed(contributor, "due-this-week")] == due
        assert [detail for _, detail in listed(contributor, "overdue")] == overdue


def test_an_answered_letter_is_due_no_longer(contributor: Client, published_letter: Letter) -> None:
    LetterEvent(letter=published_letter, kind="response", on="2017-06-20").save()
    with time_machine.travel("2017-06-25T17:00:00Z"):
        assert counts(contributor)["Due this week"] == 0


def test_a_draft_past_its_deadline_is_neither_due_nor_overdue(contributor: Client, draft_letter: Letter) -> None:
    with time_machine.travel("2017-07-02T17:00:00Z"):
        found = counts(contributor)
    assert (found["Due this week"], found["Overdue"]) == (0, 0)


def test_drafts_without_a_source_are_those_that_need_one(contributor: Client) -> None:
    bare = factories.letter()
    bare.citations.all().delete()
    factories.letter()
    factories.source()
    assert counts(contributor)["Drafts without a source"] == 1


def test_recipients_that_nobody_resolved_are_shown_as_written(contributor: Client) -> None:
    factories.letter()
    factories.letter(jurisdiction=None, recipient_as_written="Middlesex, New Jersey")
    assert counts(contributor)["Unresolved recipients"] == 1
    assert listed(contributor, "unresolved")[0][1] == "as written: Middlesex, New Jersey"


def test_a_contradicted_fact_is_named(contributor: Client, publish: Publish) -> None:
    letter = factories.letter()
    factories.cite(letter, field="sent_on", stance="contradicts")
    factories.cite(letter, stance="contradicts")
    factories.cite(factories.policy(), field="adopted_on")
    assert counts(contributor)["Disputed facts"] == 1
    assert [detail for _, detail in listed(contributor, "disputed")] == ["the whole record, Sent on"]


def test_a_long_list_goes_on_over_nouns_and_pages(contributor: Client) -> None:
    for number in range(70):
        factories.letter(jurisdiction=None, recipient_as_written=f"Nowhere {number}").citations.all().delete()
    for _ in range(40):
        factories.statement().citations.all().delete()
    url = "/admin/work/without-source/"
    pages = [client.context["lines"] for client in (contributor.get(url), contributor.get(f"{url}?page=2"))]
    assert [len(page) for page in pages] == [100, 10]
    assert len({line.url for page in pages for line in page}) == 110
    assert contributor.get(f"{url}?page=zzz").context["total"] == 110


def test_there_is_no_list_of_another_name(contributor: Client) -> None:
    assert contributor.get("/admin/work/nothing/").status_code == 404


def test_the_front_page_and_its_lists_ask_as_much_for_twelve_drafts_as_for_one(contributor: Client) -> None:
    pages = ["/admin/", *(tile.url for tile in contributor.get("/admin/").context["tiles"])]

    def asked() -> list[int]:
        numbers = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                contributor.get(page)
            numbers.append(len(queries))
        return numbers

    def add_work() -> None:
        factories.cite(factories.letter(jurisdiction=None), field="sent_on", stance="contradicts")
        factories.statement().citations.all().delete()

    add_work()
    few = asked()
    for _ in range(11):
        add_work()
    assert asked() == few


def test_an_account_finds_only_the_nouns_that_it_may_see(contributor: Client, administrator: Client) -> None:
    def named(client: Client) -> list[str]:
        return [group["name"] for group in client.get("/admin/").context["app_list"]]

    assert {"Record", "References", "Publication"} <= set(named(contributor))
    assert "Accounts" not in named(contributor)
    assert "Accounts" in named(administrator)


def test_the_command_search_finds_records_of_every_noun_at_once(contributor: Client) -> None:
    factories.letter(recipient_as_written="Gotham City")
    factories.source(title="Gotham Gazette")
    answer = contributor.get("/admin/search/?extended=1&s=gotham").content.decode()
    assert "Gotham City, 2017-04-21" in answer
    assert "Gotham Gazette" in answer
    factories.statement(speaker="The Mayor of Gotham")
    assert "The Mayor of Gotham" in contributor.get("/admin/search/?extended=1&s=gotham").content.decode()


def test_the_command_search_shows_no_noun_that_the_account_may_not_see(
    contributor: Client, administrator: Client, alice: User
) -> None:
    url = "/admin/search/?extended=1&s=alice"
    assert "alice" not in contributor.get(url).content.decode()
    assert "alice" in administrator.get(url).content.decode()


def test_the_front_page_offers_the_ways_to_log_and_no_file_of_a_list(contributor: Client) -> None:
    page = contributor.get("/admin/").content.decode()
    assert "/admin/tracker/letter/from-document/" in page
    assert "Export CSV" not in page
    assert "Export CSV" in contributor.get("/admin/tracker/letter/").content.decode()
