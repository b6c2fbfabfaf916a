"""Details: a record with its children and sources; what is not published cannot be told from what never was."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client, TestCase

from nouns.databases import RECORD
from public.nouns import NOUNS
from tests import factories
from tests.api.conftest import Ask, counted_queries
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import Citation, Letter, LetterEvent
from tracker.publishing import workflow

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def withdraw(letter: Letter, *, by: User) -> None:
    with TestCase.captureOnCommitCallbacks(using=RECORD, execute=True), transaction.atomic(using=RECORD):
        workflow.withdraw(letter, by=by, reason="It was addressed to somebody else.")


@pytest.mark.parametrize("noun", NOUNS)
def test_detail_has_the_list_record_and_its_children(noun: str, publish: Publish, ask: Ask) -> None:
    published = factories.MAKERS[noun]()
    publish(published)
    detail = ask(f"{noun}/{published.slug}/")
    [listed] = [each for each in ask(f"{noun}/")["results"] if each["slug"] == published.slug]
    assert {key: detail[key] for key in listed} == listed
    assert set(detail) - set(listed) == {child.name for child in NOUNS[noun].children}


def test_letter_shows_its_events_and_its_sources(published_letter: Letter, ask: Ask) -> None:
    detail = ask("letters/2017-04-21-illinois/")
    [event] = detail["events"]
    assert (event["kind"], event["kind_label"], event["due_on"]) == ("deadline", "Deadline", "2017-06-30")
    [citation] = detail["citations"]
    assert citation["source"]["title"] == Citation.edition.get().source.title
    assert citation["source"]["kind_label"] == "News report"


def test_field_that_a_source_contradicts_is_disputed(publish: Publish, ask: Ask) -> None:
    letter = factories.letter(slug="disputed")
    factories.cite(letter, field="sent_on", stance="contradicts")
    publish(letter)
    assert ask("letters/disputed/")["disputed"] == ["sent_on"]
    assert ask("letters/")["results"][0]["disputed"] == ["sent_on"]


def test_source_address_does_not_hide_the_page_of_the_source(publish: Publish, ask: Ask) -> None:
    publish(factories.source(slug="story", url="https://news.example/story"))
    detail = ask("sources/story/")
    assert (detail["url"], detail["address"]) == ("http://testserver/sources/story/", "https://news.example/story")


def test_detail_asks_the_same_number_of_queries_however_many_children_there_are(
    publish: Publish, visitor: Client
) -> None:
    def asked(slug: str) -> int:
        with counted_queries() as queries:
            assert visitor.get(f"/api/v1/letters/{slug}/").status_code == 200
        assert queries.record == []
        return len(queries.edition)

    few, many = factories.letter(slug="few"), factories.letter(slug="many")
    for day in range(10, 28):
        LetterEvent(letter=many, kind="escalation", on=f"2017-05-{day}").save()
        factories.cite(many)
    publish(few, many)
    assert asked("many") == asked("few") <= 9


def test_draft_answers_byte_for_byte_like_what_never_existed(draft_letter: Letter, visitor: Client) -> None:
    draft, nothing = (visitor.get(f"/api/v1/letters/{slug}/") for slug in (draft_letter.slug, "never-existed"))
    assert draft.status_code == nothing.status_code == 404
    assert draft.content == nothing.content
    assert dict(draft.headers) == dict(nothing.headers)


def test_edit_of_a_published_letter_does_not_show_until_it_is_published(
    published_letter: Letter, publish: Publish, ask: Ask
) -> None:
    published_letter.summary = "Not yet reviewed."
    published_letter.save()
    assert ask("letters/2017-04-21-illinois/")["summary"] == ""
    publish(published_letter)
    assert ask("letters/2017-04-21-illinois/")["summary"] == "Not yet reviewed."


def test_withdrawn_letter_is_gone_and_says_why(published_letter: Letter, bob: User, ask: Ask) -> None:
    withdraw(published_letter, by=bob)
    gone = ask("letters/2017-04-21-illinois/", status=410)
    assert gone["reason"] == "It was addressed to somebody else."
    assert ask("letters/")["results"] == []


def test_standing_of_a_detail_is_that_of_the_day_asked_about(published_letter: Letter, ask: Ask) -> None:
    def standing(**params: Any) -> Any:
        return ask("letters/2017-04-21-illinois/", fields="standing", **params)

    assert standing(on="2017-06-30") == {"standing": "due"}
    assert standing(on="2017-07-01") == {"standing": "overdue"}
