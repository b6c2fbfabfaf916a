"""From the ledger to the published edition: apply, sync, replay. Nothing else writes there.

Applying uses the ledger's documents only, never the working rows, and is idempotent. A publication counts as applied
once its own row stands in the edition's copy of the ledger, which happens in the same transaction.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import IntegrityError, connections, models, transaction
from django.db.models import Max

from jurisdictions.edition import PUBLISHED, Declared, PublicNoun
from tracker.documents import Address, child_models, document_references, empty_internal_fields, noun_models, parent_key
from tracker.evidence import sync_documents
from tracker.models import Publication
from tracker.search_index import clear_entries, write_entries

logger = logging.getLogger(__name__)

GROUP = 2000
"""Publications applied in one piece, at least; bounds the memory of a replay."""
CHUNK = 800
"""Keys in one query; SQLite's limit on the depth of an expression is 1,000."""


@dataclass
class SyncReport:
    """What a sync did: ids applied, ids that the edition's own rules refused (with why), whether all was replayed."""

    applied: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    replayed: bool = False


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
            _empty_edition()
            report.replayed = True
        for group in groups(_missing_ids(), Publication.objects.all()):
            apply_group(group, report)
        transaction.on_commit(sync_documents, using=PUBLISHED, robust=True)
    for key, reason in report.failed.items():
        logger.error("Publication %s cannot be applied: %s", key, reason)
    return report


def replay() -> SyncReport:
    """Empty the published edition and rebuild it from the ledger, in one transaction."""
    with transaction.atomic(using=PUBLISHED):
        _lock_edition()
        _empty_edition()
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
                _empty_edition()
            for group in groups(_missing_ids(), Publication.objects.all()):
                _apply(group)
            if further:
                _apply(further)
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
    for keys in _chunks(ids):
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
            _apply(group)
        report.applied.extend(row.id for row in group)
    except IntegrityError:
        for _, rows in groupby(group, key=lambda row: row.at):
            call = list(rows)
            try:
                with transaction.atomic(using=PUBLISHED):
                    _apply(call)
                report.applied.extend(row.id for row in call)
            except IntegrityError as error:
                report.failed.update({row.id: str(error) for row in call})


def _apply(publications: Sequence[Publication]) -> None:
    """Bring the edition to the state after these publications: clear every record concerned, then write them all."""
    latest = {(row.noun, row.record_id): row for row in publications}
    overtaken = _overtaken(publications[0].id)
    current = [row for row in latest.values() if overtaken.get((row.noun, row.record_id), 0) < row.id]
    by_noun: dict[str, list[Publication]] = defaultdict(list)
    for row in current:
        by_noun[row.noun].append(row)
    for noun, rows in by_noun.items():
        _clear(noun_models()[noun], [row.record_id for row in rows])
    written = {noun: [row for row in rows if row.action not in Publication.REMOVALS] for noun, rows in by_noun.items()}
    keys = _keys_of_references(written)
    for noun, rows in written.items():
        _write(noun_models()[noun], rows, keys)
    Publication.edition.bulk_create((_copy(row) for row in publications), batch_size=CHUNK)


def _overtaken(first: int) -> dict[tuple[str, int], int]:
    """The later publications that the edition holds already, because an earlier sync left a gap before them."""
    later = Publication.edition.filter(id__gt=first).order_by("id").values_list("noun", "record_id", "id")
    return {(noun, record_id): key for noun, record_id, key in later}


def _copy(row: Publication) -> Publication:
    """A ledger row as the edition holds it: without the account."""
    values = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
    return Publication(**{**values, "by_id": None})


def _clear(model: type[PublicNoun], keys: Sequence[int]) -> None:
    for chunk in _chunks(keys):
        _delete_nouns(model, chunk)
        clear_entries(model.NOUN, chunk)


def _delete_nouns(model: type[PublicNoun], keys: Sequence[int] | None = None) -> None:
    """Delete the nouns of these keys, or all of their kind, with their children and their links to many."""
    for table, column in (*tables_below(model), (model, "pk")):
        delete(table, {} if keys is None else {f"{column}__in": keys})


def tables_below(model: type[PublicNoun]) -> Iterator[tuple[Any, str]]:
    """The tables of a noun's children and links to many, with their column for the noun."""
    yield from ((child, parent_key(model, relation)) for relation, child in child_models(model).items())
    yield from ((many.remote_field.through, many.m2m_field_name()) for many in model.many_to_many_fields())


def delete(model: Any, condition: dict[str, Any]) -> None:
    """Delete rows of the edition without signals, which would write history into the record."""
    model._base_manager.using(PUBLISHED).filter(**condition)._raw_delete(PUBLISHED)  # noqa: SLF001  # Its public twin sends signals.


def _empty_edition() -> None:
    for noun in noun_models().values():
        _delete_nouns(noun)
    clear_entries()
    delete(Publication, {})


def _keys_of_references(written: dict[str, list[Publication]]) -> dict[Address, int]:
    """The key of every noun that these documents point to: in the group itself or in the edition."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for noun, rows in written.items():
        for row in rows:
            for address in document_references(noun_models()[noun], row.document):
                wanted[address.noun].add(address.slug)
    keys = {}
    for noun, slugs in wanted.items():
        for chunk in _chunks(sorted(slugs)):
            found = noun_models()[noun]._base_manager.using(PUBLISHED).filter(slug__in=chunk)
            keys.update({Address(noun, slug): key for slug, key in found.values_list("slug", "pk")})
    for noun, rows in written.items():
        keys.update({Address(noun, row.slug): row.record_id for row in rows})
    return keys


def _write(model: type[PublicNoun], rows: Sequence[Publication], keys: dict[Address, int]) -> None:
    nouns = [_noun_row(model, row, keys) for row in rows]
    _create(model, nouns)
    write_entries([(noun, row.document) for noun, row in zip(nouns, rows, strict=True)])
    for many in model.many_to_many_fields():
        through: Any = many.remote_field.through
        target = many.related_model.NOUN  # type: ignore[attr-defined]  # Nouns point to nouns only.
        _create(
            through,
            [
                through(
                    **{
                        many.m2m_column_name(): row.record_id,
                        many.m2m_reverse_name(): _key(keys, Address(target, slug), row),
                    }
                )
                for row in rows
                for slug in row.document["fields"][many.name]
            ],
        )
    for relation, child in child_models(model).items():
        parent = f"{parent_key(model, relation)}_id"
        _create(
            child,
            [
                child(**{parent: row.record_id, "id": content["id"], **_columns(child, content, keys, row)})
                for row in rows
                for content in row.document["children"][relation]
            ],
        )


def _noun_row(model: type[PublicNoun], row: Publication, keys: dict[Address, int]) -> PublicNoun:
    columns: dict[str, Any] = {"id": row.record_id, **_columns(model, row.document["fields"], keys, row)}
    return model(
        slug=row.slug,
        revision=row.revision,
        published_at=datetime.fromisoformat(row.document["published_at"]),
        updated_at=row.at,
        **columns,
        **empty_internal_fields(model),
    )


def _columns(
    model: type[Declared], content: dict[str, Any], keys: dict[Address, int], row: Publication
) -> dict[str, Any]:
    """A document's fields as column values of a model; its many-to-many fields are not among them."""
    values = {}
    for name in model.PUBLIC_FIELDS:
        column: Any = model._meta.get_field(name)
        if isinstance(column, models.ManyToManyField):
            continue
        if column.is_relation:
            slug = content[name]
            values[column.attname] = None if slug is None else _key(keys, Address(column.related_model.NOUN, slug), row)
        else:
            values[column.attname] = column.to_python(content[name])
    return values


def _key(keys: dict[Address, int], address: Address, row: Publication) -> int:
    """The key of a noun. Raises IntegrityError, as a database would, when the edition does not hold it."""
    if address not in keys:
        raise IntegrityError(f"{row.noun}/{row.slug} points to {address.noun}/{address.slug}, which is not published.")
    return keys[address]


def _create(model: Any, rows: Sequence[Any]) -> None:
    model._base_manager.using(PUBLISHED).bulk_create(rows, batch_size=CHUNK)


def _chunks(keys: Iterable[Any]) -> Iterator[list[Any]]:
    keys = list(keys)
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
