"""A publication's document as rows of the edition: written, and taken away again. `edition` decides which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models

from nouns.databases import BATCH, PUBLISHED, batches
from nouns.declarations import child_models, noun_models, parent_key, settled_models
from nouns.noun import Declared, PublicNoun
from tracker.models import AwardTotal, Publication
from tracker.publishing.documents import (
    Address,
    document_references,
    empty_internal_fields,
    rows_in,
    value_in,
)
from tracker.publishing.search_index import clear_entries, write_entries


def clear_nouns(model: type[PublicNoun], keys: Sequence[int]) -> None:
    """Take the nouns of these keys out of the edition and of its search."""
    for batch in batches(keys):
        _delete_nouns(model, batch)
        clear_entries(model.NOUN, batch)


def _delete_nouns(model: type[PublicNoun], keys: Sequence[int] | None = None) -> None:
    """Delete the nouns of these keys, or all of their kind, with their children and their links to many."""
    for table, column in (*tables_below(model), (model, "pk")):
        delete(table, {} if keys is None else {f"{column}__in": keys})


def tables_below(model: type[PublicNoun]) -> Iterator[tuple[Any, str]]:
    """The tables of a noun's children, of its links and of what is settled of it, each with its column for it."""
    yield from settled_models(model).items()
    yield from ((child, parent_key(model, relation)) for relation, child in child_models(model).items())
    yield from ((many.remote_field.through, many.m2m_field_name()) for many in model.many_to_many_fields())


def delete(model: Any, condition: dict[str, object]) -> None:
    """Delete rows of the edition without signals, which would write history into the record."""
    model._base_manager.using(PUBLISHED).filter(**condition)._raw_delete(PUBLISHED)  # noqa: SLF001  # Its public twin sends signals.


def empty_edition() -> None:
    """Take everything out of the edition, its copy of the ledger included."""
    for noun in noun_models().values():
        _delete_nouns(noun)
    clear_entries()
    delete(AwardTotal, {})
    delete(Publication, {})


def keys_of_references(written: dict[str, list[Publication]]) -> dict[Address, int]:
    """The key of every noun that these documents point to: in the group itself or in the edition."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for noun, rows in written.items():
        for row in rows:
            for address in document_references(noun_models()[noun], row.document):
                wanted[address.noun].add(address.slug)
    keys = {}
    for noun, slugs in wanted.items():
        for batch in batches(sorted(slugs)):
            found = noun_models()[noun]._base_manager.using(PUBLISHED).filter(slug__in=batch)
            keys.update({Address(noun, slug): key for slug, key in found.values_list("slug", "pk")})
    for noun, rows in written.items():
        keys.update({Address(noun, row.slug): row.record_id for row in rows})
    return keys


def write_nouns(model: type[PublicNoun], rows: Sequence[Publication], keys: dict[Address, int]) -> None:
    """Write the nouns of one kind that these publications tell of, of which the edition holds nothing now.

    `keys` are those of `keys_of_references`. Raises IntegrityError when a rule of the edition stands against it, or
    when something that a document points to is not published.
    """
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
                for slug in value_in(row.document["fields"], many)
            ],
        )
    for relation, child in child_models(model).items():
        parent = f"{parent_key(model, relation)}_id"
        _create(
            child,
            [
                child(**{parent: row.record_id, "id": content["id"], **_columns(child, content, keys, row)})
                for row in rows
                for content in rows_in(row.document, relation)
            ],
        )
    for settled in settled_models(model):
        _create(settled, [each for row in rows for each in settled.of(row.record_id, row.document["children"])])


def _noun_row(model: type[PublicNoun], row: Publication, keys: dict[Address, int]) -> PublicNoun:
    columns: dict[str, object] = {"id": row.record_id, **_columns(model, row.document["fields"], keys, row)}
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
            slug = value_in(content, column)
            values[column.attname] = None if slug is None else _key(keys, Address(column.related_model.NOUN, slug), row)
        else:
            values[column.attname] = column.to_python(value_in(content, column))
    return values


def _key(keys: dict[Address, int], address: Address, row: Publication) -> int:
    """The key of a noun. Raises IntegrityError, as a database would, when the edition does not hold it."""
    if address not in keys:
        raise IntegrityError(f"{row.noun}/{row.slug} points to {address.noun}/{address.slug}, which is not published.")
    return keys[address]


def _create(model: Any, rows: Sequence[object]) -> None:
    model._base_manager.using(PUBLISHED).bulk_create(rows, batch_size=BATCH)
