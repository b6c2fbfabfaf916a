"""Past editions: what the edition held at an earlier publication, as SQLite files made from its ledger.

A file is made once, from the nearest earlier one that is kept, so that making it costs the difference. What reads the
published edition reads the file instead while that stands in for it. The record is not needed, and not touched.
See docs/adr/0007-known-at.md.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import shutil
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from nouns.databases import PUBLISHED, RECORD
from nouns.declarations import noun_models
from nouns.noun import PublicNoun
from tracker.models import AwardTotal, Publication
from tracker.publishing import search_tables
from tracker.publishing.documents import Address
from tracker.publishing.edition import SyncReport, apply_group, groups
from tracker.publishing.edition_rows import delete, tables_below
from tracker.publishing.search_index import clear_entries

logger = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds for which a request waits while another one makes an edition."""
MOST_WAITING = 2
"""Requests of a process that may make an edition or wait for one; the others are asked to come again."""
_WAITING = threading.BoundedSemaphore(MOST_WAITING)

CODE = Path(__file__).parent.parent


class Busy(RuntimeError):
    """Other past editions are being made just now."""


@contextmanager
def reading(publication: int, digest: str, *, without: Collection[Address] = ()) -> Iterator[None]:
    """Let what the block reads from the published edition come from the edition of this publication.

    `digest` is the publication's hash. Of the records in `without` the past edition has no words, only a row for what
    points to them. Raises Busy when the edition has to be made and cannot be now.
    """
    path = _kept(publication, digest, frozenset(without))
    past = _connection(f"file:{quote(str(path))}?mode=ro&immutable=1")
    try:
        with _standing_in(past):
            yield
    finally:
        past.close()


@contextmanager
def _standing_in(past: BaseDatabaseWrapper) -> Iterator[None]:
    """Put another connection in the place of the published edition's, for this thread."""
    present = connections[PUBLISHED]
    connections[PUBLISHED] = past
    try:
        yield
    finally:
        connections[PUBLISHED] = present


def _connection(name: str) -> BaseDatabaseWrapper:
    """A connection of its own to an SQLite database, under the alias of the published edition."""
    databases = {RECORD: {}, PUBLISHED: {"ENGINE": "django.db.backends.sqlite3", "NAME": name}}
    return ConnectionHandler(databases)[PUBLISHED]


def _kept(publication: int, digest: str, without: frozenset[Address]) -> Path:
    """The file of this edition, made now when it is not there."""
    whole = _path(publication, digest)
    path = _path(publication, digest, hashlib.sha256(repr(sorted(without)).encode()).hexdigest()) if without else whole
    if not path.exists():
        with _making():
            if not whole.exists():
                _make(whole, publication)
            if not path.exists():
                _make_without(path, whole, without)
            _discard_others(path, whole)
    os.utime(path)  # The time of its last use.
    return path


def _path(publication: int, digest: str, without: str = "") -> Path:
    parts = [str(publication), digest[:12], *([without[:12]] if without else []), _code()]
    return Path(settings.EDITIONS_ROOT) / f"{'-'.join(parts)}.sqlite3"


@cache
def _code() -> str:
    """A fingerprint of the code that makes editions, so that an upgrade uses none that an older one made."""
    files = sorted(file for room in ("jurisdictions", "tracker") for file in (CODE / room).rglob("*.py"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


@contextmanager
def _making() -> Iterator[None]:
    """Make one edition at a time, in all processes. Raises Busy when that would mean waiting for too long."""
    if not _WAITING.acquire(blocking=False):
        raise Busy
    with ExitStack() as stack:
        stack.callback(_WAITING.release)
        folder = Path(settings.EDITIONS_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        lock = stack.enter_context((folder / "lock").open("w"))
        until = time.monotonic() + PATIENCE
        while not _locked(lock):
            if time.monotonic() > until:
                raise Busy
            time.sleep(0.05)
        yield


def _locked(lock: Any) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _make(path: Path, publication: int) -> None:
    """Make the edition of this publication, whole or not at all."""
    started = time.monotonic()
    earlier = _nearest_before(publication)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    shutil.copyfile(_empty() if earlier is None else earlier, part)
    done = 0 if earlier is None else _publication_of(earlier)
    past, report = _connection(str(part)), SyncReport()
    ledger = Publication.edition.filter(id__gt=done, id__lte=publication)
    present = connections[PUBLISHED]

    def rows_of(ids: Sequence[int]) -> list[Publication]:
        with _standing_in(present):
            return list(ledger.filter(id__in=ids).order_by("id"))

    try:
        for group in groups(list(ledger.order_by("id").values_list("id", flat=True)), ledger):
            with _standing_in(past):
                apply_group(group, rows_of, report)
        with _standing_in(past):
            report.settle()
    finally:
        past.close()
    if report.failed:
        logger.error("The past edition %s lacks what cannot be applied: %s", path.name, report.failed)
    part.replace(path)
    logger.info("Made the past edition %s from %s in %.1f s", path.name, done, time.monotonic() - started)


def _make_without(path: Path, whole: Path, without: Collection[Address]) -> None:
    """Make an edition in which these records have no words."""
    part = path.with_suffix(".part")
    shutil.copyfile(whole, part)
    past = _connection(str(part))
    try:
        with _standing_in(past), past.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = ON")  # They ask for the words that go.
            for noun, slug in without:
                _take_words_of(noun_models()[noun], slug)
            delete(AwardTotal, {})  # They add up what was taken back too.
            # So that no trace of them stays in the index or on a page of the file that is free again.
            cursor.execute("INSERT INTO tracker_searchentry_fts(tracker_searchentry_fts) VALUES ('rebuild')")
            cursor.execute("VACUUM")
    finally:
        past.close()
    part.replace(path)


def _take_words_of(model: type[PublicNoun], slug: str) -> None:
    """Leave of a noun a row without words or figures, for what points to it, and of its publications no document."""
    rows: Any = models.QuerySet(model).using(PUBLISHED).filter(slug=slug)
    for key in rows.values_list("pk", flat=True):
        clear_entries(model.NOUN, [key])
        for table, column in tables_below(model):
            delete(table, {column: key})
        fields = [model._meta.get_field(name) for name in model.PUBLIC_FIELDS]
        rows.update(**{field.name: _without_words(field, slug) for field in fields if _has_words(field)})
    models.QuerySet(Publication).using(PUBLISHED).filter(noun=model.NOUN, slug=slug).update(document={})


def _has_words(field: Any) -> bool:
    return not field.is_relation and not field.choices


def _without_words(field: Any, slug: str) -> object:
    """Nothing; the slug where there has to be something."""
    if isinstance(field, models.CharField | models.TextField) and not field.blank:
        return slug[: field.max_length]
    return field.get_default()


def _empty() -> Path:
    """An edition with nothing in it: the tables as the models declare them, and the index of search."""
    path = _path(0, "empty")
    if not path.exists():
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        empty = _connection(str(part))
        try:
            with _standing_in(empty), empty.schema_editor() as editor:
                for model in apps.get_models():
                    if router.allow_migrate_model(PUBLISHED, model):
                        editor.create_model(model)
                search_tables.create(apps, editor)
        finally:
            empty.close()
        part.replace(path)
    return path


def _publication_of(path: Path) -> int:
    return int(path.name.split("-", maxsplit=1)[0])


def _nearest_before(publication: int) -> Path | None:
    """The kept edition, of this ledger and made by this code, from which the least is missing."""
    kept = sorted(Path(settings.EDITIONS_ROOT).glob(f"*-{_code()}.sqlite3"), key=_publication_of, reverse=True)
    earlier = [path for path in kept if 0 < _publication_of(path) < publication]
    digests = dict(Publication.edition.filter(id__in=map(_publication_of, earlier)).values_list("id", "hash"))
    return next((path for path in earlier if path == _path(key := _publication_of(path), digests.get(key, ""))), None)


def _discard_others(*needed: Path) -> None:
    """Remove what was used longest ago where more are kept than should be. Whoever reads one still reads it whole."""
    others = set(Path(settings.EDITIONS_ROOT).glob("*.sqlite3")) - {*needed, _path(0, "empty")}
    room = max(settings.EDITIONS_KEPT - len(set(needed)), 0)
    for file in sorted(others, key=lambda file: file.stat().st_mtime, reverse=True)[room:]:
        file.unlink()
