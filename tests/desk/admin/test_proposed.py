"""The form of a letter that was opened from its document: filled with what that says, each fact to keep or drop."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.desk.admin.desk import filled, said
from tests.desk.admin.handing_in import ADD, LETTER, boxes, read
from tracker.models import Letter, Source

pytestmark = pytest.mark.usefixtures("own_folder")

OPEN = """U.S. Department of Justice
Office of Justice Programs
Washington, D.C. 20531
November 15, 2017
Mr. Ronald Rios
Director
75 Bayard Street
Middlesex, NJ 08846
Dear Director Rios:
This letter is for your information.
Sincerely,
Alan R. Hanson
Acting Assistant Attorney General"""


def send(client: Client, page: Any, dropped: Collection[str] = (), **changes: Any) -> Any:
    """Send the form as a browser without scripts does, with the boxes of these facts unticked."""
    shown = {key: box for key, box in boxes(page).items() if box.fact.value}
    ticks = {
        "filled": [key for key, box in shown.items() if box.is_ticked],
        "emptied": [key for key, box in shown.items() if not box.is_ticked],
        "accept": [key for key, box in shown.items() if box.is_ticked and key not in dropped],
    }
    url = f"{ADD}?document={page.context['proposed'].source.pk}"
    typed = {
        name: value for name, value in filled(page).items() if value is not False
    }  # No browser sends an empty box.
    return client.post(url, {**typed, **ticks, **changes}, follow=True)


def cited(letter: Letter) -> dict[str, str]:
    """The words that the letter's citations quote, by field."""
    return {citation.field: citation.quote for citation in letter.citations.all()}


@pytest.mark.parametrize("name", ["A letter.pdf", "A letter.txt"])
def test_each_field_opens_with_what_the_letter_says_beside_its_words_and_page(
    contributor: Client, named: Any, name: str
) -> None:
    page = read(contributor, LETTER, name)
    form, beside = filled(page), boxes(page)
    assert (form["sent_on"], form["sender_agency"]) == ("2017-04-21", named["sender"].pk)
    assert (form["recipient_as_written"], form["jurisdiction"]) == ("State of Illinois", factories.state("IL").pk)
    assert (form["cited_awards"], form["events-0-due_on"]) == ([named["award"].pk], "2017-06-30")
    assert (beside["sent_on:2017-04-21"].fact.quote, beside["sent_on:2017-04-21"].fact.page) == ("April 21, 2017", 1)
    shown = page.content.decode()
    assert "<q>By June 30, 2017, you must submit all documentation required by it to this office.</q>" in shown
    assert '8 U.S.C. 1644 <span class="pt-page">is not in the record' in shown
    assert 'value="authority:8 U.S.C. 1644"' not in shown


def test_saving_makes_the_letter_its_deadline_and_a_citation_for_each_fact_that_was_kept(
    contributor: Client, named: Any
) -> None:
    page = read(contributor, LETTER)
    saved = send(contributor, page, dropped={"signatory:Alan R. Hanson"}, addressee_title="President of the Senate")
    assert saved.status_code == 200
    letter = Letter.objects.get()
    assert (letter.sender_agency, letter.sent_on) == (named["sender"], "2017-04-21")
    assert (letter.recipient_as_written, letter.jurisdiction) == ("State of Illinois", factories.state("IL"))
    assert (letter.signatory, letter.addressee_title) == ("", "President of the Senate")
    assert [str(event) for event in letter.events.all()] == ["Deadline 2017-06-30"]
    source = Source.objects.get(title="A letter")
    rows = letter.citations.all()
    assert {(row.source, row.locator, row.stance) for row in rows} == {(source, "p. 1", "supports")}
    assert cited(letter).keys() == {
        "sent_on", "sender_agency", "signatory_title", "addressee", "recipient_as_written", "events",
        "legal_authorities", "cited_awards",
    }  # fmt: skip
    assert "By June 30, 2017" in cited(letter)["events"]
    assert letter.facts_to_cite().keys() <= cited(letter).keys()
    assert (letter.history.count(), letter.revision) == (1, 1)


def test_what_is_dropped_is_emptied_and_not_cited_whatever_it_fills(contributor: Client, named: Any) -> None:
    page = read(contributor, LETTER)
    dropped = {"recipient:17", "due_on:2017-06-30", "authority:8 U.S.C. 1373", "award_id:2016-DJ-BX-0001"}
    assert dropped <= boxes(page).keys()
    send(contributor, page, dropped=dropped)
    letter = Letter.objects.get()
    assert letter.jurisdiction is None  # Although its words, which were kept, would name it.
    assert [*letter.events.all(), *letter.legal_authorities.all(), *letter.cited_awards.all()] == []
    assert not cited(letter).keys() & {"events", "legal_authorities", "cited_awards", "jurisdiction"}


def test_a_letter_of_which_nothing_is_kept_cites_the_whole_document(contributor: Client, named: Any) -> None:
    page = read(contributor, LETTER)
    typed = {"sender_agency": factories.agency().pk, "sent_on": "2017-04", "recipient_as_written": "Illinois"}
    send(contributor, page, dropped=boxes(page).keys(), **typed)
    assert cited(Letter.objects.get()) == {"": ""}


def test_a_refused_form_keeps_what_was_dropped_and_can_take_it_back(contributor: Client, named: Any) -> None:
    page = read(contributor, LETTER)
    dropped = {"sent_on:2017-04-21", "due_on:2017-06-30", "award_id:2016-DJ-BX-0001", "signatory:Alan R. Hanson"}
    refused = send(contributor, page, dropped=dropped, sender_agency="", signatory_title="Typed by hand")
    assert Letter.objects.count() == 0
    beside = boxes(refused)
    assert {key for key, box in beside.items() if box.fact.value and not box.is_ticked} == dropped
    assert not beside["signatory_title:Acting Assistant Attorney General"].is_said
    assert not {"sent_on", "events-0-due_on", "cited_awards", "signatory"} & filled(refused).keys()
    back = [key for key, box in beside.items() if box.fact.value and key != "signatory:Alan R. Hanson"]
    saved = send(contributor, refused, accept=back, sender_agency=named["sender"].pk, signatory="Somebody else")
    assert saved.status_code == 200
    letter = Letter.objects.get()
    assert (letter.sent_on, letter.signatory, letter.signatory_title) == (
        "2017-04-21", "Somebody else", "Typed by hand",
    )  # fmt: skip
    assert ([str(event) for event in letter.events.all()], letter.cited_awards.get()) == (
        ["Deadline 2017-06-30"], named["award"],
    )  # fmt: skip
    assert {"sent_on", "events", "cited_awards"} <= cited(letter).keys()
    assert not {"signatory", "signatory_title"} & cited(letter).keys()


def test_a_form_from_a_document_that_is_sent_twice_makes_one_letter(contributor: Client, named: Any) -> None:
    page = read(contributor, LETTER)
    key = {"form_key": "a-key"}
    send(contributor, page, **key)
    count = Letter.objects.get().citations.count()
    assert "sent twice" in said(send(contributor, page, **key))
    assert Letter.objects.get().citations.count() == count


def test_a_recipient_in_doubt_is_offered_as_candidates_and_never_chosen(contributor: Client, named: Any) -> None:
    page = read(contributor, OPEN)
    assert {key for key, box in boxes(page).items() if not box.is_ticked} == {"recipient:34023", "recipient:3445690"}
    assert "jurisdiction" not in filled(page)
    ticked = [key for key, box in boxes(page).items() if box.is_ticked]
    send(contributor, page, accept=[*ticked, "recipient:3445690"], recipient_as_written="Middlesex, NJ")
    letter = Letter.objects.get()
    assert str(letter.jurisdiction) == "Middlesex borough, NJ"
    assert "Middlesex, NJ" in cited(letter)["jurisdiction"]


def test_the_one_mailing_of_the_sender_and_day_is_proposed_with_its_wording_and_two_are_not(
    contributor: Client, named: Any
) -> None:
    batch = factories.letter_batch(sender_agency=named["sender"], sent_on="2017-04-21", demand="Documents")
    page = read(contributor, LETTER)
    form = filled(page)
    assert (form["batch"], form["demand"]) == (batch.pk, "Documents")
    send(contributor, page, dropped={"mailing:demand:"})
    letter = Letter.objects.get()
    assert (letter.batch, letter.demand) == (batch, "")
    assert not {"batch", "demand"} & cited(letter).keys()
    factories.letter_batch(sender_agency=named["sender"], sent_on="2017-04-21")
    again = contributor.get(f"{ADD}?document={page.context['proposed'].source.pk}")
    assert "batch" not in boxes(again)


def test_a_text_that_is_no_federal_letter_proposes_nothing(contributor: Client, named: Any) -> None:
    page = read(contributor, "Minutes of a meeting, which nobody signed.", "minutes.txt")
    assert "Nothing is proposed" in page.content.decode()


def test_another_document_of_the_source_proposes_nothing_of_the_first(contributor: Client, named: Any) -> None:
    source = read(contributor, LETTER).context["proposed"].source
    source.extracted_text = OPEN
    source.save()
    assert not contributor.get(f"{ADD}?document={source.pk}").context["proposed"].facts


def test_a_form_asks_as_much_for_many_facts_as_for_few(contributor: Client, named: Any) -> None:
    def asked(text: str) -> int:
        url = read(contributor, text).context["proposed"].source.pk
        with CaptureQueriesContext(connection) as queries:
            contributor.get(f"{ADD}?document={url}")
        return len(queries)

    for number in range(1200, 1230):
        factories.authority(citation=f"8 U.S.C. {number}")
    more = "".join(f" We rely on 8 U.S.C. {number}." for number in range(1200, 1230))
    assert asked(LETTER) == asked(LETTER.replace("to this office.", f"to this office.{more}"))
