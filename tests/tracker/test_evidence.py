"""A document's text is read in the background; the public fetches it as long as its source is published."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.pdfs import pdf_of
from tracker import evidence
from tracker.models import Source
from tracker.publishing import workflow

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.PUBLISHED_FILES_ROOT = tmp_path / "published"


def kept(content: bytes, **fields: Any) -> Source:
    source: Source = factories.source(file=SimpleUploadedFile("letter.pdf", content), **fields)
    return source


def read(source: Source) -> Source:
    evidence.read_document.func(source.pk)
    source.refresh_from_db()
    return source


def test_the_text_of_a_document_is_read_page_by_page() -> None:
    source = kept(pdf_of(["April 21, 2017", "no later than June 30, 2017"]))
    assert source.text_state == "waiting"
    revision = read(source).revision
    assert source.text_state == "read"
    assert ["2017" in page for page in evidence.pages_of(source)] == [True, True]
    assert read(source).revision == revision


@pytest.mark.parametrize(
    ("content", "state"), [(pdf_of([""]), "no_text"), (b"%PDF-1.4\nbroken", "failed")], ids=["scan", "damaged"]
)
def test_what_has_no_text_says_so(content: bytes, state: str) -> None:
    source = read(kept(content))
    assert source.text_state == state
    assert bool(source.text_fault) == (state == "failed")


def test_another_document_is_read_anew() -> None:
    source = read(kept(pdf_of(["The first"])))
    source.file = SimpleUploadedFile("letter.pdf", pdf_of(["The second"]))
    source.save()
    assert (source.text_state, source.extracted_text) == ("waiting", "")
    assert "second" in read(source).extracted_text


def fetched(client: Client, slug: str) -> Any:
    return client.get(f"/sources/{slug}/document.pdf")


@pytest.mark.django_db(databases=BOTH_DATABASES, transaction=True)
def test_the_public_fetches_the_document_of_a_published_source_alone(
    client: Client, publish: Publish, bob: Any, settings: Any
) -> None:
    content = pdf_of(["To be read by anybody"])
    source = kept(content, slug="a-letter")
    unknown = fetched(client, "never-existed").content
    assert fetched(client, "a-letter").content == unknown
    publish(source)
    answer = fetched(client, "a-letter")
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"] == 'attachment; filename="a-letter.pdf"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "The document itself" in client.get("/sources/a-letter/").content.decode()

    source.refresh_from_db()
    source.file = SimpleUploadedFile("letter.pdf", pdf_of(["A draft's document"]))
    source.save()
    evidence.sync_documents()
    assert b"".join(fetched(client, "a-letter").streaming_content) == content

    source.refresh_from_db()
    workflow.withdraw(source, by=bob, reason="It was another letter.")
    assert fetched(client, "a-letter").status_code == 404
    assert list((Path(settings.PUBLISHED_FILES_ROOT)).iterdir()) == []


@pytest.mark.django_db(databases=BOTH_DATABASES, transaction=True)
def test_a_public_copy_that_went_missing_is_made_again(client: Client, publish: Publish) -> None:
    source = kept(pdf_of(["Here again"]), slug="a-letter")
    publish(source)
    evidence.public_document(source.sha256).unlink()
    assert fetched(client, "a-letter").status_code == 404
    evidence.sync_documents()
    assert b"".join(fetched(client, "a-letter").streaming_content).startswith(b"%PDF")


@pytest.mark.django_db(databases=BOTH_DATABASES, transaction=True)
def test_a_file_that_was_exchanged_is_not_shown(client: Client, publish: Publish) -> None:
    source = kept(pdf_of(["What was published"]), slug="a-letter")
    publish(source)
    evidence.public_document(source.sha256).unlink()
    Path(source.file.path).write_bytes(pdf_of(["Something else"]))
    evidence.sync_documents()
    assert fetched(client, "a-letter").status_code == 404
