"""The only way out of the record: a reviewed revision becomes a row of the ledger, and the ledger makes the edition.

The ledger row is committed with the record's own change; applying it to the edition follows on commit. What a crash
leaves unapplied, `tracker.publishing.edition.sync_published` applies later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from nouns.databases import PUBLISHED, RECORD, batches
from nouns.declarations import keys_by_model
from nouns.history import LONGEST_REASON, one_history_row, write_stored_histories
from nouns.noun import Declared, PublicNoun
from tracker.models import Publication, Record, Status
from tracker.publishing.documents import Address, Document, document, documents
from tracker.publishing.edition import rehearse
from tracker.publishing.ledger import append, last_document, last_publications, link, lock_ledger, settle
from tracker.publishing.refusals import (
    Key,
    Refused,
    address_refusals,
    citation_refusals,
    citations_of,
    key_of,
    reason_refusals,
    reference_refusals,
    refuse,
    workflow_refusals,
)

Action = Publication.Action


@transaction.atomic(using=RECORD)
def publish(
    nouns: Iterable[PublicNoun],
    *,
    by: AbstractBaseUser,
    action: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> int:
    """Publish the stored revision of these nouns together, with the unpublished sources that they cite.

    Returns how many rows the ledger got.

    Reference nouns that have not changed since they were last published are passed over. `action` says what a later
    revision is: a correction of a mistake (which needs a reason) or a change in the world (the default).

    Raises Refused, naming every reason at once, when a record is not in review, was submitted by `by`, lacks a
    citation, points to something that is not public, or would take a value that the edition holds as another's.
    """
    lock_ledger()
    at, keys = at or timezone.now(), keys_by_model(nouns)
    asked = {(model.NOUN, key) for model, found in keys.items() for key in found}
    together, published, refusals = _addresses(keys), 0, list[str]()
    for some in _stored_together(keys):
        batch = _batch(some, besides=asked)
        refusals += [
            *workflow_refusals(asked, batch.nouns, batch.last, by),
            *citation_refusals(batch.nouns),
            *reference_refusals(batch.nouns, batch.contents, together),
            *address_refusals(batch.nouns),
            *reason_refusals(batch.nouns, batch.last, action, reason),
        ]
        if not refusals:  # Else nothing stays, and only further reasons are looked for.
            batch.publish(batch.rows(action, reason, at), at=at, by=by)
            published += len(batch.nouns)
    refuse(list(dict.fromkeys(refusals)))
    settle()
    return published


def republish(
    nouns: Iterable[PublicNoun], *, by: AbstractBaseUser, reason: str, removed: Publication, at: datetime
) -> None:
    """Publish what a reviewed act changed in live nouns, together with the row that takes one of their kind out.

    Call it inside the act's transaction. Raises Refused when a noun would point to what is not public.
    """
    lock_ledger()
    keys = keys_by_model(nouns)
    for some in _stored_together(keys):
        batch = _batch(some, with_sources=False)
        refuse([*citation_refusals(batch.nouns), *reference_refusals(batch.nouns, batch.contents, _addresses(keys))])
        batch.publish(batch.rows(Action.CHANGE, reason, at), at=at, by=by)
    append([removed], at=at, by=by)
    settle()


@contextmanager
def preview(record: Record) -> Iterator[None]:
    """Inside, this thread reads the edition as it would be with the stored revision published; nothing of it stays.

    On SQLite nobody can publish meanwhile: keep it short. Raises Refused when the edition could not hold the revision,
    naming every reason at once.
    """
    with transaction.atomic(using=RECORD):  # Its sources are locked while they are read.
        batch = _batch([type(record)._base_manager.get(pk=record.pk)])
    refuse([*reference_refusals(batch.nouns, batch.contents), *address_refusals(batch.nouns)])
    at = timezone.now()
    rows = batch.rows("", "", at)
    link(rows, at=at, by=None)
    try:
        with rehearse(rows):
            yield
    except IntegrityError as error:
        raise Refused(f"The published edition refuses it: {error}") from error


@transaction.atomic(using=RECORD)
def withdraw(record: Record, *, by: AbstractBaseUser, reason: str, at: datetime | None = None) -> Publication:
    """Take a published record out of the edition; the ledger keeps what it said and why it went.

    Raises Refused when it is not published, when no reason is given, or when other published records point to it.
    """
    lock_ledger()
    stored = type(record)._base_manager.select_for_update().get(pk=record.pk)
    refusals = [f"{pointing} points to it." for pointing in _published_pointers(stored)]
    if stored.published_revision is None:
        refusals.append("It is not published.")
    if not reason.strip():
        refusals.append("Say why it is withdrawn.")
    refuse([f"{stored} cannot be withdrawn: {refusal}" for refusal in refusals])
    row = Publication(
        noun=stored.NOUN,
        slug=stored.slug,
        record_id=stored.pk,
        revision=stored.revision,
        action=Action.WITHDRAW,
        reason=reason,
        document={},
    )
    append([row], at=at or timezone.now(), by=by)
    settle()
    stored.status, stored.published_revision, stored.reviewed_by = Status.WITHDRAWN, None, by
    with one_history_row(stored, by=by, reason=f"Withdrawn: {reason}"[:LONGEST_REASON]):
        stored.save_bookkeeping("status", "published_revision", "reviewed_by")
    return row


def differences(noun: PublicNoun) -> dict[str, tuple[object, object]]:
    """What the stored revision changes: field or relation name -> (public now, after publication)."""
    now, then = document(noun), last_document(noun) or {"fields": {}, "children": {}}
    pairs = {
        name: (then[part].get(name), now[part].get(name))
        for part in ("fields", "children")
        for name in {**now[part], **then[part]}
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _stored_together(keys: dict[type[PublicNoun], list[int]]) -> Iterator[list[PublicNoun]]:
    """The nouns of these keys as the database holds them, locked, in the caller's order and some at a time."""
    for model, wanted in keys.items():
        for some in batches(wanted):
            found = {row.pk: row for row in model._base_manager.select_for_update().filter(pk__in=some)}
            yield [found[key] for key in some]


def _addresses(keys: dict[type[PublicNoun], list[int]]) -> set[Address]:
    """The addresses of the nouns of these keys."""
    return {
        Address(model.NOUN, slug)
        for model, wanted in keys.items()
        for some in batches(wanted)
        for slug in model._base_manager.filter(pk__in=some).values_list("slug", flat=True)
    }


@dataclass(frozen=True)
class PublicationBatch:
    """What is published in one call: the nouns, what each says, and what was last published of each."""

    nouns: list[PublicNoun]
    contents: dict[Key, Document]
    last: dict[Key, Publication]

    def rows(self, action: str, reason: str, at: datetime) -> list[Publication]:
        """The rows of the ledger, in the order of the nouns, without their place in the chain."""
        return [self._row(noun, action, reason, at) for noun in self.nouns]

    def _row(self, noun: PublicNoun, action: str, reason: str, at: datetime) -> Publication:
        is_later = key_of(noun) in self.last
        return Publication(
            noun=noun.NOUN,
            slug=noun.slug,
            record_id=noun.pk,
            revision=noun.revision,
            action=(action or Action.CHANGE) if is_later else Action.PUBLISH,
            reason=reason if is_later else "",
            document={**self.contents[key_of(noun)], "published_at": (noun.published_at or at).isoformat()},
        )

    def publish(self, rows: Sequence[Publication], *, at: datetime, by: AbstractBaseUser) -> None:
        """Append the rows to the ledger and note on each noun that it is public."""
        append(rows, at=at, by=by)
        _mark_published(self.nouns, rows, by)


def _batch(
    asked: Sequence[PublicNoun], *, with_sources: bool = True, besides: Collection[Key] = ()
) -> PublicationBatch:
    """These nouns with the unpublished sources that they cite, without references that say what they said before.

    Sources whose keys are in `besides` are published anyway.
    """
    contents = _contents(asked)
    sources = _unpublished_sources(asked, besides) if with_sources else []
    contents |= _contents(sources)
    group = [*sources, *asked]
    last = last_publications(group)
    changed = [noun for noun in group if isinstance(noun, Record) or not _is_current(noun, contents, last)]
    return PublicationBatch(changed, contents, last)


def _contents(nouns: Sequence[PublicNoun]) -> dict[Key, Document]:
    return dict(zip(map(key_of, nouns), documents(nouns), strict=True))


def _unpublished_sources(group: Sequence[PublicNoun], besides: Collection[Key]) -> list[PublicNoun]:
    """The sources that the group cites and whose present revision is not public yet. They are reviewed with it."""
    cited = {citation.source for noun in group for citation in citations_of(noun)}
    unpublished = [
        source
        for source in sorted(cited, key=lambda source: source.pk)
        if source.status != Status.PUBLISHED and key_of(source) not in besides
    ]
    return [source for some in _stored_together(keys_by_model(unpublished)) for source in some]


def _is_current(noun: PublicNoun, contents: dict[Key, Document], last: dict[Key, Publication]) -> bool:
    row = last.get(key_of(noun))
    return row is not None and {**row.document, "published_at": None} == {
        **contents[key_of(noun)],
        "published_at": None,
    }


def _mark_published(group: Sequence[PublicNoun], rows: Sequence[Publication], by: AbstractBaseUser) -> None:
    """Note on each noun that this revision is public and, on a record, who reviewed it."""
    reasons: dict[tuple[type[PublicNoun], str], list[int]] = defaultdict(list)
    for noun, row in zip(group, rows, strict=True):
        reasons[type(noun), _in_history(row)].append(noun.pk)
    for (model, reason), keys in reasons.items():
        now: dict[str, object] = {
            "published_revision": F("revision"),
            "published_at": Coalesce("published_at", Value(rows[0].at)),
        }
        if issubclass(model, Record):
            submitter = Coalesce("submitted_by", "created_by")
            now |= {"status": Status.PUBLISHED, "reviewed_by": by, "submitted_by": submitter}
        for some in batches(keys):
            plain: models.QuerySet[models.Model] = models.QuerySet(model)
            plain.filter(pk__in=some).update(**now)
            write_stored_histories(model, some, by=by, reason=reason)


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
