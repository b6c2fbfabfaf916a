"""From the ledger to the published edition: apply, sync, replay. Nothing else writes there.

Applying uses the ledger's documents only, never the working rows, and is idempotent. A publication counts as applied
once its own row stands in the edition's copy of the ledger, which happens in the same transaction.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

from django.db import IntegrityError, connections, models, transaction
from django.db.models import Max

from nouns.databases import BATCH, PUBLISHED, batches
from nouns.declarations import noun_models
from tracker.evidence import sync_documents
from tracker.models import Publication
from tracker.publishing.award_totals import ProgramYear, settle, years_concerned
from tracker.publishing.edition_rows import (
    clear_nouns,
    empty_edition,
    keys_of_references,
    write_nouns,
)

logger = logging.getLogger(__name__)

GROUP = 2000
"""Publications applied in one piece, at least; bounds the memory of a replay."""


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


def sync_published() -> SyncReport:
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
        for group in groups(_missing_ids(), Publication.objects.all()):
            apply_group(group, report)
        report.settle()
        transaction.on_commit(sync_documents, using=PUBLISHED, robust=True)
    for key, reason in report.failed.items():
        logger.error("Publication %s cannot be applied: %s", key, reason)
    return report


def replay() -> SyncReport:
    """Empty the published edition and rebuild it from the ledger, in one transaction."""
    with transaction.atomic(using=PUBLISHED):
        _lock_edition()
        empty_edition()
        report = sync_published()
    report.replayed = True
    return report


@contextmanager
def rehearse(further: Sequence[Publication] = ()) -> Iterator[None]:
    """Apply all that is pending, the caller's uncommitted publications included, then `further`; take it back after.

    Inside, this thread reads the edition as it would be. Raises IntegrityError when the edition's own rules (unique
    values, checks) refuse it, so that nothing enters the ledger that cannot be applied.
    """
    with transaction.atomic(using=PUBLISHED):
        try:
            _lock_edition()
            if _histories_differ():
                empty_edition()
            report = SyncReport()
            for group in groups(_missing_ids(), Publication.objects.all()):
                _apply(group, report)
            if further:
                _apply(further, report)
            report.settle()
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


def groups(ids: Sequence[int], ledger: models.QuerySet[Publication]) -> Iterator[list[Publication]]:
    """The ledger's publications of these ids in order, some 2,000 at a time, never parting those of one call."""
    group: list[Publication] = []
    for keys in batches(ids):
        for row in ledger.filter(id__in=keys).order_by("id"):
            if len(group) >= GROUP and row.at != group[-1].at:
                yield group
                group = []
            group.append(row)
    if group:
        yield group


def apply_group(group: list[Publication], report: SyncReport) -> None:
    """Apply a group in one piece, or call by call when the edition refuses the piece."""
    try:
        with transaction.atomic(using=PUBLISHED):
            _apply(group, report)
        report.applied.extend(row.id for row in group)
    except IntegrityError:
        for _, rows in groupby(group, key=lambda row: row.at):
            call = list(rows)
            try:
                with transaction.atomic(using=PUBLISHED):
                    _apply(call, report)
                report.applied.extend(row.id for row in call)
            except IntegrityError as error:
                report.failed.update({row.id: str(error) for row in call})


def _apply(publications: Sequence[Publication], report: SyncReport) -> None:
    """Bring the edition to the state after these publications: clear every record concerned, then write them all."""
    latest = {(row.noun, row.record_id): row for row in publications}
    overtaken = _overtaken(publications[0].id)
    current = [row for row in latest.values() if overtaken.get((row.noun, row.record_id), 0) < row.id]
    by_noun: dict[str, list[Publication]] = defaultdict(list)
    for row in current:
        by_noun[row.noun].append(row)
    keys_of = {noun: [row.record_id for row in rows] for noun, rows in by_noun.items()}
    report.unsettled.update(years_concerned(keys_of))
    for noun, its_keys in keys_of.items():
        clear_nouns(noun_models()[noun], its_keys)
    written = {noun: [row for row in rows if row.action not in Publication.REMOVALS] for noun, rows in by_noun.items()}
    keys = keys_of_references(written)
    for noun, rows in written.items():
        write_nouns(noun_models()[noun], rows, keys)
    report.unsettled.update(years_concerned(keys_of))
    Publication.edition.bulk_create((_copy(row) for row in publications), batch_size=BATCH)


def _overtaken(first: int) -> dict[tuple[str, int], int]:
    """The later publications that the edition holds already, because an earlier sync left a gap before them."""
    later = Publication.edition.filter(id__gt=first).order_by("id").values_list("noun", "record_id", "id")
    return {(noun, record_id): key for noun, record_id, key in later}


def _copy(row: Publication) -> Publication:
    """A ledger row as the edition holds it: without the account."""
    values = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
    return Publication(**{**values, "by_id": None})
