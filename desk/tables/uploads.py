"""Uploaded tables: kept, looked at, and carried out once when their account says so; the largest by the worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from desk.tables.bulk import BULK, staged
from desk.tables.imports import Progress, Report, Table, look, prepare, refuse
from desk.tables.problems import Refused
from desk.tables.rows import BY_HAND, IN_BULK
from nouns.databases import RECORD
from nouns.declarations import noun_models
from nouns.history import LONGEST_REASON
from nouns.noun import PublicNoun
from tracker.models import TableImport
from tracker.models.source import digest_of

KEPT = timedelta(days=14)
"""How long an uploaded file is kept."""
State = TableImport.State


def upload(file: UploadedFile[bytes], model: type[PublicNoun], *, by: User) -> TableImport:
    """Keep the file and look at it. One that is too large to wait for is left to the worker, if its noun allows it."""
    name = PurePosixPath(file.name or "").name[-200:]
    kept = TableImport(account=by, noun=model.NOUN, name=name, sha256=digest_of(file))
    kept.in_bulk = model in BULK and (file.size or 0) > BY_HAND.size
    kept.file.save(name, file)
    look_again(kept)
    return kept


def look_again(kept: TableImport) -> None:
    """Look at an uploaded table that was not carried out, at once or in the worker."""
    if not kept.in_bulk:
        report = _report(kept)
        if not (report.too_large and noun_models()[kept.noun] in BULK):
            _looked_at(kept, report)
            return
        kept.in_bulk = True
    kept.state, kept.rows_seen = State.WAITING, 0
    kept.save()
    look_at_table.enqueue(kept.pk)


def confirm(key: int, *, by: User, why: str) -> TableImport:
    """Carry out a table of this account that was looked at, once: whoever asks again is shown what was done.

    When the record changed since, nothing is written, and the report says what the table would do now. Raises
    TableImport.DoesNotExist, and PermissionDenied as the noun's form would.
    """
    kept = TableImport.objects.get(pk=key, account=by)
    reason = f"{why or 'Imported'} ({kept.name})"[:LONGEST_REASON]
    if kept.in_bulk:
        with _claimed(kept, State.LOOKED_AT) as claimed:
            if claimed and not kept.report["problems"]:
                kept.state, kept.reason, kept.rows_seen = State.WRITING, reason, 0
                kept.save()
                write_table.enqueue(kept.pk)
    elif kept.state == State.LOOKED_AT:
        _carry_out(kept, reason)
    return kept


def _carry_out(kept: TableImport, reason: str) -> None:
    try:
        with _opened(kept) as table:
            prepared = prepare(table, seen=kept.report["digest"])
        with _claimed(kept, State.LOOKED_AT) as claimed:
            if claimed:
                kept.reason = reason
                _done(kept, prepared.write(by=kept.account, reason=reason))
    except Refused:
        look_again(kept)


@contextmanager
def _claimed(kept: TableImport, state: str) -> Iterator[bool]:
    """A transaction in which nobody else carries out this table; whether it is still in this state."""
    with transaction.atomic(using=RECORD):
        stored = TableImport.objects.select_for_update().get(pk=kept.pk)
        kept.state, kept.report = stored.state, stored.report
        yield stored.state == state


@task()
def look_at_table(key: int) -> None:
    """Look at a large table. Bears being begun twice."""
    kept = TableImport.objects.filter(pk=key, state=State.WAITING).first()
    if kept is not None:
        _looked_at(kept, _report(kept))


@task()
def write_table(key: int) -> None:
    """Carry out a large table. Bears being begun twice: whatever it writes is written with the note that it is done."""
    kept = TableImport.objects.filter(pk=key, state=State.WRITING).first()
    if kept is None:
        return
    try:
        with _opened(kept) as table, staged(table, by=kept.account, progress=_progress_of(kept)) as staging:
            refuse(staging.report, kept.report["digest"])
            with _claimed(kept, State.WRITING) as claimed:
                if claimed:
                    staging.merge(reason=kept.reason)
                    _done(kept, staging.report)
    except Refused as refusal:
        _looked_at(kept, _refused(refusal))
    except PermissionDenied as refusal:
        _looked_at(kept, _refused(Refused(str(refusal))))


def forget_tables(now: datetime) -> int:
    """Delete files that were uploaded long ago, and what was never carried out altogether; return how many."""
    old = TableImport.objects.filter(created_at__lte=now - KEPT).exclude(file="")
    for kept in old:
        kept.file.delete(save=False)
        if kept.state == State.DONE:
            kept.save()
        else:
            kept.delete()
    return len(old)


def earlier_twin(kept: TableImport) -> TableImport | None:
    """The last import of this very file that was carried out."""
    twins = TableImport.objects.filter(noun=kept.noun, sha256=kept.sha256, state=State.DONE).exclude(pk=kept.pk)
    return twins.select_related("account").order_by("-done_at").first()


@contextmanager
def _opened(kept: TableImport) -> Iterator[Table]:
    """The kept file as a table. Raises Refused when it is not the file that was uploaded."""
    with kept.file.open("rb") as file:
        if digest_of(kept.file) != kept.sha256:
            raise Refused("The kept file is not the one that was uploaded. Upload it again.")
        yield Table(noun_models()[kept.noun], cast("BinaryIO", file), kept.name, IN_BULK if kept.in_bulk else BY_HAND)


def _report(kept: TableImport) -> Report:
    """What the table would do now."""
    try:
        with _opened(kept) as table:
            return look(table, _progress_of(kept))
    except Refused as refusal:
        return _refused(refusal)


def _refused(refusal: Refused) -> Report:
    return Report(problems=refusal.problems, problems_total=refusal.total)


def _looked_at(kept: TableImport, report: Report) -> None:
    kept.state, kept.report = State.LOOKED_AT, report.as_json()
    kept.save()


def _done(kept: TableImport, report: Report) -> None:
    kept.state, kept.report, kept.done_at = State.DONE, report.as_json(), timezone.now()
    kept.save()


def _progress_of(kept: TableImport) -> Progress:
    def note(rows: int) -> None:
        kept.rows_seen = rows
        TableImport.objects.filter(pk=kept.pk).update(rows_seen=rows)

    return note
