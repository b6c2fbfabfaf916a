"""The only way out of the record: a reviewed revision becomes a row of the ledger, and the ledger makes the edition.

The ledger row is committed with the record's own change; applying it to the edition follows on commit. What a crash
leaves unapplied, `tracker.edition.sync_published` applies later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, models, transaction
from django.db.models import Max
from django.utils import timezone

from jurisdictions.edition import LONGEST_REASON, PUBLISHED, RECORD, Declared, PublicNoun, one_history_row
from tracker.documents import Document, document, documents
from tracker.edition import rehearse, sync_published
from tracker.models import Publication, Record, Source, Status
from tracker.models.ledger import GENESIS
from tracker.refusals import (
    BATCH,
    Key,
    address_refusals,
    citation_refusals,
    citations_of,
    key_of,
    reason_refusals,
    reference_refusals,
    workflow_refusals,
)

Action = Publication.Action


class Refused(ValidationError):
    """Nothing was published; the messages name every reason at once."""


@transaction.atomic(using=RECORD)
def publish(
    nouns: Iterable[PublicNoun],
    *,
    by: AbstractBaseUser,
    action: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> list[Publication]:
    """Publish the stored revision of these nouns together, with the unpublished sources that they cite.

    Reference nouns that have not changed since they were last published are passed over. `action` says what a later
    revision is: a correction of a mistake (which needs a reason) or a change in the world (the default).

    Raises Refused, naming every reason at once, when a record is not in review, was submitted by `by`, lacks a
    citation, points to something that is not public, or would take a value that the edition holds as another's.
    """
    _lock_ledger()
    at = at or timezone.now()
    asked = _stored(nouns)
    contents = _contents(asked)
    group = (sources := _unpublished_sources(asked)) + asked
    contents |= _contents(sources)
    last = _last_publications(group)
    group = [noun for noun in group if isinstance(noun, Record) or not _is_current(noun, contents, last)]
    _refuse(
        [
            *workflow_refusals(asked, by),
            *citation_refusals(group),
            *reference_refusals(group, contents),
            *address_refusals(group),
            *reason_refusals(group, last, action, reason),
        ]
    )
    rows = []
    for noun in group:
        first = noun.published_at or at
        known = last.get(key_of(noun))
        rows.append(
            Publication(
                noun=noun.NOUN,
                slug=noun.slug,
                record_id=noun.pk,
                revision=noun.revision,
                action=(action or Action.CHANGE) if known else Action.PUBLISH,
                reason=reason if known else "",
                document={**contents[key_of(noun)], "published_at": first.isoformat()},
            )
        )
        noun.published_at = first
    _append(rows, at=at, by=by)
    _mark_published(group, rows, by)
    return rows


@transaction.atomic(using=RECORD)
def withdraw(record: Record, *, by: AbstractBaseUser, reason: str, at: datetime | None = None) -> Publication:
    """Take a published record out of the edition; the ledger keeps what it said and why it went.

    Raises Refused when it is not published, when no reason is given, or when other published records point to it.
    """
    _lock_ledger()
    stored = type(record)._base_manager.select_for_update().get(pk=record.pk)
    refusals = [f"{pointing} points to it." for pointing in _published_pointers(stored)]
    if stored.published_revision is None:
        refusals.append("It is not published.")
    if not reason.strip():
        refusals.append("Say why it is withdrawn.")
    _refuse([f"{stored} cannot be withdrawn: {refusal}" for refusal in refusals])
    row = Publication(
        noun=stored.NOUN,
        slug=stored.slug,
        record_id=stored.pk,
        revision=stored.revision,
        action=Action.WITHDRAW,
        reason=reason,
        document={},
    )
    _append([row], at=at or timezone.now(), by=by)
    stored.status, stored.published_revision, stored.reviewed_by = Status.WITHDRAWN, None, by
    with one_history_row(stored, by=by, reason=f"Withdrawn: {reason}"[:LONGEST_REASON]):
        stored.save_bookkeeping("status", "published_revision", "reviewed_by")
    return row


def last_document(noun: PublicNoun) -> Document | None:
    """What the public sees of this noun now, from the ledger; None when it sees nothing."""
    row = Publication.objects.filter(noun=noun.NOUN, record_id=noun.pk).order_by("-id").first()
    return None if row is None or not row.document else row.document


def differences(noun: PublicNoun) -> dict[str, tuple[Any, Any]]:
    """What the stored revision changes: field or relation name -> (public now, after publication)."""
    now, then = document(noun), last_document(noun) or {"fields": {}, "children": {}}
    pairs = {
        name: (then[part].get(name), now[part].get(name))
        for part in ("fields", "children")
        for name in {**now[part], **then[part]}
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def verify_ledger() -> list[str]:
    """Everything that is wrong with the ledger, in order; an empty list when every row is as it was written."""
    return [*_broken_links(), *_rows_missing_here()]


def _broken_links() -> Iterator[str]:
    expected, previous = 1, GENESIS
    for row in Publication.objects.order_by("id").iterator(chunk_size=2000):
        if row.id != expected:
            yield f"Publication {expected} is missing."
        if row.previous_hash != previous:
            yield f"Publication {row.id} does not follow the one before it: a row was changed, removed or moved."
        if row.computed_hash() != row.hash:
            yield f"Publication {row.id} ({row.noun}/{row.slug}) was changed after it was written."
        expected, previous = row.id + 1, row.hash


def _rows_missing_here() -> Iterator[str]:
    """Rows that the edition still has although the ledger's end was cut off, or that it has differently."""
    ours = dict(Publication.objects.values_list("id", "hash"))
    for key, digest in Publication.edition.order_by("id").values_list("id", "hash"):
        if ours.get(key) != digest:
            fault = "differs" if key in ours else "is missing"
            yield f"Publication {key} is in the published edition, but {fault} here."


def _lock_ledger() -> None:
    """Let one process append at a time, so that ids commit in order. SQLite's IMMEDIATE transactions do so already."""
    if connections[RECORD].vendor == "postgresql":
        with connections[RECORD].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('policy_tracker.ledger'))")


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _stored(nouns: Iterable[PublicNoun]) -> list[PublicNoun]:
    """The nouns as the database holds them, locked, in the caller's order and each once."""
    keys: dict[type[PublicNoun], dict[int, None]] = defaultdict(dict)
    for noun in nouns:
        keys[type(noun)][noun.pk] = None
    stored: list[PublicNoun] = []
    for model, wanted in keys.items():
        found: dict[int, PublicNoun] = {}
        for chunk in _chunks(list(wanted)):
            found |= {row.pk: row for row in model._base_manager.select_for_update().filter(pk__in=chunk)}
        stored.extend(found[key] for key in wanted)
    return stored


def _contents(nouns: Sequence[PublicNoun]) -> dict[Key, Document]:
    return dict(zip(map(key_of, nouns), documents(nouns), strict=True))


def _unpublished_sources(group: Sequence[PublicNoun]) -> list[PublicNoun]:
    """The sources that the group cites and whose present revision is not public yet. They are reviewed with it."""
    present = {noun.pk for noun in group if isinstance(noun, Source)}
    cited = {citation.source for noun in group for citation in citations_of(noun)}
    return _stored(
        source
        for source in sorted(cited, key=lambda source: source.pk)
        if source.status != Status.PUBLISHED and source.pk not in present
    )


def _last_publications(group: Sequence[PublicNoun]) -> dict[Key, Publication]:
    """The last row of the ledger for each noun that has one."""
    by_noun: dict[str, list[int]] = defaultdict(list)
    for noun in group:
        by_noun[noun.NOUN].append(noun.pk)
    last: dict[Key, Publication] = {}
    for name, keys in by_noun.items():
        for chunk in _chunks(keys):
            rows = Publication.objects.filter(noun=name, record_id__in=chunk).order_by()
            newest = rows.values("record_id").annotate(last=Max("id")).values("last")
            last.update({(name, row.record_id): row for row in Publication.objects.filter(id__in=newest)})
    return last


def _is_current(noun: PublicNoun, contents: dict[Key, Document], last: dict[Key, Publication]) -> bool:
    row = last.get(key_of(noun))
    return row is not None and {**row.document, "published_at": None} == {
        **contents[key_of(noun)],
        "published_at": None,
    }


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise Refused(reasons)


def _append(rows: Sequence[Publication], *, at: datetime, by: AbstractBaseUser) -> None:
    """Write rows at the end of the chain, make sure that the edition will take them, and apply them on commit."""
    last = Publication.objects.order_by("-id").first()
    key, previous = (last.id, last.hash) if last else (0, GENESIS)
    for row in rows:
        key += 1
        row.id, row.at, row.by_id, row.previous_hash = key, at, by.pk, previous
        row.hash = previous = row.computed_hash()
    Publication.objects.bulk_create(rows, batch_size=BATCH)
    try:
        rehearse()
    except IntegrityError as error:
        raise Refused(f"The published edition refuses it: {error}") from error
    transaction.on_commit(sync_published, using=RECORD, robust=True)


def _mark_published(group: Sequence[PublicNoun], rows: Sequence[Publication], by: AbstractBaseUser) -> None:
    """Note on each noun that this revision is public and, on a record, who reviewed it."""
    by_model: dict[type[PublicNoun], list[PublicNoun]] = defaultdict(list)
    for noun, row in zip(group, rows, strict=True):
        noun.published_revision = noun.revision
        noun._history_user, noun._change_reason = by, _in_history(row)  # type: ignore[attr-defined]
        if isinstance(noun, Record):
            noun.status, noun.reviewed_by = Status.PUBLISHED, by
            noun.submitted_by_id = noun.submitted_by_id or noun.created_by_id
        by_model[type(noun)].append(noun)
    for model, nouns in by_model.items():
        fields = ["published_revision", "published_at"]
        if issubclass(model, Record):
            fields += ["status", "reviewed_by", "submitted_by"]
        model.objects.bulk_update(nouns, fields, batch_size=100)  # type: ignore[attr-defined]  # Every noun has it.


def _in_history(row: Publication) -> str:
    """What the history says of a publication."""
    later = {Action.CORRECT: "Published as a correction", Action.CHANGE: "Published as a change"}
    words = later.get(Action(row.action), "Published")
    return f"{words}: {row.reason}"[:LONGEST_REASON] if row.reason else words


def _published_pointers(noun: PublicNoun) -> Iterator[models.Model]:
    """Published rows that point to this one, its own children aside."""
    for relation in noun._meta.related_objects:
        if relation.get_accessor_name() in noun.CHILDREN or not issubclass(relation.related_model, Declared):
            continue  # Its own rows, and what the edition does not hold: history, and notes of staff.
        yield from relation.related_model._base_manager.using(PUBLISHED).filter(**{relation.field.name: noun.pk})[:5]
