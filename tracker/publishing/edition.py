"""From the ledger to the published edition: apply, sync, replay. Nothing else writes there.

Applying uses the ledger's documents only, never the working rows, and is idempotent. A publication counts as applied
once its own row stands in the edition's copy of the ledger, which happens in the same transaction.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.db import IntegrityError, connections, models, transaction
from django.db.models import Max

from nouns.databases import PUBLISHED, batches
from nouns.declarations import noun_models
from nouns.rows import write_rows
from tracker.evidence import sync_documents
from tracker.models import Publication
from tracker.publishing.award_totals import ProgramYear, settle, years_concerned
from tracker.publishing.documents import Address
from tracker.publishing.edition_rows import clear_nouns, empty_edition, write_nouns

logger = logging.getLogger(__name__)

GROUP = 2000
"""Publications applied in one piece, at least; those of one call always are."""
Progress = Callable[[int], object]
"""Told how many publications were applied, after each group of them."""


Rows = Callable[[Sequence[int]], list[Publication]]
"""Gives the whole publications of some ids, in order."""


class Entry(NamedTuple):
    """What a publication does, and to which record, without what it says."""

    id: int
    noun: str
    slug: str
    record_id: int
    action: str
    at: datetime


@dataclass
class SyncReport:
    """What a sync did: ids applied, ids that the edition's own rules refused (with why), whether all was replayed.

    `unsettled` are the programmes' years whose totals have to be made anew.
    """

    applied: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    replayed: bool = False
    unsettled: set[ProgramYear] = field(default_factory=set)

    def settle(self) -> None:
        """Make the totals of what was applied."""
        settle(self.unsettled)
        self.unsettled.clear()


def sync_published(progress: Progress = lambda _applied: None) -> SyncReport:
    """Apply what the ledger has and the edition lacks, in the ledger's order; replay all if the two disagree.

    Publications that cannot be applied (with those of the same call) are reported and do not block the later ones; the
    next sync tries them again.
    """
    report = SyncReport()
    with transaction.atomic(using=PUBLISHED):
        _lock_edition()
        if _histories_differ():
            logger.warning("The published edition does not follow the ledger; replaying all of it.")
            empty_edition()
            report.replayed = True
        for group in _pending():
            apply_group(group, _of_the_record, report)
            progress(len(report.applied))
        report.settle()
        transaction.on_commit(sync_documents, using=PUBLISHED, robust=True)
    for key, reason in report.failed.items():
        logger.error("Publication %s cannot be applied: %s", key, reason)
    return report


def replay(progress: Progress = lambda _applied: None) -> SyncReport:
    """Empty the published edition and rebuild it from the ledger, in one transaction."""
    with transaction.atomic(using=PUBLISHED):
        _lock_edition()
        empty_edition()
        report = sync_published(progress)
    report.replayed = True
    return report


@contextmanager
def rehearse(further: Sequence[Publication]) -> Iterator[None]:
    """Apply all that is pending, then `further`; take it back after.

    Inside, this thread reads the edition as it would be.
    Raises IntegrityError when the edition's own rules (unique values, checks) refuse it.
    """
    with _on_trial():
        report = SyncReport()
        for group in _pending():
            _apply(group, _of_the_record, report)
        if further:
            _apply([_entry(row) for row in further], lambda ids: [row for row in further if row.id in set(ids)], report)
        report.settle()
        yield


def prove() -> None:
    """Raise IntegrityError when the edition's own rules refuse what is pending, the caller's uncommitted rows included.

    The nouns are written and taken back, so that nothing enters the ledger that cannot be applied. Search entries and
    the copy of the ledger are left out: the first follow from the nouns, and the record holds the ledger to the same.
    """
    with _on_trial():
        for group in _pending():
            _apply(group, _of_the_record, SyncReport(), nouns_only=True)


@contextmanager
def _on_trial() -> Iterator[None]:
    """What is done to the edition inside is taken back."""
    with transaction.atomic(using=PUBLISHED):
        try:
            _lock_edition()
            if _histories_differ():
                empty_edition()
            yield
        finally:
            transaction.set_rollback(True, using=PUBLISHED)  # Django's own signature.


def _lock_edition() -> None:
    """Let one process apply at a time. SQLite's transactions are IMMEDIATE and so hold the lock already."""
    if connections[PUBLISHED].vendor == "postgresql":
        with connections[PUBLISHED].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('policy_tracker.edition'))")


def _histories_differ() -> bool:
    """Whether the edition's last publication is not the one that the ledger holds at that place."""
    last = Publication.edition.order_by("-id").values("id", "hash").first()
    return last is not None and not Publication.objects.filter(id=last["id"], hash=last["hash"]).exists()


def _missing_ids() -> list[int]:
    counts = Publication.edition.aggregate(last=Max("id"), rows=models.Count("id"))
    last, ids = counts["last"] or 0, Publication.objects.order_by("id").values_list("id", flat=True)
    if counts["rows"] == last:
        return list(ids.filter(id__gt=last))
    present = set(Publication.edition.values_list("id", flat=True))
    return [key for key in ids if key not in present]


def _pending() -> Iterator[list[Entry]]:
    return groups(_missing_ids(), Publication.objects.all())


def groups(ids: Sequence[int], ledger: models.QuerySet[Publication]) -> Iterator[list[Entry]]:
    """The ledger's entries of these ids in order, some 2,000 at a time, never parting those of one call."""
    group: list[Entry] = []
    for keys in batches(ids):
        for values in ledger.filter(id__in=keys).order_by("id").values_list(*Entry._fields):
            entry = Entry(*values)
            if len(group) >= GROUP and entry.at != group[-1].at:
                yield group
                group = []
            group.append(entry)
    if group:
        yield group


def apply_group(group: list[Entry], rows_of: Rows, report: SyncReport) -> None:
    """Apply a group in one piece, or call by call when the edition refuses the piece."""
    try:
        with transaction.atomic(using=PUBLISHED):
            _apply(group, rows_of, report)
        report.applied.extend(entry.id for entry in group)
    except IntegrityError:
        for _, entries in groupby(group, key=lambda entry: entry.at):
            call = list(entries)
            try:
                with transaction.atomic(using=PUBLISHED):
                    _apply(call, rows_of, report)
                report.applied.extend(entry.id for entry in call)
            except IntegrityError as error:
                report.failed.update({entry.id: str(error) for entry in call})


def _apply(group: Sequence[Entry], rows_of: Rows, report: SyncReport, *, nouns_only: bool = False) -> None:
    """Bring the edition to the state after these publications: clear every record concerned, then write them all.

    Only what the entries say is held together; the documents are read and written some at a time.
    """
    latest = {(entry.noun, entry.record_id): entry for entry in group}
    overtaken = _overtaken(group[0].id)
    current = [entry for key, entry in latest.items() if overtaken.get(key, 0) < entry.id]
    by_noun: dict[str, list[int]] = defaultdict(list)
    for entry in current:
        by_noun[entry.noun].append(entry.record_id)
    report.unsettled.update(years_concerned(by_noun))
    for noun, keys in by_noun.items():
        clear_nouns(noun_models()[noun], keys)
    written = {entry.id: entry for entry in current if entry.action not in Publication.REMOVALS}
    known = {Address(entry.noun, entry.slug): entry.record_id for entry in written.values()}
    for some in batches(entry.id for entry in group):
        rows = rows_of(some)
        write_nouns([row for row in rows if row.id in written], known, with_search=not nouns_only)
        if not nouns_only:
            copies = [{**vars(row), "by_id": None} for row in rows]  # The public does not learn the account.
            write_rows(Publication, copies, using=PUBLISHED)
    report.unsettled.update(years_concerned(by_noun))


def _of_the_record(ids: Sequence[int]) -> list[Publication]:
    return list(Publication.objects.filter(id__in=ids).order_by("id"))


def _overtaken(first: int) -> dict[tuple[str, int], int]:
    """The later publications that the edition holds already, because an earlier sync left a gap before them."""
    later = Publication.edition.filter(id__gt=first).order_by("id").values_list("noun", "record_id", "id")
    return {(noun, record_id): key for noun, record_id, key in later}


def _entry(row: Publication) -> Entry:
    return Entry(*(getattr(row, name) for name in Entry._fields))
