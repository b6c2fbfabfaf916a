"""The documents kept with sources: staff fetch them as downloads, and nobody else at all."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import factories
from tests.tracker.admin.desk import address, change_url, filled, open_and_save
from tracker.models import Source

PAGE = b"<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def kept(contributor: Client) -> Source:
    """A source with a document that a contributor uploaded."""
    source: Source = factories.source(slug="a-letter")
    upload = SimpleUploadedFile("Letter of Alice.html", PAGE)
    open_and_save(contributor, change_url(source), file=upload)
    source.refresh_from_db()
    return source


def test_an_uploaded_document_gets_its_checksum_and_a_name_that_tells_nothing(kept: Source) -> None:
    assert kept.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert "Alice" not in str(kept.file.name)
    assert kept.revision == 2


def test_staff_fetch_it_as_a_download(kept: Source, contributor: Client) -> None:
    url = address(Source, "document", kept.pk)
    assert f'href="{url}"' in contributor.get(change_url(kept)).content.decode()
    response = contributor.get(url)
    assert b"".join(response.streaming_content) == PAGE  # type: ignore[attr-defined]  # It streams a file.
    assert response["Content-Disposition"] == 'attachment; filename="a-letter.html"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_nobody_else_does(kept: Source, client: Client) -> None:
    assert client.get(address(Source, "document", kept.pk)).status_code == 302
    assert client.get(f"/{kept.file.name}").status_code == 404


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
