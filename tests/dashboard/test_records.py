"""The page of a record: facts from the declarations, what happened, what points to it, a source for each fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from jurisdictions.edition import RECORD
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import Read
from tracker import actions, publishing
from tracker.models import AwardShare, Letter, LetterEvent
from tracker.public.nouns import NOUNS

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_a_page_that_names_each_of_its_public_fields(noun: str, publish: Publish, read: Read) -> None:
    record = factories.MAKERS[noun]()
    publish(record)
    page = read(record.get_absolute_url())
    stored = [field for field in NOUNS[noun].fields if field.name not in NOUNS[noun].computed]
    known, unknown = page.html.split('<dl class="facts">')[1].split("</dl>", 1)
    for field in stored:
        assert f"<dt>{field.label}</dt>" in known or field.label.lower() in unknown.split("</p>")[0]


def test_a_letter_says_where_it_stands_and_since_when(published_letter: Letter, read: Read) -> None:
    page = read("/letters/2017-04-21-illinois/", on="2017-07-01")
    assert "Overdue: no reply on record Reply due 30 June 2017 . As of 1 July 2017" in page.words
    assert "As of 1 July 2017. Standing, deadlines" in page.words


def test_what_happened_stands_in_order_and_what_came_after_the_day_is_marked(publish: Publish, read: Read) -> None:
    letter = factories.letter(slug="answered")
    LetterEvent(letter=letter, kind="response", on="2017-06-29", summary="The county replied.").save()
    letter.refresh_from_db()
    publish(letter)
    words = read("/letters/answered/", on="2017-05-01").words
    assert words.index("Deadline 21 April 2017") < words.index("Reply 29 June 2017 after the day shown")
    assert "Reply due" in words.split("On record")[0]
    assert "after the day shown" not in read("/letters/answered/").words


def test_a_fact_carries_the_numbers_of_its_sources_and_says_when_one_disputes_it(publish: Publish, read: Read) -> None:
    letter = factories.letter(slug="disputed")
    release, article = factories.source(title="The release"), factories.source(title="The article")
    factories.cite(letter, source=release, field="sent_on", locator="page 1")
    factories.cite(letter, source=article, field="sent_on", stance="contradicts", quote="Thursday, April 20")
    publish(letter)
    page = read("/letters/disputed/")
    fact = page.html.split("<dt>Sent on</dt>")[1].split("</dd>")[0]
    assert 'href="#source-2" aria-label="Source 2 for sent on">2</a>' in fact
    assert 'href="#source-3" aria-label="Source 3 for sent on">3</a>' in fact
    assert '<a class="disputed" href="#sources">disputed</a>' in fact
    source = page.html.split('id="source-3"')[1].split("</ol>")[0]
    assert "The article</a>" in source
    assert "Contradicts</strong>" in source
    assert "<q>Thursday, April 20</q>" in source
    assert "disputed" not in page.html.split("<dt>Recipient as written</dt>")[1].split("</dd>")[0]


def test_a_source_cited_twice_has_one_number(publish: Publish, read: Read) -> None:
    letter, source = factories.letter(slug="twice"), factories.source()
    factories.cite(letter, source=source, field="sent_on")
    factories.cite(letter, source=source, field="demand")
    publish(letter)
    assert 'id="source-2"' in (html := read("/letters/twice/").html)
    assert 'id="source-3"' not in html


def test_a_field_with_a_source_but_no_value_says_that_nothing_is_on_record(publish: Publish, read: Read) -> None:
    letter = factories.letter(slug="unknown")
    factories.cite(letter, field="received_on", locator="silent on the day")
    publish(letter)
    fact = read("/letters/unknown/").html.split("<dt>Received on</dt>")[1].split("</dd>")[0]
    assert "Nothing on record" in fact
    assert 'href="#source-2"' in fact


def test_a_jurisdiction_lists_what_points_to_it_and_the_lists_hold_the_same_rows(publish: Publish, read: Read) -> None:
    illinois = factories.state("IL")
    publish(
        *(factories.letter(recipient_as_written=f"Recipient {number:02}") for number in range(12)),
        factories.policy(title="An ordinance", jurisdiction=illinois),
        factories.statement(),
    )
    page = read("/jurisdictions/illinois/")
    assert "Letters 12" in page.words
    assert "Policies 1" in page.words
    assert "All 12 as a list" in page.words
    assert "Statements" not in page.words
    letters = page.html.split('id="letters-jurisdiction"')[1].split("</section>")[0]
    assert letters.count('<th scope="row">') == 10
    assert "12 letters" in read("/letters/?jurisdiction=illinois").words
    assert "/letters/?jurisdiction=illinois" in page.links


def test_a_relation_without_a_filter_is_listed_without_a_link(publish: Publish, read: Read) -> None:
    award = factories.grant(slug="award")
    letter = factories.letter(recipient_as_written="City of Chicago")
    letter.cited_awards.set([award])
    letter.save()
    publish(letter, award)
    page = read("/grants/award/")
    assert "Cited in letters 1" in page.words
    assert not [link for link in page.links if link.startswith("/letters/?")]


def test_related_records_that_came_after_the_day_are_left_out(publish: Publish, read: Read) -> None:
    publish(factories.letter(sent_on="2017-11-15", due_on=""), factories.letter(sent_on="2017-04-21"))
    assert "Letters 2" in read("/jurisdictions/illinois/").words
    batch = factories.letter_batch(slug="spring")
    publish(batch, factories.letter(batch=batch), factories.letter(batch=batch, sent_on="2018-01-24", due_on=""))
    assert "Letters 2" in read("/letter-batches/spring/").words
    assert "Letters 1" in read("/letter-batches/spring/", on="2017-12-31").words


def test_children_without_dates_are_a_table(publish: Publish, read: Read) -> None:
    award, cook = factories.grant(slug="joint"), factories.jurisdiction(name="Cook", full_name="Cook County")
    AwardShare(award=award, jurisdiction=cook, amount="250.50").save()
    award.refresh_from_db()
    publish(award)
    shares = read("/grants/joint/").html.split('aria-labelledby="shares"')[1].split("</section>")[0]
    assert "Cook County, IL</a>" in shares
    assert '<td class="number">$250.50</td>' in shares
    assert "Note" not in shares


def test_a_draft_answers_byte_for_byte_like_what_never_existed(draft_letter: Letter, read: Read) -> None:
    draft = read(draft_letter.get_absolute_url(), 404)
    assert draft.response.content == read("/letters/never-existed/", 404).response.content


def test_a_withdrawn_record_says_when_and_why(
    published_letter: Letter, bob: User, read: Read, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(using=RECORD, execute=True):
        actions.withdraw(published_letter, by=bob, reason="It was never sent.")
    page = read("/letters/2017-04-21-illinois/", 410)
    assert "This record was withdrawn" in page.words
    assert "It was never sent." in page.words


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("/letters/2017-04-21-illinois/?on=tomorrow", "on=tomorrow 'tomorrow' is not a date"),
        (
            "/letters/2017-04-21-illinois/?onn=2017-07-01",
            "onn=2017-07-01 There is no such parameter. Did you mean on",
        ),
        ("/jurisdictions/illinois/?on=2017-07-01", "on=2017-07-01 There is no such parameter."),
    ],
)
def test_a_record_refuses_what_it_cannot_be_asked(
    address: str, problem: str, published_letter: Letter, read: Read
) -> None:
    page = read(address, 400)
    assert problem in page.words
    assert address.split("?", maxsplit=1)[0] in page.links


def test_an_edited_record_shows_what_was_published(published_letter: Letter, read: Read) -> None:
    before = read("/letters/2017-04-21-illinois/").response.content
    published_letter.addressee = "Somebody not yet reviewed"
    published_letter.save()
    assert read("/letters/2017-04-21-illinois/").response.content == before
    assert publishing.differences(published_letter)
