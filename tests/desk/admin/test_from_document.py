"""Handing in the document of a letter: it is kept, read in the background, and leads to the letter's form."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from desk.intake import readings
from tests.desk.admin.desk import filled, said
from tests.desk.admin.handing_in import ADD, HAND_IN, LETTER, boxes, hand_in, read
from tests.pdfs import pdf_of
from tracker.models import LetterReading, Source
from tracker.models.source import LARGEST_DOCUMENT

pytestmark = pytest.mark.usefixtures("own_folder")


def _broken(*_pages_and_places: Any) -> Any:
    raise ZeroDivisionError


def test_a_document_becomes_a_draft_source_that_waits_to_be_read(contributor: Client, alice: Any) -> None:
    page = hand_in(contributor, pdf_of([LETTER]))
    source = Source.objects.get()
    assert (source.title, source.status, source.created_by) == ("A letter", "draft", alice)
    assert "is being read" in page.content.decode()
    assert page.headers["Refresh"] == "3"
    assert f"{ADD}?document={source.pk}" in page.content.decode()


def test_the_worker_keeps_what_it_found_and_the_page_moves_on_to_the_form(
    contributor: Client, named: Any, monkeypatch: pytest.MonkeyPatch
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
    contributor: Client, named: Any, monkeypatch: pytest.MonkeyPatch
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


def test_nobody_without_the_right_hands_in_a_document_or_sees_what_it_says(contributor: Client, alice: Any) -> None:
    source = hand_in(contributor, pdf_of([LETTER])).context["source"]
    alice.groups.clear()
    for url in (HAND_IN, f"{HAND_IN}{source.pk}/", f"{ADD}?document={source.pk}"):
        assert contributor.get(url).status_code in {302, 403}


def test_an_unknown_document_opens_an_empty_form_and_says_so(contributor: Client) -> None:
    assert "no longer in the record" in said(contributor.get(f"{ADD}?document=999999999999999999999"))
    assert contributor.get(f"{HAND_IN}999999/").status_code == 404
