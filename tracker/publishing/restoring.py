"""What a noun said at a moment of its history, its rows and its links to many included, and how that comes back.

A snapshot holds keys and column values, as the history does. For people it is turned into a document, in which other
nouns go by their slugs; nouns that are gone go by the last slug that they had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import models

from nouns.declarations import child_models, noun_models, parent_key, relations
from nouns.history import HISTORY
from nouns.noun import Declared, PublicNoun
from tracker.models import Record
from tracker.publishing.documents import Address, Document, document_references, rows_in, value_in

Values = dict[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """One state of a noun. A field that points to another noun holds its key, one that points to many their keys.

    `children` holds, for each relation, the values of its rows by their keys.
    """

    fields: Values
    children: dict[str, dict[int, Values]]


def content_fields(model: type[Declared]) -> tuple[str, ...]:
    """The fields that an edit can change: what is public, and what staff keep beside it."""
    staff = ("internal_notes",) if issubclass(model, Record) else ()
    return (*model.PUBLIC_FIELDS, *model.INTERNAL_FIELDS, *staff)


def current(noun: PublicNoun) -> Snapshot:
    """What the stored noun says now."""
    model = type(noun)
    stored = model._base_manager.get(pk=noun.pk)
    links = {
        many.name: sorted(target.pk for target in getattr(stored, many.name).all())
        for many in model.many_to_many_fields()
    }
    children = {
        relation: {
            row.pk: _values(child, row)
            for row in child._base_manager.filter(**{parent_key(model, relation): noun.pk}).order_by("pk")
        }
        for relation, child in child_models(model).items()
    }
    return Snapshot({**_values(model, stored), **links}, children)


class PastRow(Protocol):
    """A row of the history, as django-simple-history makes it: when it was written, why, and whether it was an end."""

    history_id: int
    history_date: datetime
    history_type: str
    history_change_reason: str | None


def past(noun: PublicNoun, rows: Sequence[PastRow]) -> list[Snapshot]:
    """What the noun said at each of these rows of its history, in a number of queries that does not depend on them."""
    model = type(noun)
    links = {many.name: _past_links(many, rows) for many in model.many_to_many_fields()}
    ends = _ends(noun, rows)
    children = {relation: _past_children(noun, relation, rows, ends) for relation in child_models(model)}
    return [
        Snapshot(
            {**_values(model, row), **{name: sorted(found[row.history_id]) for name, found in links.items()}},
            {relation: states[index] for relation, states in children.items()},
        )
        for index, row in enumerate(rows)
    ]


def published(noun: PublicNoun, document: Document) -> Snapshot:
    """A public document of the noun as a snapshot. What is not public is as it was when that was published."""
    model = type(noun)
    row = noun.history.filter(revision=noun.published_revision).order_by("-history_id").first()
    internal = {name: getattr(row or noun, name) for name in model.INTERNAL_FIELDS}
    keys = _keys(model, document)
    children = {
        relation: {row["id"]: _from_document(child, row, keys) for row in rows_in(document, relation)}
        for relation, child in child_models(model).items()
    }
    return Snapshot({**_from_document(model, document["fields"], keys), **internal}, children)


def restore(noun: PublicNoun, snapshot: Snapshot) -> None:
    """Make the noun and its rows say what the snapshot says, as the next revision. Call it inside `one_history_row`.

    Notes that staff keep for themselves stay as they are. Raises ValidationError naming every noun that the snapshot
    points to and that is gone, or the rule that the old words break by now; StaleRevision when somebody saved since.
    """
    model = type(noun)
    if gone := _gone(model, snapshot):
        raise ValidationError([f"It pointed to {address}, which is not in the record any more." for address in gone])
    many = model.many_to_many_fields()
    links = {field.name for field in many}
    for name in (*model.PUBLIC_FIELDS, *model.INTERNAL_FIELDS):
        if name not in links:
            setattr(noun, model._meta.get_field(name).attname, snapshot.fields[name])  # type: ignore[union-attr]
    noun.full_clean(exclude={"revision", "status"})
    noun.save()
    for field in many:
        getattr(noun, field.name).set(snapshot.fields[field.name])
    for relation, child in child_models(model).items():
        _restore_rows(noun, child, parent_key(model, relation), snapshot.children[relation])


def in_documents(model: type[PublicNoun], snapshots: Iterable[Snapshot]) -> list[Document]:
    """Snapshots as documents, with the staff's fields among the others, and rows in the order of their keys."""
    snapshots = list(snapshots)
    slugs = _slugs(model, snapshots)
    return [
        {
            "fields": _to_document(model, snapshot.fields, slugs),
            "children": {
                relation: [
                    {"id": key, **_to_document(child, values, slugs)}
                    for key, values in sorted(snapshot.children[relation].items())
                ]
                for relation, child in child_models(model).items()
            },
        }
        for snapshot in snapshots
    ]


def _values(model: type[Declared], row: object) -> Values:
    """The content of a row or of its history, links to many aside."""
    links = {field.name for field in model.many_to_many_fields()}
    fields = (model._meta.get_field(name) for name in content_fields(model) if name not in links)
    return {field.name: _plain(getattr(row, field.attname)) for field in fields}  # type: ignore[union-attr]


def _plain(value: object) -> object:
    """A stored file by its name, as the history keeps it; everything else as it is."""
    return value.name or "" if isinstance(value, models.fields.files.FieldFile) else value


def _past_links(many: models.ManyToManyField[Any, Any], rows: Sequence[PastRow]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    recorded = HISTORY.m2m_models[many].objects.filter(history__in=[row.history_id for row in rows])
    for row, key in recorded.values_list("history_id", f"{many.m2m_reverse_field_name()}_id"):
        found[row].append(key)
    return found


def _ends(noun: PublicNoun, rows: Sequence[PastRow]) -> list[datetime | None]:
    """When each of these rows of the history was followed by the next one; None after the last."""
    dates = sorted(noun.history.values_list("history_date", flat=True))
    return [next((date for date in dates if date > row.history_date), None) for row in rows]


def _past_children(
    noun: PublicNoun, relation: str, rows: Sequence[PastRow], ends: Sequence[datetime | None]
) -> list[dict[int, Values]]:
    """The rows of this relation at each row of the noun's history.

    A row below a noun is written before the line of history that the edit leaves, or, where many are written at once,
    right after it and for the same reason.
    """
    child, parent = child_models(type(noun))[relation], parent_key(type(noun), relation)
    history = child.history
    own = history.filter(**{parent: noun.pk}).values("id")
    recorded = list(history.filter(id__in=own).order_by("history_date", "history_id"))
    states = []
    for row, end in zip(rows, ends, strict=True):
        reason = row.history_change_reason
        last: dict[int, PastRow] = {}
        for entry in recorded:
            together = reason and entry.history_change_reason == reason and (end is None or entry.history_date < end)
            if entry.history_date <= row.history_date or together:
                last[entry.id] = entry
        states.append(
            {
                key: _values(child, entry)
                for key, entry in last.items()
                if entry.history_type != "-" and getattr(entry, f"{parent}_id") == noun.pk
            }
        )
    return states


def _restore_rows(noun: PublicNoun, child: type[Declared], parent: str, wanted: dict[int, Values]) -> None:
    kept = set()
    stored = child._base_manager
    for row in stored.filter(**{parent: noun.pk}):
        if wanted.get(row.pk) == _values(child, row):
            kept.add(row.pk)
        else:
            setattr(row, parent, noun)  # The copy that is being written, so that this is no revision of its own.
            row.delete()
    taken = set(stored.filter(pk__in=wanted).values_list("pk", flat=True))
    for key, values in wanted.items():
        if key not in kept:
            columns = {child._meta.get_field(name).attname: value for name, value in values.items()}  # type: ignore[union-attr]
            # A row that meanwhile belongs to another record keeps its key there.
            child(**{"id": None if key in taken else key, parent: noun, **columns}).save(force_insert=True)


def _pointers(model: type[PublicNoun], snapshots: Iterable[Snapshot]) -> dict[str, set[int]]:
    """The keys of all nouns that the snapshots point to, by noun."""
    keys: dict[str, set[int]] = defaultdict(set)
    for snapshot in snapshots:
        owners = [(model, snapshot.fields)]
        for relation, child in child_models(model).items():
            owners += [(child, values) for values in snapshot.children[relation].values()]  # type: ignore[misc]
        for owner, values in owners:
            for name, field in relations(owner):
                value = values[name]
                keys[field.related_model.NOUN].update(
                    value if isinstance(value, list) else [] if value is None else [value]
                )
    return keys


def _slugs(model: type[PublicNoun], snapshots: Iterable[Snapshot]) -> dict[tuple[str, int], str]:
    """The slugs of all nouns that the snapshots point to: those that they have, or had last."""
    slugs = {}
    for noun, keys in _pointers(model, snapshots).items():
        target = noun_models()[noun]
        found = dict(target._base_manager.filter(pk__in=keys).values_list("pk", "slug"))
        if gone := keys - found.keys():
            found |= dict(target.history.filter(id__in=gone).order_by("history_id").values_list("id", "slug"))
        slugs.update({(noun, key): slug for key, slug in found.items()})
    return slugs


def _gone(model: type[PublicNoun], snapshot: Snapshot) -> list[str]:
    slugs, gone = _slugs(model, [snapshot]), []
    for noun, keys in _pointers(model, [snapshot]).items():
        present = set(noun_models()[noun]._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        gone += [f"{noun}/{slugs.get((noun, key), key)}" for key in sorted(keys - present)]
    return gone


def _to_document(model: type[Declared], values: Values, slugs: dict[tuple[str, int], str]) -> Values:
    written = dict(values)
    for name, field in relations(model):
        noun, value = field.related_model.NOUN, values[name]
        if isinstance(value, list):
            written[name] = sorted(slugs.get((noun, key), str(key)) for key in value)
        elif value is not None:
            written[name] = slugs.get((noun, value), str(value))
    return written


def _keys(model: type[PublicNoun], document: Document) -> dict[Address, int]:
    """The keys of all nouns that a document points to. What was published is never deleted, so all are there."""
    slugs: dict[str, set[str]] = defaultdict(set)
    for address in document_references(model, document):
        slugs[address.noun].add(address.slug)
    return {
        Address(noun, slug): key
        for noun, wanted in slugs.items()
        for slug, key in noun_models()[noun]._base_manager.filter(slug__in=wanted).values_list("slug", "pk")
    }


def _from_document(model: type[Declared], content: Values, keys: dict[Address, int]) -> Values:
    values = {}
    for name in model.PUBLIC_FIELDS:
        field: Any = model._meta.get_field(name)
        value = value_in(content, field)
        if not field.is_relation:
            values[name] = field.to_python(value)
        elif isinstance(value, list):
            values[name] = sorted(keys[Address(field.related_model.NOUN, slug)] for slug in value)
        else:
            values[name] = None if value is None else keys[Address(field.related_model.NOUN, value)]
    return values
