"""Who may do what with the things of the desk that are no nouns; and that no page of the desk is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse
from django.utils import timezone

from desk.admin.staff_site import site
from desk.models import BackgroundWork, Follow, SetAside
from inbox.models import Report
from nouns.noun import PublicNoun
from tests import factories
from tests.conftest import ALL_DATABASES
from tests.desk.admin.desk import address, filled
from tests.desk.test_work import piece
from tests.matrix import KEEPERS, NOBODY, REVIEWERS, STAFF, Cells, Clients, matrix, page, post
from tracker.models import Letter, LetterBatch, Publication, Record, Source, TableImport

pytestmark = pytest.mark.django_db(databases=ALL_DATABASES)


@pytest.fixture(autouse=True)
def _queries_are_counted_elsewhere(settings: Any) -> None:
    """Silence the watcher for loops of queries; what pages ask is counted in the rooms' own tests."""
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]


def closed(model: Any, key: Any) -> Cells:
    """The deeds with things that nobody makes, alters or deletes by hand."""
    return {
        "list": page(model, "changelist"),
        "open": page(model, "change", key),
        "add": post(model, "add", name="Owner"),
        "change": post(model, "change", key, name="Owner"),
        "delete": post(model, "delete", key, post="yes"),
    }


def only_read_by(readers: set[str]) -> dict[str, set[str]]:
    return {"list": readers, "open": readers, "add": NOBODY, "change": NOBODY, "delete": NOBODY}


def test_accounts_by_role_and_deed(clients: Clients, accounts: dict[str, User]) -> None:
    dave = accounts["dave"]
    form = filled(clients["carol"].get(address(User, "change", dave.pk)), first_name="David")
    words = {"password1": "a-long-new-password", "password2": "a-long-new-password", "usable_password": "true"}
    cells = {
        **closed(User, dave.pk),
        "history": page(User, "history", dave.pk),
        "add": post(User, "add", username="erin", **words),
        "change": post(User, "change", dave.pk, **form),
        "password": post(User, "password_change", dave.pk, **words),
    }
    assert matrix(User, cells, clients) == {**dict.fromkeys(cells, KEEPERS), "delete": NOBODY}


def test_roles_by_role_and_deed(clients: Clients) -> None:
    assert matrix(Group, closed(Group, Group.objects.get(name="Reviewer").pk), clients) == only_read_by(KEEPERS)


def test_the_ledger_by_role_and_deed(clients: Clients, published_letter: Letter) -> None:
    cells = closed(Publication, Publication.objects.latest("pk").pk)
    assert matrix(Publication, cells, clients) == only_read_by(STAFF)


def test_background_work_by_role_and_deed(clients: Clients) -> None:
    failed = piece("FAILED", attempts=3)
    tried = {"try again": post(BackgroundWork, "try_again", failed.pk)}
    left = {"set aside": post(BackgroundWork, "set_aside", failed.pk)}
    found = matrix(BackgroundWork, {**closed(BackgroundWork, failed.pk), **tried}, clients)
    assert found == {**only_read_by(REVIEWERS), "try again": REVIEWERS}
    assert matrix(SetAside, left, clients) == {"set aside": REVIEWERS}


def test_reports_of_mistakes_by_role_and_deed(clients: Clients) -> None:
    report = Report.objects.create(
        id=uuid4(), noun="letters", slug="a-letter", dataset_version=1, wrong="The day.", sent_at=timezone.now()
    )
    cells = {**closed(Report, report.pk), "change": post(Report, "change", report.pk, state="taken_up", words="Yes.")}
    assert matrix(Report, cells, clients) == {**only_read_by(STAFF), "change": REVIEWERS}


def test_following_by_role_and_deed(clients: Clients, draft_letter: Letter) -> None:
    cells = {
        "my deadlines": page(Follow, "changelist"),
        "follow everything": post(Follow, "changelist", everything="on"),
        "follow a letter": post(Follow, "letter", draft_letter.pk, follow="1"),
    }
    assert matrix(Follow, cells, clients) == dict.fromkeys(cells, STAFF)


def test_a_document_is_fetched_by_every_role(clients: Clients, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    source = factories.source(file=SimpleUploadedFile("letter.pdf", b"%PDF-1.4"))
    assert matrix(Source, {"fetch": page(Source, "document", source.pk)}, clients) == {"fetch": STAFF}


def test_what_helps_to_log_letters_opens_for_every_role(clients: Clients, published_letter: Letter) -> None:
    batch = factories.letter_batch()
    cells = {
        "paste": page(LetterBatch, "paste"),
        "wording": page(LetterBatch, "wording", batch.pk),
        "from a document": page(Letter, "from_document"),
        "preview": page(Letter, "preview", published_letter.pk),
        "its page": page(Letter, "preview_page", published_letter.pk),
    }
    assert matrix(Letter, cells, clients) == dict.fromkeys(cells, STAFF)


def test_an_import_is_seen_by_whoever_began_it_alone(clients: Clients, accounts: dict[str, User]) -> None:
    begun = TableImport.objects.create(account=accounts["alice"], noun="letters", name="letters.csv", sha256="0" * 64)
    cells = {"list": page(TableImport, "changelist"), "open": page(TableImport, "change", begun.pk)}
    assert matrix(TableImport, cells, clients) == {"list": STAFF, "open": {"alice"}}


@pytest.mark.parametrize("name", ["index", "search", "autocomplete", "jsi18n"])
def test_pages_of_no_noun_open_for_those_with_a_role(name: str, clients: Clients) -> None:
    query = {"s": "illinois", "app_label": "tracker", "model_name": "letter", "field_name": "jurisdiction"}
    found = {
        person for person, client in clients.items() if client.get(reverse(f"admin:{name}"), query).status_code == 200
    }
    assert found == STAFF


ANYWHERE = {"changelist", "add", "change", "delete", "history"}
MOVES = {"submit", "publish", "send-back", "discard", "withdraw", "merge", "preview", "preview_page"}
OTHER_PAGES: dict[type[models.Model], set[str]] = {
    LetterBatch: {"paste", "wording"},
    Letter: {"from_document", "reading"},
    TableImport: {"new"},  # Tried with each noun.
    Source: {"document"},
    User: {"password_change", "second_factor"},  # The second is tried in tests/config/test_second_factor.py.
    BackgroundWork: {"try_again", "set_aside"},
    Follow: {"letter", "calendar"},  # The second is tried in tests/desk/test_pages.py.
}


@pytest.mark.parametrize("model", site._registry, ids=lambda model: model.__name__)
def test_every_page_of_the_desk_is_in_the_matrix(model: type[models.Model]) -> None:
    """A new page fails here: add who may do what it does to the tables above, and its name to those known."""
    options = model._meta
    names = {
        str(pattern.name).removeprefix(f"{options.app_label}_{options.model_name}_")
        for pattern in site._registry[model].get_urls()
        if pattern.name
    }
    known = ANYWHERE | OTHER_PAGES.get(model, set())
    if issubclass(model, PublicNoun):
        known |= {"simple_history", "export"} | (MOVES if issubclass(model, Record) else set())
    assert names <= known
