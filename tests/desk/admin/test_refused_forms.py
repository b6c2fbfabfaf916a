"""A form that is refused still has everything: what was typed, its rows, and the file that was chosen."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from desk import tick
from desk.intake.kept_uploads import FOLDER
from tests import factories
from tests.desk.admin.desk import address, change_url, errors, filled, open_and_save
from tests.pdfs import pdf_of
from tracker.models import Letter, Source

ADD = address(Source, "add")


def document(words: str = "A press release", name: str = "release.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_of([words]), "application/pdf")


def boxes(response: Any) -> dict[str, str]:
    """The ticked boxes that keep chosen files."""
    return dict(re.findall(r'name="(\w+-kept)" value="([^"]+)" checked', unescape(response.content.decode())))


def refused(client: Client, **changes: Any) -> Any:
    """The page that comes back when a new source with a document is sent without its title."""
    page: Any = client.get(ADD)
    return client.post(ADD, filled(page, kind="official", publisher="DOJ", file=document(), **changes))


def stored(source: Source) -> bytes:
    with source.file.open("rb") as file:
        content: bytes = file.read()
    return content


def kept_files() -> list[Path]:
    return list((Path(settings.MEDIA_ROOT) / FOLDER).glob("*"))


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_the_chosen_file_is_still_there_when_the_form_is_sent_again(contributor: Client) -> None:
    page = refused(contributor)
    assert "release.pdf is kept." in page.content.decode()
    again = contributor.post(ADD, {**filled(page), **boxes(page)})
    assert boxes(again) == boxes(page)
    contributor.post(ADD, {**filled(again), **boxes(again), "title": "Press release"})
    source = Source.objects.get()
    assert (source.title, source.publisher) == ("Press release", "DOJ")
    assert stored(source) == pdf_of(["A press release"])
    assert len(kept_files()) == 1


def test_an_unticked_file_is_left_out_and_a_new_one_replaces_it(contributor: Client) -> None:
    page = refused(contributor)
    contributor.post(ADD, filled(page, title="Without"))
    assert not Source.objects.get(title="Without").file
    contributor.post(ADD, {**filled(page, title="Another", file=document("Another")), **boxes(page)})
    assert stored(Source.objects.get(title="Another")) == pdf_of(["Another"])


def test_a_file_that_is_no_document_is_not_kept(contributor: Client) -> None:
    page: Any = contributor.post(
        ADD, filled(contributor.get(ADD), file=SimpleUploadedFile("page.pdf", b"<html>"), kind="official")
    )
    assert "This is not a PDF" in errors(page)
    assert boxes(page) == {}
    assert kept_files() == []


@pytest.mark.parametrize("broken", ["another account", "another word", "a day too late", "no such file"])
def test_a_token_that_is_not_the_accounts_own_brings_nothing(
    contributor: Client, reviewer: Client, broken: str, time_machine: Any, settings: Any
) -> None:
    settings.SESSION_COOKIE_AGE = 48 * 60 * 60
    page = refused(contributor)
    token = boxes(page)["file-kept"]
    client = reviewer if broken == "another account" else contributor
    if broken == "another word":
        token = f"x{token[1:]}"
    if broken == "no such file":
        kept_files()[0].unlink()
    if broken == "a day too late":
        time_machine.move_to(timezone.now() + timedelta(hours=25))
    answer = client.post(ADD, filled(page, **{"title": "Titled", "file-kept": token}))
    assert answer.status_code == 302
    assert not answer["Location"].startswith("/accounts/")
    assert not Source.objects.get().file


def test_a_file_chosen_for_a_source_that_somebody_else_saved_meanwhile_is_kept(
    contributor: Client, reviewer: Client
) -> None:
    source = factories.source()
    opened = contributor.get(change_url(source))
    open_and_save(reviewer, change_url(source), publisher="Bob's")
    page: Any = contributor.post(change_url(source), filled(opened, file=document()))
    assert "Nothing was saved" in errors(page)
    contributor.post(change_url(source), {**filled(page), **boxes(page)})
    source.refresh_from_db()
    assert source.publisher == "Bob's"
    assert stored(source) == pdf_of(["A press release"])


def test_rows_that_were_typed_are_still_there(contributor: Client) -> None:
    source = factories.source()
    typed = {
        "recipient_as_written": "",
        "jurisdiction": factories.state("IL").pk,
        "events-0-kind": "deadline",
        "events-0-on": "2017-04-21",
        "events-0-due_on": "2017-06-31",
        "citations-0-source": source.pk,
        "citations-0-quote": "By the end of June",
    }
    url = address(Letter, "add")
    page: Any = contributor.post(url, filled(contributor.get(url), **typed))
    told = errors(page)
    assert "This field is required." in told
    kept = filled(page)
    assert {name: str(kept[name]) for name in typed if typed[name]} == {
        name: str(value) for name, value in typed.items() if value
    }
    assert Letter.objects.count() == 0


def test_kept_files_are_deleted_after_a_day(contributor: Client) -> None:
    refused(contributor)
    tick.tick(timezone.now() + timedelta(hours=23))
    assert len(kept_files()) == 1
    tick.tick(timezone.now() + timedelta(hours=25))
    assert kept_files() == []


def test_a_choice_that_is_no_choice_is_refused_in_words(contributor: Client) -> None:
    url = address(Letter, "add")
    nonsense = {"jurisdiction": "nothing", "legal_authorities": ["x"], "citations-0-source": "9" * 30}
    page: Any = contributor.post(url, filled(contributor.get(url), recipient_as_written="Illinois", **nonsense))
    assert "not one of the available choices" in errors(page)
