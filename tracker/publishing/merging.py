"""Two records that turn out to be one: everything that is the loser's, and whatever points to it, goes to the winner.

The loser leaves the edition; its address leads to the winner from then on. The ledger tells it in one act: the winner
with its new rows, each record that points elsewhere now, and the merge itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from nouns.databases import PUBLISHED, RECORD
from nouns.declarations import child_models, parent_key
from nouns.history import LONGEST_REASON, one_history_row
from nouns.noun import Declared, PublicNoun
from tracker.models import Publication, Record, RecordChild, Status
from tracker.publishing.acts import republish
from tracker.publishing.refusals import Key, key_of, refuse

MERGED_INTO = Publication.MERGED_INTO


@dataclass(frozen=True)
class Pointer:
    """A row that points to the loser by this field, which may be one to many: a noun, or a row below one."""

    row: Declared
    name: str
    to_many: bool


@dataclass
class Plan:
    """What a merge does, before it is done: `refusals` are the reasons why it cannot be.

    `moved` are the loser's rows that go to the winner and `kept` those that the winner has in the same words, with the
    names of the keys to their record. `pointers` holds what points to the loser, by the noun that it is in.
    """

    loser: Record
    winner: Record
    moved: list[tuple[str, Declared]] = field(default_factory=list)
    kept: list[tuple[str, Declared]] = field(default_factory=list)
    pointers: dict[Key, list[Pointer]] = field(default_factory=dict)
    owners: dict[Key, PublicNoun] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)


def plan(loser: Record, winner: Record) -> Plan:
    """What merging these stored records would do, or everything that stands against it."""
    planned = Plan(loser, winner)
    if type(loser) is not type(winner) or loser.pk == winner.pk:
        planned.refusals.append("Two different records of one kind are merged.")
        return planned
    planned.refusals += [reason for record in (loser, winner) for reason in _unfinished(record)]
    _plan_rows(planned)
    _plan_pointers(planned)
    return planned


def merge(planned: Plan, *, by: AbstractBaseUser, reason: str) -> Publication:
    """Carry a plan out; all of it or nothing. Raises Refused, naming every reason at once."""
    loser, winner = planned.loser, planned.winner
    if not reason.strip():
        planned.refusals.append("Say why they are merged: the public is told.")
    refuse(planned.refusals)
    words = f"Merged with {loser.slug}: {reason}"
    with one_history_row(winner, by=by, reason=words[:LONGEST_REASON]):
        for key, row in planned.moved:
            _move(row, key, winner, by)
        winner.save()
    for owner_key, pointers in planned.pointers.items():
        owner = planned.owners[owner_key]
        with one_history_row(owner, by=by, reason=f"Points to {winner.slug} now. {words}"[:LONGEST_REASON]):
            for pointer in pointers:
                _point(pointer, owner, loser, winner, by)
            owner.save()
    _move_notes(loser, winner)
    loser.status, loser.published_revision, loser.reviewed_by = Status.WITHDRAWN, None, by
    with one_history_row(loser, by=by, reason=f"Merged into {winner.slug}: {reason}"[:LONGEST_REASON]):
        loser.save_bookkeeping("status", "published_revision", "reviewed_by")
    removed = Publication(
        noun=loser.NOUN,
        slug=loser.slug,
        record_id=loser.pk,
        revision=loser.revision,
        action=Publication.Action.MERGE,
        reason=reason,
        document={MERGED_INTO: winner.slug},
    )
    public = [owner for owner in planned.owners.values() if owner.published_revision is not None]
    republish([winner, *public], by=by, reason=words, removed=removed, at=timezone.now())
    return removed


def _unfinished(record: Record) -> Iterator[str]:
    if record.published_revision is None:
        yield f"{record} is not published, so there is nothing to merge: edit or delete it instead."
    elif record.status != Status.PUBLISHED:
        yield f"{record} has edits that are not published: publish or discard them first."


def _plan_rows(planned: Plan) -> None:
    model = type(planned.loser)
    for relation, child in child_models(model).items():
        key = parent_key(model, relation)
        rows = child._base_manager.order_by("pk")
        theirs = [_content(row) for row in rows.filter(**{key: planned.winner.pk})]
        for row in rows.filter(**{key: planned.loser.pk}):
            if _content(row) in theirs:
                planned.kept.append((key, row))
                continue
            setattr(row, key, planned.winner)
            try:
                row.full_clean()
            except ValidationError as refusal:
                planned.refusals += [f"{row} cannot move to {planned.winner}: {why}" for why in refusal.messages]
            planned.moved.append((key, row))


def _content(row: Declared) -> dict[str, object]:
    names = (*row.PUBLIC_FIELDS, *row.INTERNAL_FIELDS)
    return {name: row._meta.get_field(name).value_from_object(row) for name in names}  # type: ignore[union-attr]


def _plan_pointers(planned: Plan) -> None:
    found = list(_pointers(planned.loser))
    owners = {key_of(owner): owner for owner in (_owner(pointer.row) for pointer in found)}
    for pointer in found:
        key = key_of(_owner(pointer.row))
        planned.pointers.setdefault(key, []).append(pointer)
    for row in _public_rows(planned.loser):  # An edit may have turned away from it in the record only.
        owner = type(_owner(row))._base_manager.using(RECORD).get(pk=_owner(row).pk)
        owners.setdefault(key_of(owner), owner)
    for key, owner in owners.items():
        if key == key_of(planned.winner):
            planned.refusals.append(f"{owner} points to {planned.loser} itself: take that out of it first.")
        elif not isinstance(owner, Record) or owner.status == Status.PUBLISHED:
            planned.owners[key] = owner
        elif owner.status == Status.WITHDRAWN or key == key_of(planned.loser):
            planned.pointers.pop(key, None)  # It goes on saying what it said.
        elif owner.published_revision is not None or owner.status == Status.IN_REVIEW:
            planned.refusals.append(
                f"{owner} points to {planned.loser} and has edits that are not published: "
                "publish, send back or discard them first."
            )
        else:
            planned.owners[key] = owner


def _owner(row: Declared) -> PublicNoun:
    if isinstance(row, RecordChild):
        return row.parent_record()
    return row  # type: ignore[return-value]  # What is declared is a noun or a row below one.


def _relations(noun: PublicNoun) -> Iterator[Any]:
    """The relations by which others point to a noun, its own rows aside."""
    return (each for each in noun._meta.related_objects if each.get_accessor_name() not in noun.CHILDREN)


def _pointers(noun: PublicNoun) -> Iterator[Pointer]:
    for relation in _relations(noun):
        if issubclass(relation.related_model, Declared):
            name = relation.field.name
            for row in relation.related_model._base_manager.filter(**{name: noun.pk}):
                yield Pointer(row, name, bool(relation.many_to_many))


def _public_rows(noun: PublicNoun) -> Iterator[Declared]:
    for relation in _relations(noun):
        if issubclass(relation.related_model, Declared):
            rows: Iterable[Declared] = relation.related_model._base_manager.using(PUBLISHED).filter(
                **{relation.field.name: noun.pk}
            )
            yield from rows


def _move(row: Declared, key: str, owner: PublicNoun, by: AbstractBaseUser) -> None:
    """Save a row below the copy of its noun that is being written, so that this is no revision of its own."""
    setattr(row, key, owner)
    row._history_user = by  # type: ignore[attr-defined]  # Read by django-simple-history.
    row.save()


def _point(pointer: Pointer, owner: PublicNoun, loser: Record, winner: Record, by: AbstractBaseUser) -> None:
    if pointer.to_many:
        links = getattr(owner if pointer.row == owner else pointer.row, pointer.name)
        links.remove(loser)
        links.add(winner)
    elif isinstance(pointer.row, RecordChild):
        setattr(pointer.row, pointer.name, winner)
        relation = next(name for name, child in child_models(type(owner)).items() if child is type(pointer.row))
        _move(pointer.row, parent_key(type(owner), relation), owner, by)
    else:
        setattr(owner, pointer.name, winner)


def _move_notes(loser: Record, winner: Record) -> None:
    """Let what staff keep beside the loser, such as who follows it, go with it, unless the winner has the same."""
    for relation in _relations(loser):
        if issubclass(relation.related_model, Declared):
            continue
        notes = relation.related_model._base_manager
        for note in notes.filter(**{relation.field.name: loser.pk}):
            setattr(note, relation.field.name, winner)
            try:
                with transaction.atomic(using=RECORD):
                    note.save()
            except IntegrityError:
                continue
