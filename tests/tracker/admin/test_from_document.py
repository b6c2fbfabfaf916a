"""Logging a letter from its document: it is kept, read in the background, and its form opens with what it says."""

from __future__ import annotations

import sys
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests import factories
from tests.pdfs import pdf_of
from tests.tracker.admin.desk import address, filled, said
from tracker import readings
from tracker.admin.proposed import Box
from tracker.models import Letter, LetterReading, Source
from tracker.models.source import LARGEST_DOCUMENT

HAND_IN = "/admin/tracker/letter/from-document/"
ADD = address(Letter, "add")
LETTER = """U.S. Department of Justice
Office of Justice Programs
Washington, D.C. 20531
April 21, 2017
The Honorable John Cullerton
President
State of Illinois
Springfield, IL 62706
Re: Grant Award 2016-DJ-BX-0001
Dear President Cullerton:
Your award carries a special condition on 8 U.S.C. 1373 and on 8 U.S.C. 1644.
By June 30, 2017, you must submit all documentation required by it to this office.
Sincerely,
Alan R. Hanson
Acting Assistant Attorney General"""
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


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def record() -> dict[str, Any]:
    """What the letters name, as far as the record has it: not 8 U.S.C. 1644."""
    for code, geoid in (("IL", "17"), ("NJ", "34")):
        place = factories.state(code)
        place.geoid = geoid
        place.save()
    for kind, geoid, name in (("county", "34023", "Middlesex County"), ("place", "3445690", "Middlesex borough")):
        factories.jurisdiction(kind=kind, geoid=geoid, full_name=name, name="Middlesex", state="NJ", slug=f"m-{kind}")
    return {
        "sender": factories.agency(name="Office of Justice Programs", short_name="OJP"),
        "authority": factories.authority(citation="8 U.S.C. 1373"),
        "award": factories.grant(award_id="2016-DJ-BX-0001"),
    }


def hand_in(client: Client, content: bytes, name: str = "A letter.pdf") -> Any:
    return client.post(HAND_IN, {"document": SimpleUploadedFile(name, content), "title": ""}, follow=True)


def read(client: Client, text: str, name: str = "A letter.pdf") -> Any:
    """The form that opens for a letter's document, once the worker has read it."""
    content = text.encode() if name.endswith(".txt") else pdf_of(text.split("\f"))
    page = hand_in(client, content, name)
    readings.read_letter.call(page.context["source"].pk)
    return client.get(page.request["PATH_INFO"], follow=True)


def _broken(*_pages_and_places: Any) -> Any:
    raise ZeroDivisionError


def boxes(page: Any) -> dict[str, Box]:
    """What stands beside the fields of a form, by the keys of the facts."""
    proposed = page.context["proposed"]
    return {box.fact.key: box for fact in proposed.facts for box in proposed.boxes(fact.field)}


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


def test_a_document_becomes_a_draft_source_that_waits_to_be_read(contributor: Client, alice: Any) -> None:
    page = hand_in(contributor, pdf_of([LETTER]))
    source = Source.objects.get()
    assert (source.title, source.status, source.created_by) == ("A letter", "draft", alice)
    assert "is being read" in page.content.decode()
    assert page.headers["Refresh"] == "3"
    assert f"{ADD}?document={source.pk}" in page.content.decode()


def test_the_worker_keeps_what_it_found_and_the_page_moves_on_to_the_form(
    contributor: Client, record: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hand_in(contributor, pdf_of([LETTER]))
    asked = DBTaskResult.objects.get()
    assert asked.task_path == readings.read_letter.module_path
    readings.read_letter.call(*asked.args_kwargs["args"])
    kept = LetterReading.objects.get()
    assert kept.proposals
    assert {"field": "sent_on", "value": "2017-04-21", "page": 1, "quote": "April 21, 2017"} in kept.proposals
    monkeypatch.setattr(readings, "read", _broken)  # From here on nobody looks for facts.
    moved = contributor.get(page.request["PATH_INFO"])
    assert moved.headers["Location"] == f"{ADD}?document={kept.source_id}"
    assert filled(contributor.get(moved.headers["Location"]))["sent_on"] == "2017-04-21"


def test_a_worker_that_stands_still_is_told_of_and_the_form_can_be_filled_by_hand(contributor: Client) -> None:
    page = hand_in(contributor, pdf_of([LETTER]))
    assert "longer than usual" not in page.content.decode()
    LetterReading.objects.update(asked_at=timezone.now() - timedelta(minutes=1))
    assert "longer than usual" in contributor.get(page.request["PATH_INFO"]).content.decode()
    form = filled(contributor.get(f"{ADD}?document={page.context['source'].pk}"))
    assert form["citations-0-source"] == page.context["source"].pk


def test_a_document_that_is_kept_already_leads_to_its_source(contributor: Client) -> None:
    for content, name in ((pdf_of([LETTER]), "letter.pdf"), (LETTER.encode(), "letter.txt")):
        first = hand_in(contributor, content, name).context["source"]
        again = hand_in(contributor, content, f"another {name}")
        assert again.context["source"] == first
        assert f"kept already, with “{first}”" in said(again)
    assert Source.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"%PDF-1.4\nbroken", "could not be read"), (pdf_of([""]), "no text in the document")],
    ids=["damaged", "scan"],
)
def test_a_document_without_text_says_why_and_lets_go_on_by_hand(
    contributor: Client, content: bytes, told: str
) -> None:
    page = hand_in(contributor, content)
    source = page.context["source"]
    readings.read_letter.call(source.pk)
    page = contributor.get(page.request["PATH_INFO"])
    assert told in page.content.decode()
    assert "Refresh" not in page.headers
    form = contributor.get(f"{ADD}?document={source.pk}")
    assert filled(form)["citations-0-source"] == source.pk
    assert "It proposes nothing" in form.content.decode()


def test_a_document_that_could_not_be_read_is_read_anew_when_it_is_handed_in_again(
    contributor: Client, record: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/bin/false")  # The child process ends without an answer.
        page = read(contributor, LETTER)
    assert "makes its reader fail" in page.content.decode()
    assert boxes(read(contributor, LETTER))["sent_on:2017-04-21"].is_ticked


def test_rules_that_fail_on_a_text_say_so_and_lets_go_on_by_hand(
    contributor: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(readings, "read", _broken)
    page = read(contributor, LETTER)
    assert "the rules that look for facts in it failed" in page.content.decode()
    assert "Fill the form by hand" in page.content.decode()
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"\x00\x01\x02" * 50, "letter.txt", "neither a PDF nor a text"),
        (b"no pdf", "letter.pdf", "This is not a PDF"),
        (b"%PDF-1.4", "letter.txt", "Only PDF files are kept"),
        (b"%PDF-" + b" " * LARGEST_DOCUMENT, "letter.pdf", "may have 25 MB"),
    ],
    ids=["bytes", "text", "name", "size"],
)
def test_what_cannot_be_kept_is_refused(contributor: Client, content: bytes, name: str, told: str) -> None:
    page = hand_in(contributor, content, name)
    assert told in str(page.context["form"].errors)
    assert Source.objects.count() == 0
    assert LetterReading.objects.count() == 0


@pytest.mark.parametrize("name", ["A letter.pdf", "A letter.txt"])
def test_each_field_opens_with_what_the_letter_says_beside_its_words_and_page(
    contributor: Client, record: Any, name: str
) -> None:
    page = read(contributor, LETTER, name)
    form, beside = filled(page), boxes(page)
    assert (form["sent_on"], form["sender_agency"]) == ("2017-04-21", record["sender"].pk)
    assert (form["recipient_as_written"], form["jurisdiction"]) == ("State of Illinois", factories.state("IL").pk)
    assert (form["cited_awards"], form["events-0-due_on"]) == ([record["award"].pk], "2017-06-30")
    assert (beside["sent_on:2017-04-21"].fact.quote, beside["sent_on:2017-04-21"].fact.page) == ("April 21, 2017", 1)
    shown = page.content.decode()
    assert "<q>By June 30, 2017, you must submit all documentation required by it to this office.</q>" in shown
    assert '8 U.S.C. 1644 <span class="pt-page">is not in the record' in shown
    assert 'value="authority:8 U.S.C. 1644"' not in shown


def test_saving_makes_the_letter_its_deadline_and_a_citation_for_each_fact_that_was_kept(
    contributor: Client, record: Any
) -> None:
    page = read(contributor, LETTER)
    saved = send(contributor, page, dropped={"signatory:Alan R. Hanson"}, addressee_title="President of the Senate")
    assert saved.status_code == 200
    letter = Letter.objects.get()
    assert (letter.sender_agency, letter.sent_on) == (record["sender"], "2017-04-21")
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


def test_what_is_dropped_is_emptied_and_not_cited_whatever_it_fills(contributor: Client, record: Any) -> None:
    page = read(contributor, LETTER)
    dropped = {"recipient:17", "due_on:2017-06-30", "authority:8 U.S.C. 1373", "award_id:2016-DJ-BX-0001"}
    assert dropped <= boxes(page).keys()
    send(contributor, page, dropped=dropped)
    letter = Letter.objects.get()
    assert letter.jurisdiction is None  # Although its words, which were kept, would name it.
    assert [*letter.events.all(), *letter.legal_authorities.all(), *letter.cited_awards.all()] == []
    assert not cited(letter).keys() & {"events", "legal_authorities", "cited_awards", "jurisdiction"}


def test_a_letter_of_which_nothing_is_kept_cites_the_whole_document(contributor: Client, record: Any) -> None:
    page = read(contributor, LETTER)
    typed = {"sender_agency": factories.agency().pk, "sent_on": "2017-04", "recipient_as_written": "Illinois"}
    send(contributor, page, dropped=boxes(page).keys(), **typed)
    assert cited(Letter.objects.get()) == {"": ""}


def test_a_refused_form_keeps_what_was_dropped_and_can_take_it_back(contributor: Client, record: Any) -> None:
    page = read(contributor, LETTER)
    dropped = {"sent_on:2017-04-21", "due_on:2017-06-30", "award_id:2016-DJ-BX-0001", "signatory:Alan R. Hanson"}
    refused = send(contributor, page, dropped=dropped, sender_agency="", signatory_title="Typed by hand")
    assert Letter.objects.count() == 0
    beside = boxes(refused)
    assert {key for key, box in beside.items() if box.fact.value and not box.is_ticked} == dropped
    assert not beside["signatory_title:Acting Assistant Attorney General"].is_said
    assert not {"sent_on", "events-0-due_on", "cited_awards", "signatory"} & filled(refused).keys()
    back = [key for key, box in beside.items() if box.fact.value and key != "signatory:Alan R. Hanson"]
    saved = send(contributor, refused, accept=back, sender_agency=record["sender"].pk, signatory="Somebody else")
    assert saved.status_code == 200
    letter = Letter.objects.get()
    assert (letter.sent_on, letter.signatory, letter.signatory_title) == (
        "2017-04-21", "Somebody else", "Typed by hand",
    )  # fmt: skip
    assert ([str(event) for event in letter.events.all()], letter.cited_awards.get()) == (
        ["Deadline 2017-06-30"], record["award"],
    )  # fmt: skip
    assert {"sent_on", "events", "cited_awards"} <= cited(letter).keys()
    assert not {"signatory", "signatory_title"} & cited(letter).keys()


def test_a_form_from_a_document_that_is_sent_twice_makes_one_letter(contributor: Client, record: Any) -> None:
    page = read(contributor, LETTER)
    key = {"form_key": "a-key"}
    send(contributor, page, **key)
    count = Letter.objects.get().citations.count()
    assert "sent twice" in said(send(contributor, page, **key))
    assert Letter.objects.get().citations.count() == count


def test_a_recipient_in_doubt_is_offered_as_candidates_and_never_chosen(contributor: Client, record: Any) -> None:
    page = read(contributor, OPEN)
    assert {key for key, box in boxes(page).items() if not box.is_ticked} == {"recipient:34023", "recipient:3445690"}
    assert "jurisdiction" not in filled(page)
    ticked = [key for key, box in boxes(page).items() if box.is_ticked]
    send(contributor, page, accept=[*ticked, "recipient:3445690"], recipient_as_written="Middlesex, NJ")
    letter = Letter.objects.get()
    assert str(letter.jurisdiction) == "Middlesex borough, NJ"
    assert "Middlesex, NJ" in cited(letter)["jurisdiction"]


def test_the_one_mailing_of_the_sender_and_day_is_proposed_with_its_wording_and_two_are_not(
    contributor: Client, record: Any
) -> None:
    batch = factories.letter_batch(sender_agency=record["sender"], sent_on="2017-04-21", demand="Documents")
    page = read(contributor, LETTER)
    form = filled(page)
    assert (form["batch"], form["demand"]) == (batch.pk, "Documents")
    send(contributor, page, dropped={"mailing:demand:"})
    letter = Letter.objects.get()
    assert (letter.batch, letter.demand) == (batch, "")
    assert not {"batch", "demand"} & cited(letter).keys()
    factories.letter_batch(sender_agency=record["sender"], sent_on="2017-04-21")
    again = contributor.get(f"{ADD}?document={page.context['proposed'].source.pk}")
    assert "batch" not in boxes(again)


def test_a_text_that_is_no_federal_letter_proposes_nothing(contributor: Client, record: Any) -> None:
    page = read(contributor, "Minutes of a meeting, which nobody signed.", "minutes.txt")
    assert "Nothing is proposed" in page.content.decode()


def test_another_document_of_the_source_proposes_nothing_of_the_first(contributor: Client, record: Any) -> None:
    source = read(contributor, LETTER).context["proposed"].source
    source.extracted_text = OPEN
    source.save()
    assert not contributor.get(f"{ADD}?document={source.pk}").context["proposed"].facts


def test_a_form_asks_as_much_for_many_facts_as_for_few(contributor: Client, record: Any) -> None:
    def asked(text: str) -> int:
        url = read(contributor, text).context["proposed"].source.pk
        with CaptureQueriesContext(connection) as queries:
            contributor.get(f"{ADD}?document={url}")
        return len(queries)

    for number in range(1200, 1230):
        factories.authority(citation=f"8 U.S.C. {number}")
    more = "".join(f" We rely on 8 U.S.C. {number}." for number in range(1200, 1230))
    assert asked(LETTER) == asked(LETTER.replace("to this office.", f"to this office.{more}"))


def test_nobody_without_the_right_hands_in_a_document_or_sees_what_it_says(contributor: Client, alice: Any) -> None:
    source = hand_in(contributor, pdf_of([LETTER])).context["source"]
    alice.groups.clear()
    for url in (HAND_IN, f"{HAND_IN}{source.pk}/", f"{ADD}?document={source.pk}"):
        assert contributor.get(url).status_code in {302, 403}


def test_an_unknown_document_opens_an_empty_form_and_says_so(contributor: Client) -> None:
    assert "no longer in the record" in said(contributor.get(f"{ADD}?document=999999999999999999999"))
    assert contributor.get(f"{HAND_IN}999999/").status_code == 404
