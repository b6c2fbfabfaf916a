"""Logging a letter from its document: it is kept, read in the background, and what it says is accepted or dropped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.pdfs import pdf_of
from tests.tracker.admin.desk import address, filled, said
from tracker import evidence
from tracker.models import Letter, Source

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


def read(client: Client, text: str) -> Any:
    """The page of what a letter's PDF says, once the worker has read it."""
    page = hand_in(client, pdf_of(text.split("\f")))
    evidence.read_document.func(page.context["source"].pk)
    return client.get(page.request["PATH_INFO"])


def keys(page: Any) -> list[str]:
    return [fact.key for fact in page.context["facts"] if fact.value]


def test_a_document_becomes_a_draft_source_that_waits_to_be_read(contributor: Client, alice: Any) -> None:
    page = hand_in(contributor, pdf_of([LETTER]))
    source = Source.objects.get()
    assert (source.title, source.status, source.created_by) == ("A letter", "draft", alice)
    assert "is being read" in page.content.decode()
    assert page.headers["Refresh"] == "3"
    assert f"{ADD}?document={source.pk}" in page.content.decode()


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
    evidence.read_document.func(source.pk)
    page = contributor.get(page.request["PATH_INFO"])
    assert told in page.content.decode()
    assert "Refresh" not in page.headers
    form = filled(contributor.get(f"{ADD}?document={source.pk}"))
    assert form["citations-0-source"] == source.pk


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"\x00\x01\x02" * 50, "letter.txt", "neither a PDF nor a text"),
        (b"no pdf", "letter.pdf", "This is not a PDF"),
        (b"%PDF-1.4", "letter.txt", "Only PDF files are kept"),
    ],
)
def test_what_cannot_be_kept_is_refused(contributor: Client, content: bytes, name: str, told: str) -> None:
    page = hand_in(contributor, content, name)
    assert told in str(page.context["form"].errors)
    assert Source.objects.count() == 0


def test_what_the_letter_says_is_shown_with_its_words_and_page(contributor: Client, record: Any) -> None:
    page = read(contributor, LETTER)
    found = {fact.key: fact for fact in page.context["facts"]}
    assert found["sent_on:2017-04-21"].quote == "April 21, 2017"
    assert found["recipient:17"].value == factories.state("IL")
    assert found["award_id:2016-DJ-BX-0001"].value == record["award"]
    unknown = found["authority:8 U.S.C. 1644"]
    assert (unknown.value, unknown.words) == (None, "8 U.S.C. 1644")
    assert 'value="authority:8 U.S.C. 1644"' not in page.content.decode()


def test_saving_the_accepted_makes_the_letter_its_deadline_and_a_citation_for_each(
    contributor: Client, record: Any
) -> None:
    page = read(contributor, LETTER)
    source, dropped = page.context["source"], "signatory:Alan R. Hanson"
    accepted = [key for key in keys(page) if key != dropped]
    form = contributor.get(ADD, {"document": source.pk, "accept": accepted})
    saved = contributor.post(f"{ADD}?document={source.pk}", filled(form), follow=True)
    assert saved.status_code == 200
    letter = Letter.objects.get()
    assert (letter.sender_agency, letter.sent_on) == (record["sender"], "2017-04-21")
    assert (letter.recipient_as_written, letter.jurisdiction) == ("State of Illinois", factories.state("IL"))
    assert letter.signatory == ""
    assert [str(event) for event in letter.events.all()] == ["Deadline 2017-06-30"]
    cited = {citation.field: citation for citation in letter.citations.all()}
    assert set(cited) == {
        "sent_on", "sender_agency", "signatory_title", "addressee", "addressee_title", "recipient_as_written",
        "events", "legal_authorities", "cited_awards",
    }  # fmt: skip
    assert all((row.source, row.locator, row.stance) == (source, "p. 1", "supports") for row in cited.values())
    assert "By June 30, 2017" in cited["events"].quote
    assert letter.facts_to_cite().keys() <= cited.keys()
    assert letter.history.count() == 1


def test_a_recipient_in_doubt_is_offered_as_candidates_and_never_chosen(contributor: Client, record: Any) -> None:
    page = read(contributor, OPEN)
    [doubt] = [fact for fact in page.context["facts"] if fact.candidates]
    assert {place.geoid for place in doubt.candidates} == {"34023", "3445690"}
    ask = {"document": page.context["source"].pk, "accept": keys(page)}
    assert "jurisdiction" not in filled(contributor.get(ADD, ask))
    borough = next(place for place in doubt.candidates if place.geoid == "3445690")
    assert filled(contributor.get(ADD, {**ask, "place": borough.pk}))["jurisdiction"] == borough.pk


def test_the_one_mailing_of_the_sender_and_day_is_proposed_and_two_are_not(contributor: Client, record: Any) -> None:
    batch = factories.letter_batch(sender_agency=record["sender"], sent_on="2017-04-21", demand="Documents")
    page = read(contributor, LETTER)
    assert "batch" in keys(page)
    form = filled(contributor.get(ADD, {"document": page.context["source"].pk, "accept": keys(page)}))
    assert (form["batch"], form["demand"]) == (batch.pk, "Documents")
    factories.letter_batch(sender_agency=record["sender"], sent_on="2017-04-21")
    assert "batch" not in keys(contributor.get(page.request["PATH_INFO"]))


def test_a_text_that_is_no_federal_letter_proposes_nothing(contributor: Client, record: Any) -> None:
    page = hand_in(contributor, b"Minutes of a meeting, which nobody signed.", "minutes.txt")
    assert page.context["facts"] == []
    assert "nothing is proposed" in page.content.decode()


def test_what_a_letter_says_asks_as_much_for_many_facts_as_for_few(contributor: Client, record: Any) -> None:
    def asked(text: str) -> int:
        page = read(contributor, text)
        with CaptureQueriesContext(connection) as queries:
            contributor.get(page.request["PATH_INFO"])
        return len(queries)

    more = "".join(f" We rely on 8 U.S.C. {number}." for number in range(1200, 1230))
    assert asked(LETTER) == asked(LETTER.replace("to this office.", f"to this office.{more}"))


def test_nobody_without_the_right_hands_in_a_document(contributor: Client, alice: Any) -> None:
    source = hand_in(contributor, pdf_of([LETTER])).context["source"]
    alice.groups.clear()
    for url in (HAND_IN, f"{HAND_IN}{source.pk}/"):
        assert contributor.get(url).status_code in {302, 403}


def test_an_unknown_document_opens_an_empty_form_and_says_so(contributor: Client) -> None:
    assert "no longer in the record" in said(contributor.get(f"{ADD}?document=999999999999999999999"))
    assert contributor.get(f"{HAND_IN}999999/").status_code == 404
