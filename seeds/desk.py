"""Writes seed entries into the record in the seed author's name, through the models and with their history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.auth.models import User

from jurisdictions.models import Jurisdiction
from nouns.databases import BATCH, UPDATED_AT_ONCE
from nouns.declarations import child_models, parent_key
from nouns.history import one_history_row
from nouns.noun import Declared, PublicNoun
from seeds.cells import To, ToMany
from seeds.checks import cells_of
from seeds.entries import MODELS, SEEDED, Entry
from seeds.reference_rows import Row
from tracker.models import Record, Status

NOT_FIELDS = frozenset({"confidence", "noun", "record"})
"""Columns that are no fields of the models: they say what becomes of a row, or which record it belongs to."""


class LostReference(LookupError):
    """An entry points to something that was removed from the record by hand."""


class Desk:
    """Writes entries, and knows the key of every noun by its table and slug."""

    def __init__(self, author: User) -> None:
        self.author = author
        self._keys: dict[str, dict[str, int]] = {}

    def create(self, entries: Sequence[Entry]) -> list[PublicNoun]:
        """Write new nouns of one table with all that belongs to them."""
        nouns: dict[str, PublicNoun] = {}
        for wave in _waves(entries):
            for noun in self._create_wave(wave):
                nouns[noun.slug] = noun
                self._keys_of(wave[0].table)[noun.slug] = noun.pk
        children: dict[type[Declared], list[Declared]] = defaultdict(list)
        for entry in entries:
            for model, rows in self._children(entry, nouns[entry.slug]):
                children[model].extend(rows)
        for model, rows in children.items():
            model.objects.bulk_create(rows, batch_size=BATCH)
        return list(nouns.values())

    def update(self, entry: Entry, noun: PublicNoun) -> PublicNoun:
        """Bring a stored noun in line with its entry, as one revision; children that stay the same are left alone."""
        columns, links = self._values(entry.row)
        for name, value in columns.items():
            setattr(noun, name, value)
        with one_history_row(noun, by=self.author, reason=_reason(entry)):
            noun.save()
            for name, keys in links.items():
                getattr(noun, name).set(keys)
            for (relation, model), (_model, wanted) in zip(
                child_models(type(noun)).items(), self._children(entry, noun), strict=True
            ):
                self._replace(relation, model, noun, wanted, _reason(entry))
        return noun

    def _replace(
        self, relation: str, model: type[Declared], noun: PublicNoun, wanted: list[Declared], reason: str
    ) -> None:
        parent = parent_key(type(noun), relation)
        stored = list(model._base_manager.filter(**{parent: noun}).order_by("pk"))
        if [_content(row) for row in stored] != [_content(row) for row in wanted]:
            for row in stored:
                setattr(row, parent, noun)  # The copy that is being saved, so that this is no revision of its own.
                self._sign(row, reason).delete()
            model.objects.bulk_create(wanted)

    def submit(self, records: Iterable[Record]) -> None:
        """Hand records that this desk has just written to the reviewer."""
        by_model: dict[type[Record], list[Record]] = defaultdict(list)
        for record in records:
            record.status, record.submitted_by = Status.IN_REVIEW, self.author
            by_model[type(record)].append(self._sign(record, "Submitted"))
        for model, submitted in by_model.items():
            model.objects.bulk_update(submitted, ["status", "submitted_by"], batch_size=UPDATED_AT_ONCE)

    def _create_wave(self, wave: Sequence[Entry]) -> list[PublicNoun]:
        """Write nouns that point to none of each other.

        The thousands of counties go in one piece. The other nouns derive fields when they are saved (the state of a
        letter is its jurisdiction's) or have many-to-many links that belong in their history, and are saved each.
        """
        made = []
        in_one_piece = []
        for entry in wave:
            columns, links = self._values(entry.row)
            noun = MODELS[entry.table](**columns)
            if isinstance(noun, Record):
                noun.created_by = self.author
            if isinstance(noun, Jurisdiction) and not any(links.values()):
                noun.revision = 1
                in_one_piece.append(self._sign(noun, _reason(entry)))
            else:
                made.append(self._save(entry, noun, links))
        return [*made, *Jurisdiction.objects.bulk_create(in_one_piece, batch_size=BATCH)]

    def _save(self, entry: Entry, noun: PublicNoun, links: dict[str, list[int]]) -> PublicNoun:
        with one_history_row(noun, by=self.author, reason=_reason(entry)):
            noun.save()
            for name, keys in links.items():
                getattr(noun, name).set(keys)
        return noun

    def _children(self, entry: Entry, noun: PublicNoun) -> Iterator[tuple[type[Declared], list[Declared]]]:
        """What belongs to an entry, as unsaved rows of each child model, in declared order."""
        for relation, model in child_models(type(noun)).items():
            parent = parent_key(type(noun), relation)
            rows = []
            for row in entry.children[relation]:
                columns = {name: value for name, value in self._values(row)[0].items() if name != f"{parent}_id"}
                rows.append(self._sign(model(**columns, **{parent: noun}), _reason(entry)))
            yield model, rows

    def _values(self, row: Row) -> tuple[dict[str, Any], dict[str, list[int]]]:
        """A row as column values of its model, and as keys of its many-to-many links."""
        columns: dict[str, Any] = {}
        links: dict[str, list[int]] = {}
        for name, cell in cells_of(type(row)).items():
            value = getattr(row, name)
            if isinstance(cell, ToMany):
                links[name] = [self._key(cell.table, slug) for slug in value]
            elif isinstance(cell, To):
                columns[f"{name}_id"] = self._key(cell.table, value) if value else None
            elif name not in NOT_FIELDS:
                columns[name] = value
        return columns, links

    def _key(self, table: str, slug: str) -> int:
        try:
            return self._keys_of(table)[slug]
        except KeyError:
            raise LostReference(
                f"The seed record points to {MODELS[table].NOUN}/{slug}, which somebody removed from the record or "
                f"gave another address."
            ) from None

    def _keys_of(self, table: str) -> dict[str, int]:
        if table not in self._keys:
            self._keys[table] = dict(MODELS[table]._base_manager.values_list("slug", "pk"))
        return self._keys[table]

    def _sign(self, row: Any, reason: str) -> Any:
        """Name the author and the reason for the next history row of a row."""
        row._history_user, row._change_reason = self.author, reason
        return row


def _reason(entry: Entry) -> str:
    return f"{SEEDED}{entry.digest}"


def _waves(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The entries of one table in groups, each after those that it points to. The tables are checked for circles."""
    waiting = {entry.slug: entry for entry in entries}
    while waiting:
        ready = [entry for entry in waiting.values() if not entry.above() & waiting.keys()]
        for entry in ready:
            del waiting[entry.slug]
        yield ready


def _content(row: Declared) -> list[Any]:
    """What a child says, without its keys."""
    columns = [column.attname for column in row._meta.concrete_fields if column.name in row.PUBLIC_FIELDS]
    return [getattr(row, name) for name in columns]
