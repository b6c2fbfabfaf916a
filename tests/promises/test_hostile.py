"""Whatever a record says stays words: no surface takes it for markup, a formula, a line of its own or an order."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
import time_machine
from django import forms
from django.contrib.auth.models import User
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.utils import timezone

from desk.models import Follow
from desk.reminders.deadlines import remind
from inbox.models import Report
from nouns.databases import PUBLISHED
from nouns.declarations import child_models, noun_models
from nouns.noun import Declared
from snapshots.build import build
from tests import factories
from tests.conftest import ALL_DATABASES, Publish, SignIn, Work
from tests.desk.admin.desk import address, filled
from tests.editions import edition_models
from tests.hostile import LETTERS, MARKUP, WORD, harm_in, harm_in_table, make_hostile
from tests.surfaces import public_addresses, staff_addresses
from tracker.evidence import sync_documents
from tracker.models import (
    AwardShare,
    LawsuitEvent,
    LawsuitParty,
    Letter,
    LetterBatch,
    LetterEvent,
    PolicyAnswer,
    PolicyEvent,
    Publication,
    TableImport,
)
from tracker.publishing import workflow

pytestmark = pytest.mark.django_db(databases=ALL_DATABASES)


@pytest.fixture(autouse=True)
def _queries_are_counted_elsewhere(settings: Any) -> None:
    """Silence the watcher for loops of queries; what pages ask is counted in the rooms' own tests."""
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]


@pytest.fixture
def rows() -> dict[str, Any]:
    """A hostile draft of every noun, with a hostile row of every kind below it."""
    made = {noun: make(slug=f"hostile-{noun}") for noun, make in factories.MAKERS.items()}
    made["jurisdictions"].names.create(name="Another name")
    AwardShare(award=made["grants"], jurisdiction=factories.state("CA"), amount="400.00").save()
    LawsuitParty(lawsuit=made["lawsuits"], role="plaintiff", name="Illinois").save()
    LawsuitEvent(lawsuit=made["lawsuits"], kind="order", on="2017-10-19", scope="nationwide").save()
    LetterEvent(letter=made["letters"], kind="response", on="2017-06-28").save()
    PolicyAnswer(policy=made["policies"], question=made["questions"], answer="yes").save()
    PolicyEvent(policy=made["policies"], kind="amended", on="2016-09").save()
    for noun, row in made.items():
        row.refresh_from_db()
        for relation in child_models(noun_models()[noun]):
            for child in getattr(row, relation).all():
                make_hostile(child)
        row.refresh_from_db()
        make_hostile(row)
    return made


@pytest.fixture
def published(rows: dict[str, Any], publish: Publish) -> dict[str, Any]:
    """The same made public, the letter twice, with its reason to correct it."""
    rows["sources"].file = SimpleUploadedFile("letter.pdf", b"%PDF-1.4 A letter")
    rows["sources"].save()
    publish(*rows.values())
    rows["letters"].summary = f"{MARKUP} again"
    rows["letters"].save()
    publish(rows["letters"], action="correct", reason=f"{MARKUP} {LETTERS}")
    sync_documents()
    for model in edition_models():
        assert not issubclass(model, Declared) or model._base_manager.using(PUBLISHED).exists(), (
            f"{model.__name__} has no hostile row: make one in `rows`."
        )
    return rows


def test_no_public_surface_obeys_a_record_or_its_address(published: dict[str, Any], client: Client) -> None:
    slugs = {noun: row.slug for noun, row in published.items()}
    searches = [f"{door}/?q={WORD}" for door in ("/search", "/api/v1/search", *(f"/{noun}" for noun in slugs))]
    shown: set[str] = set()
    for where in [*public_addresses(slugs), *searches]:
        response: Any = client.get(where)
        assert response.status_code < 500, where
        shown.update({where} if WORD.encode() in getattr(response, "content", b"") else ())
        assert harm_in(response) == [], where
    assert {*searches[:2], "/letters/hostile-letters/", "/letters/feed.atom", "/changes/", "/corrections/"} <= shown
    for where in public_addresses(slugs):
        for name in ("q", MARKUP):
            response = client.get(where, {name: f"{MARKUP}\0"})
            assert response.status_code < 500, where
            assert harm_in(response) == [], where


def test_data_is_the_very_words_and_no_file_runs_them(
    published: dict[str, Any], client: Client, settings: Any, tmp_path: Path
) -> None:
    for noun, row in published.items():
        told = client.get(f"/api/v1/{noun}/{row.slug}/").json()
        for name in row.PUBLIC_FIELDS:
            if isinstance(row._meta.get_field(name), models.TextField):
                assert told[name] == getattr(row, name), (noun, name)
    settings.SNAPSHOTS_ROOT = tmp_path
    built = build(Letter.edition.get().updated_at)
    assert built is not None
    paths = {file.form: built.path(file) for file in built.files}
    with ZipFile(paths["csv"]) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                assert harm_in_table(archive.read(name).decode()) == [], name
        assert WORD.encode() in archive.read("letters.csv")
    with ZipFile(paths["json"]) as archive:
        lines = [json.loads(line) for line in archive.read("letters.jsonl").splitlines()]
    assert [line["demand"] for line in lines] == [published["letters"].demand]
    database = sqlite3.connect(paths["sqlite"])
    assert database.execute("SELECT count(*) FROM letters WHERE demand LIKE ?", [f"%{WORD}%"]).fetchone() == (1,)
    database.close()


@pytest.fixture
def at_the_desk(published: dict[str, Any], alice: User) -> list[Any]:
    """The public rows, a letter with edits, one in review, a withdrawn one, and what else the desk keeps."""
    alice.first_name = MARKUP[:150]
    alice.save()
    edited, waiting = published["letters"], factories.letter(slug="waiting")
    edited.summary = f"{MARKUP}{LETTERS} once more"
    edited.internal_notes = MARKUP
    edited.save()
    make_hostile(waiting)
    workflow.submit(waiting, by=alice)
    report = Report.objects.create(
        id=uuid4(),
        sent_at=timezone.now(),
        noun="letters",
        slug=edited.slug,
        dataset_version=1,
        receipt_hash="0" * 64,
        wrong=MARKUP + LETTERS[:1000],
    )
    kept = TableImport.objects.create(account=alice, noun="letters", name=MARKUP[:100], sha256="0" * 64)
    return [*published.values(), waiting, Publication.objects.last(), report, kept, alice]


def test_no_page_of_the_desk_obeys_a_record(at_the_desk: list[Any], carol: User, sign_in: SignIn) -> None:
    desk = sign_in(carol)
    tiles = [tile.url for tile in desk.get("/admin/").context["tiles"]]
    searches = [f"/admin/search/?s={WORD}", f"{address(Letter, 'changelist')}?q={WORD}"]
    shown: set[str] = set()
    for where in ["/admin/", *tiles, *searches, *staff_addresses(at_the_desk)]:
        response: Any = desk.get(where)
        assert response.status_code < 500, where
        shown.update({where} if WORD.encode() in getattr(response, "content", b"") else ())
        assert harm_in(response) == [], where
    letter = at_the_desk[-5]
    pages = ("change", "history", "delete", "publish", "preview_page")
    assert {*searches, *(address(Letter, page, letter.pk) for page in pages)} <= shown


def test_no_mail_bears_a_header_of_a_record(alice: User, work_off: Work) -> None:
    letter = factories.letter(recipient_as_written="State of Illinois\r\nBcc: everybody@evil.example")
    Follow.objects.create(account=alice, letter=letter)
    with time_machine.travel("2017-06-29T12:00:00-04:00", tick=False):
        remind(timezone.now())
        work_off()
    [message] = mail.outbox
    assert message.subject.startswith("Reply due tomorrow: State of Illinois Bcc: everybody@evil.example")
    assert "Bcc" not in message.message()


NUL = "a\0b"


def text_fields(page: Any) -> dict[str, str]:
    """A NUL for every text that the forms of a page ask for."""
    context = page.context
    pages_forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        pages_forms += inline.formset.forms
    return {
        field.html_name: NUL
        for form in pages_forms
        for field in form
        if isinstance(field.field, forms.CharField) and not field.is_hidden
    }


def test_no_form_of_the_desk_keeps_what_no_database_can(carol: User, sign_in: SignIn) -> None:
    desk = sign_in(carol)
    for noun, make in factories.MAKERS.items():
        row = make()
        before, where = row.revision, address(type(row), "change", row.pk)
        page: Any = desk.get(where)
        asked = text_fields(page)
        answered: Any = desk.post(where, filled(page, **asked))
        assert answered.status_code == 200, noun
        assert len(answered.context["errors"]) >= len([name for name in asked if "-" not in name]), noun
        row.refresh_from_db()
        assert row.revision == before, noun


def test_no_other_way_in_trips_over_what_no_database_keeps(
    published_letter: Letter, carol: User, client: Client, sign_in: SignIn
) -> None:
    desk = sign_in(carol)
    report = f"/letters/{published_letter.slug}/report/"
    assert client.post(report, {"wrong": NUL, "right": NUL, "name": NUL, "stamp": NUL}).status_code in {200, 400}
    pasted = desk.post(address(LetterBatch, "paste"), {"lines": f"{NUL}\n{MARKUP}", "title": NUL, "sent_on": NUL})
    assert (pasted.status_code, harm_in(pasted)) == (200, [])
    table = SimpleUploadedFile("letters.csv", f"slug,demand\r\n{published_letter.slug},{NUL}\r\n".encode())
    uploaded: Any = desk.post(address(TableImport, "new", "letters"), {"file": table}, follow=True)
    assert uploaded.status_code == 200
    assert harm_in(uploaded) == []
    choice = {"app_label": "tracker", "model_name": "letter", "field_name": "jurisdiction", "term": NUL}
    letters = address(Letter, "changelist")
    for where, asked, status in (
        ("/admin/search/", {"s": NUL}, 400),
        ("/admin/autocomplete/", choice, 400),
        (letters, {"state": NUL}, 400),
        (address(Letter, "add"), {"batch": NUL}, 400),
        (letters, {"q": NUL}, 200),
        (f"{letters}export.csv", {"q": NUL}, 200),
    ):
        found: Any = desk.get(where, asked)
        assert (found.status_code, harm_in(found)) == (status, []), where
    published_letter.refresh_from_db()
    assert published_letter.demand == ""
