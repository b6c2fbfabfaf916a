"""The page of a record: facts from the declarations, what happened, what points to it, a source for each fact."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User

from dashboard.layout import columns, layout_of
from nouns.databases import RECORD
from public.nouns import NOUNS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import Read
from tracker.models import AwardShare, LawsuitEvent, LawsuitParty, Letter, LetterEvent, PolicyAnswer
from tracker.publishing import acts, workflow

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_a_page_that_names_each_of_its_public_fields(noun: str, publish: Publish, read: Read) -> None:
    record = factories.MAKERS[noun]()
    publish(record)
    page = read(record.get_absolute_url())
    apart = {*NOUNS[noun].computed, *layout_of(noun).apart, columns(NOUNS[noun])[0].name}
    told = page.html.split('<div class="on-record">')[1].split("</small>")[0]
    unknown = told.split("Nothing on record for:")[-1]
    for field in NOUNS[noun].fields:
        assert f"<dt>{field.label}</dt>" in told or field.label.lower() in unknown or field.name in apart, field


def test_a_letter_says_where_it_stands_and_since_when(published_letter: Letter, read: Read) -> None:
    page = read("/letters/2017-04-21-illinois/", on="2017-07-01")
    assert "Overdue: no reply on record on 1 July 2017 Due 30 June 2017 ; no reply on record." in page.words
    assert "The world on 1 July 2017. What came later is left out" in page.words


def test_what_happened_stands_in_order_and_what_is_still_to_come_is_marked(publish: Publish, read: Read) -> None:
    letter = factories.letter(slug="answered")
    LetterEvent(letter=letter, kind="response", on="2017-06-29", summary="The county replied.").save()
    letter.refresh_from_db()
    publish(letter)
    with time_machine.travel("2017-05-01T12:00:00-04:00", tick=False):
        words = read("/letters/answered/").words
    assert words.index("Deadline 21 April 2017") < words.index("Reply 29 June 2017 after the day shown")
    assert "Reply due on 1 May 2017" in words
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
    assert '<td class="number" data-label="Amount">$250.50</td>' in shares
    assert "Note" not in shares


def test_a_draft_answers_byte_for_byte_like_what_never_existed(draft_letter: Letter, read: Read) -> None:
    draft = read(draft_letter.get_absolute_url(), 404)
    assert draft.response.content == read("/letters/never-existed/", 404).response.content


def test_a_withdrawn_record_says_when_and_why(
    published_letter: Letter, bob: User, read: Read, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(using=RECORD, execute=True):
        workflow.withdraw(published_letter, by=bob, reason="It was never sent.")
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
        ("/letters/2017-04-21-illinois/?on=2999-01-01", "on=2999-01-01 This day has not come yet."),
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
    assert acts.differences(published_letter)


def test_what_a_source_contradicts_stands_beside_what_the_record_says(publish: Publish, read: Read) -> None:
    letter = factories.letter(slug="disputed")
    factories.cite(letter, source=factories.source(title="The release"), field="sent_on")
    article = factories.source(title="The article", publisher="The Paper")
    factories.cite(letter, source=article, field="sent_on", stance="contradicts", quote="April 20", locator="page 2")
    publish(letter)
    page = read("/letters/disputed/")
    disputes = " ".join(page.words.split("What sources dispute")[1].split("Sources")[0].split())
    assert disputes.startswith("Sent on This record says 21 April 2017 2 The Paper 3 April 20 (page 2)")
    assert "What sources dispute" not in read("/letters/").words


def test_each_happening_carries_the_sources_whose_locator_names_it(publish: Publish, read: Read) -> None:
    letter = factories.letter(slug="letter")
    LetterEvent(letter=letter, kind="assessment", on="2017-10-11", outcome="adverse").save()
    LetterEvent(letter=letter, kind="response", on="2017-06").save()
    letter.refresh_from_db()
    for locator in ("assessment of October 11, 2017", "Reply of 2017-06", "reply of 2017-06-28", "page 3"):
        factories.cite(letter, field="events", locator=locator)
    publish(letter)
    happenings = read("/letters/letter/").html.split('<ol class="happenings">')[1].split("</ol>")[0].split("<li")
    deadline, reply, assessment = happenings[1:]
    assert "source-" not in deadline
    assert [number for number in range(1, 6) if f"#source-{number}" in reply] == [3]
    assert [number for number in range(1, 6) if f"#source-{number}" in assessment] == [2]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_mark_and_link_within_a_page_leads_somewhere_on_it(noun: str, publish: Publish, read: Read) -> None:
    record = factories.MAKERS[noun]()
    if NOUNS[noun].cited:
        record = factories.cite(record, field=NOUNS[noun].fields[0].name, stance="contradicts")
    publish(record)
    page = read(record.get_absolute_url())
    ids = re.findall(r' id="([^"]+)"', page.html)
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page.html)) <= set(ids)


def test_a_letter_shows_the_money_that_it_cites_and_what_its_recipient_had_decided(
    publish: Publish, read: Read
) -> None:
    award = factories.grant(recipient_as_written="The award", amount="265832.00")
    letter = factories.letter(slug="letter")
    letter.cited_awards.set([award])
    letter.save()
    publish(
        letter,
        award,
        factories.policy(title="An ordinance in force"),
        factories.policy(title="A later ordinance", adopted_on="2018-01-01"),
    )
    words = read("/letters/letter/").words
    assert "Money cited 1" in words
    assert "The award" in words.split("Money cited")[1]
    assert "$265,832" in words
    assert "Policies of the recipient in force on 21 April 2017 1" in words
    assert "An ordinance in force" in words
    assert "A later ordinance" not in words


def test_a_letter_shows_its_mailing_and_the_mailing_all_its_letters_by_standing(publish: Publish, read: Read) -> None:
    batch = factories.letter_batch(slug="spring", count_claimed=13)
    letters = [factories.letter(batch=batch) for _ in range(12)]
    publish(batch, *letters)
    page = read(letters[0].get_absolute_url(), on="2017-07-01")
    assert "Letters of this mailing 12 Overdue: no reply on record 12" in page.words
    assert "/letters/?on=2017-07-01&batch=spring" in page.links
    mailing = read("/letter-batches/spring/")
    assert "12 of its letters are on record; the sender says that it sent 13." in mailing.words
    assert mailing.html.split('<h2 id="letters-batch">')[1].split("</figure>")[1].count('<th scope="row">') == 12
    assert 'aria-label="Illinois: 12 letters"' in mailing.html


def test_a_policy_shows_every_question_answered_or_not(publish: Publish, read: Read) -> None:
    book = factories.codebook()
    asked, unasked = (factories.question(codebook=book, text=f"{word}?") for word in ("Asked", "Unasked"))
    policy = factories.policy(slug="policy")
    PolicyAnswer(policy=policy, question=asked, answer="no", quote="shall not", locator="section 2").save()
    policy.refresh_from_db()
    publish(policy, unasked)
    answers = read("/policies/policy/").words.split("How it answers the codebook")[1]
    assert "Asked? No section 2 shall not Unasked? Not researched" in answers


def test_a_lawsuit_shows_its_sides_and_the_reach_of_its_orders(publish: Publish, read: Read) -> None:
    case = factories.lawsuit(slug="case")
    LawsuitParty(lawsuit=case, role="plaintiff", name="The City", jurisdiction=factories.state("IL")).save()
    LawsuitParty(lawsuit=case, role="defendant", name="The Attorney General").save()
    LawsuitEvent(lawsuit=case, kind="preliminary_injunction", on="2017-09-15", scope="nationwide").save()
    LawsuitEvent(lawsuit=case, kind="order", on="2017-10-15").save()
    case.refresh_from_db()
    publish(case)
    page = read("/lawsuits/case/")
    assert "Plaintiff The City Defendant The Attorney General" in page.words
    assert '<a href="/jurisdictions/illinois/">The City</a>' in page.html
    orders = page.words.split("Orders and their reach 1")[1].split("History")[0]
    assert "Preliminary injunction Nationwide 15 September 2017" in orders
    assert "Orders and their reach" not in read("/lawsuits/case/", on="2017-09-14").words


def test_a_record_tells_what_was_done_to_it_and_what_a_correction_changed(publish: Publish, read: Read) -> None:
    letter = factories.letter(slug="letter", addressee="Jim Kenny")
    publish(letter)
    letter.addressee = "Jim Kenney"
    letter.save()
    publish(letter, action="correct", reason="The name was misspelt.")
    history = read("/letters/letter/").words.split("History of this record")[1]
    assert "Corrected: our mistake" in history
    assert ": The name was misspelt. What It said It says Addressee Jim Kenny Jim Kenney" in history
