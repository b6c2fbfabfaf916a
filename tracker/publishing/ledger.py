"""The ledger as a chain: each row holds the hash of the one before it. Rows are added at its end, and never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, connections, transaction
from django.db.models import Exists, F, Max, OuterRef, Q

from nouns.databases import RECORD, batches
from nouns.declarations import noun_models
from nouns.noun import PublicNoun
from nouns.rows import write_rows
from tracker.models import Publication, Record, Status
from tracker.models.publication import GENESIS
from tracker.publishing.documents import Document
from tracker.publishing.edition import prove, sync_published
from tracker.publishing.refusals import Key, Refused


def lock_ledger() -> None:
    """Let one process append at a time, so that ids commit in order. SQLite's IMMEDIATE transactions do so already."""
    if connections[RECORD].vendor == "postgresql":
        with connections[RECORD].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('policy_tracker.ledger'))")


def append(rows: Sequence[Publication], *, at: datetime, by: AbstractBaseUser) -> None:
    """Write rows at the end of the chain. Whoever did makes an end of it with `settle`, in the same transaction."""
    link(rows, at=at, by=by)
    write_rows(Publication, [vars(row) for row in rows], using=RECORD)


def settle() -> None:
    """Make sure that the edition will take what was appended, and apply it on commit. Raises Refused."""
    try:
        prove()
    except IntegrityError as error:
        raise Refused(f"The published edition refuses it: {error}") from error
    transaction.on_commit(sync_published, using=RECORD, robust=True)


def link(rows: Sequence[Publication], *, at: datetime, by: AbstractBaseUser | None) -> None:
    """Give rows that are not stored yet their place at the end of the chain, and their hashes."""
    last = Publication.objects.order_by("-id").values_list("id", "hash").first()
    key, previous = last or (0, GENESIS)
    for row in rows:
        key += 1
        row.id, row.at, row.by_id, row.previous_hash = key, at, by.pk if by else None, previous
        row.hash = previous = row.computed_hash()


def last_publications(group: Sequence[PublicNoun]) -> dict[Key, Publication]:
    """The last row of the ledger for each noun that has one."""
    by_noun: dict[str, list[int]] = defaultdict(list)
    for noun in group:
        by_noun[noun.NOUN].append(noun.pk)
    last: dict[Key, Publication] = {}
    for name, keys in by_noun.items():
        for batch in batches(keys):
            rows = Publication.objects.filter(noun=name, record_id__in=batch).order_by()
            newest = rows.values("record_id").annotate(last=Max("id")).values("last")
            last.update({(name, row.record_id): row for row in Publication.objects.filter(id__in=newest)})
    return last


def last_document(noun: PublicNoun) -> Document | None:
    """What the public sees of this noun now, from the ledger; None when it sees nothing."""
    row = Publication.objects.filter(noun=noun.NOUN, record_id=noun.pk).order_by("-id").first()
    return None if row is None or row.action in Publication.REMOVALS else row.document


def verify_ledger() -> list[str]:
    """Everything that is wrong with the ledger, in order; an empty list when every row is as it was written."""
    return [*_broken_links(), *_rows_missing_here(), *_rows_by_another()]


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


def _rows_by_another() -> Iterator[str]:
    """Rows whose account is not the one that published the revision, or took it back, by the noun's own history.

    The hash covers no account: it is public, and accounts are so few that whoever has it could try them all.
    """
    for noun, model in noun_models().items():
        history: Any = model.history
        done = Q(published_revision=F("revision"))
        if issubclass(model, Record):
            done |= Q(status=Status.WITHDRAWN)
        lines = history.filter(done, id=OuterRef("record_id"), revision=OuterRef("revision"))
        theirs = Exists(lines.filter(history_user=OuterRef("by")))
        forgotten = Q(by=None) & Exists(lines.filter(history_user=None))  # As both are once an account is deleted.
        for row in Publication.objects.filter(noun=noun).exclude(theirs | forgotten).defer("document"):
            yield f"Publication {row.id} ({noun}/{row.slug}) names another account than its history does."
