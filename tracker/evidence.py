"""The documents kept with sources: reading their text in the background, and showing the public those of the edition.

A document is private under its random name. While its source is published, a copy named by its checksum stands in a
folder of its own, which is all that a public process needs to see.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django_tasks import task

from nouns.databases import RECORD, batches
from reading.documents import Unreadable, read_pages
from tracker.models import Source
from tracker.models.source import digest_of

logger = logging.getLogger(__name__)

PAGE_BREAK = "\f"
"""Parts the pages of a stored text."""

TextState = Source.TextState


def request_reading(source: Source) -> None:
    """Ask the worker to read a document that waits to be read; does nothing when none does."""
    if source.text_state == TextState.WAITING:
        read_document.enqueue(source.pk)


@task()
def read_document(source_id: int) -> None:
    """Read the text of a source's document and keep it with the source. Bears being begun twice."""
    source = Source.objects.filter(pk=source_id, text_state=TextState.WAITING).first()
    if source is None:
        return
    name = source.file.name
    try:
        with source.file.open("rb") as document:
            pages = read_pages(document.read())
    except (Unreadable, OSError) as fault:
        found = {"text_state": TextState.FAILED, "text_fault": str(fault)[:300], "extracted_text": ""}
    else:
        has_text = any(page.strip() for page in pages)
        state = TextState.READ if has_text else TextState.NO_TEXT
        found = {"text_state": state, "text_fault": "", "extracted_text": PAGE_BREAK.join(pages) if has_text else ""}
    with transaction.atomic(using=RECORD):
        # Somebody may have chosen another document meanwhile, or changed the words beside it.
        stored = Source.objects.select_for_update().filter(pk=source_id, file=name).first()
        if stored is not None:
            for field, value in found.items():
                setattr(stored, field, value)
            stored._change_reason = "Its text was read"  # type: ignore[attr-defined]  # django-simple-history's.
            stored.save_bookkeeping(*found)


def pages_of(source: Source) -> list[str]:
    """The stored text of a source's document, page by page; empty while there is none."""
    return source.extracted_text.split(PAGE_BREAK) if source.extracted_text else []


def public_document(sha256: str) -> Path:
    """Where the public copy of a document stands while its source is published."""
    return Path(settings.PUBLISHED_FILES_ROOT) / f"{sha256}.pdf"


def sync_documents() -> None:
    """Bring the folder of public copies in line with the edition: add what is missing, remove what went.

    A copy is made from whatever file the record or its history knows by that checksum, since a draft may have chosen
    another document since. Bears being run twice and at any time.
    """
    folder = Path(settings.PUBLISHED_FILES_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = set(Source.edition.exclude(sha256="").values_list("sha256", flat=True))
    there = {path.stem for path in folder.glob("*.pdf")}
    for sha256 in there - wanted:
        public_document(sha256).unlink(missing_ok=True)
    for sha256, name in _kept_files(wanted - there):
        _copy(name, sha256)


def _kept_files(digests: Iterable[str]) -> list[tuple[str, str]]:
    """The checksum and the name of each file that the record ever kept under one of these checksums."""
    found: dict[str, str] = {}
    for batch in batches(sorted(digests)):
        known = Q(sha256__in=batch) & ~Q(file="")
        for rows in (Source.history.filter(known), Source.objects.filter(known)):
            found.update(rows.order_by().values_list("sha256", "file"))
    return list(found.items())


def _copy(name: str, sha256: str) -> None:
    storage = Source._meta.get_field("file").storage
    target = public_document(sha256)
    half_done = target.with_suffix(f".{os.getpid()}.part")
    try:
        with storage.open(name, "rb") as document:
            if digest_of(document) != sha256:
                logger.error("The document %s is not the one whose checksum was published (%s).", name, sha256)
                return
            half_done.write_bytes(document.read())
        half_done.replace(target)
    except FileNotFoundError:
        logger.exception("The document %s of a published source is missing.", name)
