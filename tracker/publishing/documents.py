"""The public document of a noun: its public fields and children as JSON, other nouns by slug, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import prefetch_related_objects

from nouns.declarations import child_models, relations
from nouns.noun import Declared, PublicNoun
from tracker.models import Record

Document = dict[str, Any]


class Address(NamedTuple):
    """Where a noun is found: its kind as in its URL, and its slug."""

    noun: str
    slug: str


def documents(nouns: Sequence[PublicNoun]) -> list[Document]:
    """The documents of these nouns, in their order, with a constant number of queries per model."""
    for model in {type(noun) for noun in nouns}:
        prefetch_related_objects([noun for noun in nouns if type(noun) is model], *_lookups(model))
    return [_document(noun) for noun in nouns]


def document(noun: PublicNoun) -> Document:
    """The document of one noun as it stands in the record now."""
    return documents([noun])[0]


def references(model: type[Declared], fields: dict[str, Any]) -> Iterator[Address]:
    """The nouns that a document's fields point to."""
    for _, field in relations(model):
        target = field.related_model.NOUN
        said = value_in(fields, field)
        slugs = said if isinstance(field, models.ManyToManyField) else [said]
        yield from (Address(target, slug) for slug in slugs if slug is not None)


def document_references(model: type[PublicNoun], content: Document) -> Iterator[Address]:
    """The nouns that a whole document points to, children included."""
    yield from references(model, content["fields"])
    for relation, child in child_models(model).items():
        for row in rows_in(content, relation):
            yield from references(child, row)


def value_in(fields: dict[str, object], field: Any) -> Any:
    """What a document's fields say of one of them: its default where they were written before it was declared."""
    if field.name in fields:
        return fields[field.name]
    return [] if isinstance(field, models.ManyToManyField) else field.get_default()


def rows_in(content: Document, relation: str) -> list[dict[str, Any]]:
    """The rows of a document below this relation: none where it was written before that was declared."""
    return content["children"].get(relation, [])  # type: ignore[no-any-return]  # It is JSON.


def _lookups(model: type[PublicNoun]) -> Iterable[str]:
    yield from (name for name, _ in relations(model))
    for relation, child in child_models(model).items():
        yield relation
        yield from (f"{relation}__{name}" for name, _ in relations(child))


def _document(noun: PublicNoun) -> Document:
    return {
        "fields": _fields(noun),
        "children": {
            relation: [{"id": child.pk, **_fields(child)} for child in getattr(noun, relation).all()]
            for relation in noun.CHILDREN
        },
    }


def _fields(row: Declared) -> dict[str, object]:
    return {name: _plain(row, row._meta.get_field(name)) for name in row.PUBLIC_FIELDS}


def _plain(row: Declared, field: Any) -> object:
    """One value as JSON holds it: a slug, sorted slugs, ISO text, a decimal in full, or the value itself."""
    if isinstance(field, models.ManyToManyField):
        return sorted(target.slug for target in getattr(row, field.name).all())
    value = getattr(row, field.name)
    if isinstance(value, PublicNoun):
        return value.slug
    if isinstance(value, Decimal):
        return f"{value:.{field.decimal_places}f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


@cache
def empty_internal_fields(model: type[PublicNoun]) -> dict[str, object]:
    """The values of the staff's fields in the edition: nothing."""
    names = (*model.INTERNAL_FIELDS, *(model.STAFF_FIELDS if issubclass(model, Record) else ()))
    fields = [model._meta.get_field(name) for name in names]
    return {field.attname: None if field.null else "" for field in fields if isinstance(field, models.Field)}
