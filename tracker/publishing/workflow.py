"""What people do to records: submit, send back, approve, withdraw, merge, discard, revert. Each says who does it.

Each is all or nothing. Permissions are checked here, so that a form, a list action, an import and the shell obey the
same rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import prefetch_related_objects

from nouns.databases import RECORD, batches
from nouns.declarations import keys_by_model
from nouns.history import LONGEST_REASON, one_history_row, write_stored_histories
from nouns.noun import PublicNoun, Reference, StaleRevision
from tracker.models import Publication, Record, Status
from tracker.publishing import acts, ledger, merging, restoring

NounT = TypeVar("NounT", bound=PublicNoun)


def require(by: AbstractUser, verb: str, noun: PublicNoun) -> None:
    """Raise PermissionDenied unless the account may do this to this kind of noun."""
    permission = f"{noun._meta.app_label}.{verb}_{noun._meta.model_name}"
    if not by.has_perm(permission):
        raise PermissionDenied(f"{by} may not {verb} {noun._meta.verbose_name_plural}.")


@transaction.atomic(using=RECORD)
def submit(record: Record, *, by: AbstractUser) -> Record:
    """Hand a draft to the reviewers. Raises ValidationError when it is not a draft or cites no source."""
    require(by, "change", record)
    stored = _current(record)
    if refusals := list(_why_not_submitted([stored])):
        raise ValidationError(refusals)
    return _move(stored, Status.IN_REVIEW, by=by, reason="Submitted", submitted_by=by, review_note="")


@transaction.atomic(using=RECORD)
def submit_together(records: Iterable[Record], *, by: AbstractUser) -> int:
    """Hand many drafts to the reviewers, all or none of them, and return how many.

    Raises ValidationError, naming each that is not a draft or cites no source, and StaleRevision.
    """
    submitted, refusals = 0, list[str]()
    for some in batches(records):
        for model, keys in keys_by_model(_unchanged(some, "change", by)).items():
            refusals += _why_not_submitted(list(model._base_manager.filter(pk__in=keys)))
            drafts: models.QuerySet[Record] = models.QuerySet(model).filter(pk__in=keys)
            submitted += drafts.update(status=Status.IN_REVIEW, submitted_by=by, review_note="")
            write_stored_histories(model, keys, by=by, reason="Submitted")
    if refusals:
        raise ValidationError(refusals)
    return submitted


def _why_not_submitted(records: Sequence[Record]) -> Iterator[str]:
    """Why some of these may not be submitted: each is a draft, and cites a source if its kind has to."""
    citing = [record for record in records if record.NEEDS_CITATION]
    prefetch_related_objects(citing, "citations")
    for record in records:
        if record.status != Status.DRAFT:
            yield f"{record} is not a draft: it is {record.get_status_display().lower()}."
        elif record.NEEDS_CITATION and not record.citations.all():  # type: ignore[attr-defined]  # Cited records have them.
            yield f"{record} cites no source. Add at least one citation before you submit it."


@transaction.atomic(using=RECORD)
def send_back(record: Record, *, by: AbstractUser, note: str) -> Record:
    """Return a submitted record to its author with a note. Raises ValidationError without a note or a submission."""
    require(by, "publish", record)
    stored = _current(record)
    if stored.status != Status.IN_REVIEW:
        raise ValidationError(f"{stored} is not in review: it is {stored.get_status_display().lower()}.")
    if not note.strip():
        raise ValidationError("Say what is to be done: a record is sent back with a note.")
    return _move(stored, Status.DRAFT, by=by, reason=f"Sent back: {note}", review_note=note)


@transaction.atomic(using=RECORD)
def approve(records: Iterable[Record], *, by: AbstractUser, action: str = "", reason: str = "") -> int:
    """Publish submitted records together, and return how many rows the ledger got.

    Raises `refusals.Refused`, naming every reason, and then publishes none.

    Raises StaleRevision when one of them was changed after the reviewer read it.
    """
    current = (record for some in batches(records) for record in _unchanged(some, "publish", by))
    return acts.publish(current, by=by, action=action, reason=reason)


@transaction.atomic(using=RECORD)
def withdraw(record: Record, *, by: AbstractUser, reason: str) -> Publication:
    """Take a published record out of the edition, with a reason that the public is told."""
    require(by, "publish", record)
    return acts.withdraw(_current(record), by=by, reason=reason)


@transaction.atomic(using=RECORD)
def merge(loser: Record, winner: Record, *, by: AbstractUser, reason: str) -> Publication:
    """Merge one published record into another of its kind, with a reason that the public is told.

    The loser's rows and citations go to the winner, whatever points to it points to the winner and is published again,
    and its address leads there. Raises `refusals.Refused`, naming every reason, and then changes nothing.
    """
    require(by, "publish", loser)
    planned = merging.plan(_current(loser), _current(winner))
    for owner in planned.owners.values():
        require(by, "publish" if isinstance(owner, Record) else "change", owner)
    return merging.merge(planned, by=by, reason=reason)


@transaction.atomic(using=RECORD)
def discard(record: Record, *, by: AbstractUser) -> Record:
    """Give up what was written since a live record was published: it says again, and is, what the public sees.

    That is a revision of its own, so that nobody who has the discarded one open saves over it; the ledger keeps it
    under the revision that was published. Raises ValidationError when nothing is public or nothing was written since.
    """
    require(by, "change", record)
    stored = _current(record)
    document = ledger.last_document(stored)
    if document is None or stored.published_revision == stored.revision:
        raise ValidationError(f"{stored} has no edits on top of a published revision.")
    reason = f"Discarded the edits since revision {stored.published_revision}"
    with one_history_row(stored, by=by, reason=reason):
        restoring.restore(stored, restoring.published(stored, document))
        stored.status, stored.published_revision, stored.review_note = Status.PUBLISHED, stored.revision, ""
        stored.save_bookkeeping("status", "published_revision", "review_note")
    return stored


@transaction.atomic(using=RECORD)
def revert(noun: PublicNoun, *, to: Any, by: AbstractUser) -> PublicNoun:
    """Bring back what a noun said at a row of its history, its rows and links included, as a new draft revision.

    Raises ValidationError when it pointed to something that is gone, or breaks a rule by now.
    """
    require(by, "change", noun)
    stored = _current(noun)
    [snapshot] = restoring.past(stored, [to])
    with one_history_row(stored, by=by, reason=f"Brought back revision {to.revision}"):
        restoring.restore(stored, snapshot)
    return stored


def publish_references(nouns: Iterable[Reference], *, by: AbstractUser) -> int:
    """Publish reference nouns that somebody who may edit them has just saved; return how many had changed."""
    nouns = list(nouns)
    for noun in nouns:
        require(by, "change", noun)
    return acts.publish(nouns, by=by)


def _current(record: NounT) -> NounT:
    """The stored noun, locked. Raises StaleRevision when the copy that the caller has seen is an older revision."""
    stored: NounT = type(record)._base_manager.select_for_update().get(pk=record.pk)
    _refuse_stale(stored.revision, record)
    return stored


def _unchanged(records: Sequence[Record], verb: str, by: AbstractUser) -> Sequence[Record]:
    """These records, which are locked. Raises StaleRevision when one is stored otherwise, and PermissionDenied."""
    for model, keys in keys_by_model(records).items():
        require(by, verb, model())
        stored = dict(model._base_manager.select_for_update().filter(pk__in=keys).values_list("pk", "revision"))
        for record in records:
            if type(record) is model:
                _refuse_stale(stored.get(record.pk), record)
    return records


def _refuse_stale(stored: int | None, seen: PublicNoun) -> None:
    """Raise StaleRevision when the stored revision is not the one that was seen."""
    if stored != seen.revision:
        raise StaleRevision(f"{seen} was saved by somebody else since you opened it. Read it again first.")


def _move(record: Record, status: Status, *, by: AbstractUser, reason: str, **fields: object) -> Record:
    """Give the record its new status and these fields, as one history row."""
    for name, value in {"status": status, **fields}.items():
        setattr(record, name, value)
    with one_history_row(record, by=by, reason=reason[:LONGEST_REASON]):
        record.save_bookkeeping("status", *fields)
    return record
