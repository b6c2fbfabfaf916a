"""The ledger as the public reads it: every act in order, chained by its hashes, without the staff."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client, TestCase

from nouns.databases import RECORD
from tests import factories
from tests.api.conftest import Ask, counted_queries
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import Letter
from tracker.publishing import workflow

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def correct(letter: Letter, publish: Publish) -> None:
    letter.summary = "Corrected."
    letter.save()
    publish(letter, action="correct", reason="The summary was wrong.")


def withdraw(letter: Letter, *, by: User) -> None:
    with TestCase.captureOnCommitCallbacks(using=RECORD, execute=True), transaction.atomic(using=RECORD):
        workflow.withdraw(letter, by=by, reason="It was addressed to somebody else.")


def of_letter(answer: Any) -> list[tuple[str, str, int]]:
    return [(change["action"], change["reason"], change["revision"]) for change in answer["results"]]


def test_changes_tell_what_was_done_to_a_letter_newest_first(
    published_letter: Letter, publish: Publish, bob: User, ask: Ask
) -> None:
    correct(published_letter, publish)
    withdraw(published_letter, by=bob)
    told = of_letter(ask("changes/", noun="letters"))
    assert [(action, reason) for action, reason, _ in told] == [
        ("withdraw", "It was addressed to somebody else."),
        ("correct", "The summary was wrong."),
        ("publish", ""),
    ]


def test_each_change_holds_the_hash_of_the_one_before(published_letter: Letter, ask: Ask) -> None:
    results = ask("changes/")["results"]
    assert [change["id"] for change in results] == list(range(len(results), 0, -1))
    for later, earlier in pairwise(results):
        assert later["previous_hash"] == earlier["hash"]
    assert results[-1]["previous_hash"] == "0" * 64


def test_changes_since_an_id_are_those_after_it(published_letter: Letter, publish: Publish, ask: Ask) -> None:
    last = ask("changes/", page_size=1)["results"][0]["id"]
    assert ask("changes/", since=last)["results"] == []
    publish(factories.authority(slug="8-usc-1373"))
    [change] = ask("changes/", since=last)["results"]
    assert (change["noun"], change["slug"], change["id"]) == ("legal-authorities", "8-usc-1373", last + 1)


def test_pages_of_changes_are_whole(published_letter: Letter, ask: Ask, visitor: Client) -> None:
    whole = [change["id"] for change in ask("changes/", page_size=100)["results"]]
    answer = ask("changes/", page_size=2)
    ids = [change["id"] for change in answer["results"]]
    while answer["next"]:
        answer = visitor.get(answer["next"]).json()
        ids += [change["id"] for change in answer["results"]]
    assert ids == whole
    assert answer["count"] == len(whole)


def test_change_holds_the_whole_document_of_its_revision(published_letter: Letter, publish: Publish, ask: Ask) -> None:
    correct(published_letter, publish)
    now, before = ask("changes/", noun="letters")["results"]
    assert ask(f"changes/{now['id']}/")["document"]["fields"]["summary"] == "Corrected."
    assert ask(f"changes/{before['id']}/")["document"]["fields"]["summary"] == ""


def test_what_was_withdrawn_cannot_be_read_from_the_ledger(published_letter: Letter, bob: User, ask: Ask) -> None:
    [published] = ask("changes/", noun="letters")["results"]
    withdraw(published_letter, by=bob)
    assert ask(f"changes/{published['id']}/")["document"] == {}


def test_changes_name_nobody_of_the_staff_and_ask_the_record_nothing(published_letter: Letter, visitor: Client) -> None:
    with counted_queries() as queries:
        pages = [visitor.get(f"/api/v1/changes/{key}").content.decode() for key in ("", "1/")]
    assert queries.record == []
    assert not [name for name in ("alice", "bob", '"by"') if any(name in page for page in pages)]


def test_change_that_is_not_there_is_not_found(ask: Ask) -> None:
    ask("changes/1/", status=404)
