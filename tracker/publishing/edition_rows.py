"""A publication's document as rows of the edition: written, and taken away again. `edition` decides which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import IntegrityError

from nouns.databases import PUBLISHED, batches
from nouns.declarations import child_models, noun_models, parent_key, settled_models
from nouns.noun import Declared, PublicNoun
from nouns.rows import write_rows
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


def write_nouns(rows: Sequence[Publication], known: dict[Address, int], *, with_search: bool) -> None:
    """Write the nouns that these publications tell of, of which the edition holds nothing now.

    `known` are keys of nouns that are being written, and of those that were found before. Raises IntegrityError when a
    rule of the edition stands against it, or when something that a document points to is not published.
    """
    _find_keys(rows, known)
    by_noun: dict[str, list[Publication]] = defaultdict(list)
    for row in rows:
        by_noun[row.noun].append(row)
    for noun, alike in by_noun.items():
        _write_alike(noun_models()[noun], alike, known, with_search=with_search)


def _find_keys(rows: Sequence[Publication], known: dict[Address, int]) -> None:
    """Add the key of every noun that these documents point to and that the edition holds."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for address in document_references(noun_models()[row.noun], row.document):
            if address not in known:
                wanted[address.noun].add(address.slug)
    for noun, slugs in wanted.items():
        for batch in batches(sorted(slugs)):
            found = noun_models()[noun]._base_manager.using(PUBLISHED).filter(slug__in=batch)
            known.update({Address(noun, slug): key for slug, key in found.values_list("slug", "pk")})


def _write_alike(
    model: type[PublicNoun], rows: Sequence[Publication], keys: dict[Address, int], *, with_search: bool
) -> None:
    nouns = [_noun_row(model, row, keys) for row in rows]
    write_rows(model, nouns, using=PUBLISHED)
    if with_search:
        write_entries([(model(**noun), row.document) for noun, row in zip(nouns, rows, strict=True)])
    for many in model.many_to_many_fields():
        through: Any = many.remote_field.through
        target = many.related_model.NOUN  # type: ignore[attr-defined]  # Nouns point to nouns only.
        own, other = (
            through._meta.get_field(name).attname for name in (many.m2m_field_name(), many.m2m_reverse_field_name())
        )
        links = [
            {own: row.record_id, other: _key(keys, Address(target, slug), row)}
            for row in rows
            for slug in value_in(row.document["fields"], many)
        ]
        write_rows(through, links, using=PUBLISHED)
    for relation, child in child_models(model).items():
        parent = f"{parent_key(model, relation)}_id"
        children = [
            {parent: row.record_id, "id": content["id"], **_columns(child, content, keys, row)}
            for row in rows
            for content in rows_in(row.document, relation)
        ]
        write_rows(child, children, using=PUBLISHED)
    for settled in settled_models(model):
        rows_of_it = [vars(each) for row in rows for each in settled.of(row.record_id, row.document["children"])]
        write_rows(settled, rows_of_it, using=PUBLISHED)


def _noun_row(model: type[PublicNoun], row: Publication, keys: dict[Address, int]) -> dict[str, object]:
    """The columns of a noun of the edition."""
    return {
        **empty_internal_fields(model),
        "slug": row.slug,
        "revision": row.revision,
        "published_at": datetime.fromisoformat(row.document["published_at"]),
        "updated_at": row.at,
        "id": row.record_id,
        **_columns(model, row.document["fields"], keys, row),
    }


def _columns(
    model: type[Declared], content: dict[str, Any], keys: dict[Address, int], row: Publication
) -> dict[str, Any]:
    """A document's fields as column values of a model; its many-to-many fields are not among them."""
    values = {}
    for column, target in _public_columns(model):
        said = value_in(content, column)
        if target:
            values[column.attname] = None if said is None else _key(keys, Address(target, said), row)
        else:
            values[column.attname] = column.to_python(said)
    return values


@cache
def _public_columns(model: type[Declared]) -> list[tuple[Any, str]]:
    """The public fields of a model that are columns, and the noun that each points to, if it does."""
    fields: list[Any] = [model._meta.get_field(name) for name in model.PUBLIC_FIELDS]
    columns = [field for field in fields if not field.many_to_many]
    return [(field, field.related_model.NOUN if field.is_relation else "") for field in columns]


def _key(keys: dict[Address, int], address: Address, row: Publication) -> int:
    """The key of a noun. Raises IntegrityError, as a database would, when the edition does not hold it."""
    if address not in keys:
        raise IntegrityError(f"{row.noun}/{row.slug} points to {address.noun}/{address.slug}, which is not published.")
    return keys[address]
