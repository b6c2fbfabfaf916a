"""The documents kept with sources: what may be kept, how staff fetch them, and that nobody else does."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from tests import factories
from tests.desk.admin.desk import address, change_url, errors, filled, open_and_save
from tracker.models import Source

PDF = b"%PDF-1.4\nnot much of one"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def upload(content: bytes = PDF, name: str = "Letter of Alice.PDF") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def kept(contributor: Client) -> Source:
    """A source with a document that a contributor uploaded."""
    source: Source = factories.source(slug="a-letter")
    open_and_save(contributor, change_url(source), file=upload())
    source.refresh_from_db()
    return source


def test_an_uploaded_document_gets_its_checksum_and_a_name_that_tells_nothing(kept: Source) -> None:
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert "Alice" not in str(kept.file.name)
    assert str(kept.file.name).endswith(".pdf")
    assert kept.revision == 2


def test_staff_fetch_it_as_a_download(kept: Source, contributor: Client) -> None:
    url = address(Source, "document", kept.pk)
    assert f'href="{url}"' in contributor.get(change_url(kept)).content.decode()
    response = contributor.get(url)
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]  # It streams a file.
    assert response["Content-Disposition"] == 'attachment; filename="a-letter.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_nobody_else_does(kept: Source, client: Client) -> None:
    assert client.get(address(Source, "document", kept.pk)).status_code == 302
    assert client.get(f"/{kept.file.name}").status_code == 404
    assert client.get("/sources/a-letter/document.pdf").status_code == 404


def test_a_source_without_a_document_has_none_to_fetch(contributor: Client) -> None:
    source = factories.source()
    assert contributor.get(address(Source, "document", source.pk)).status_code == 404
    assert contributor.get(address(Source, "document", source.pk + 1)).status_code == 404


def test_saving_the_form_again_keeps_the_document(kept: Source, contributor: Client) -> None:
    data = filled(contributor.get(change_url(kept)), note="Read twice.")
    data.pop("file", None)
    contributor.post(change_url(kept), data)
    kept.refresh_from_db()
    assert kept.file
    assert kept.note == "Read twice."


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (PDF, "letter.html", "Only PDF files are kept"),
        (b"<script>alert(1)</script>", "letter.pdf", "This is not a PDF"),
        (PDF + b" " * (25 * 1024 * 1024), "letter.pdf", "25 MB"),
    ],
)
def test_only_a_pdf_of_25_mb_is_kept(contributor: Client, content: bytes, name: str, reason: str) -> None:
    source = factories.source()
    page = contributor.get(change_url(source))
    refused = contributor.post(change_url(source), filled(page, file=upload(content, name)))
    assert reason in errors(refused)
    source.refresh_from_db()
    assert not source.file


def test_the_same_document_twice_is_named(kept: Source, contributor: Client) -> None:
    other = factories.source(slug="again")
    page = contributor.get(change_url(other))
    refused = contributor.post(change_url(other), filled(page, file=upload(name="other.pdf")))
    assert "already kept with the source" in errors(refused)
    assert "a-letter" in errors(refused)


def test_the_database_keeps_a_document_once_and_with_its_checksum(kept: Source) -> None:
    with pytest.raises(IntegrityError, match=r"source_document_is_kept_once|sha256"), transaction.atomic():
        Source(slug="by-hand", title="By hand", kind="news", file="sources/x.pdf", sha256=kept.sha256).save_base()
    with pytest.raises(IntegrityError, match="source_document_has_a_checksum"), transaction.atomic():
        Source(slug="by-hand", title="By hand", kind="news", file="sources/x.pdf").save_base()
