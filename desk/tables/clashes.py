"""What a row may not share with another row of its table, or with the record: its noun, its address, its keys."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from desk.tables.citations import Note
from desk.tables.columns import KEY
from desk.tables.rows import Row, Verb
from desk.tables.rules import Key, UniqueRule, unique_rules
from nouns.noun import PublicNoun
from tracker.addresses import Addresses, taken_addresses


class Clashes:
    """Gives new nouns their addresses, finds clashes, and remembers what the rows of earlier chunks claimed.

    `note` takes a row, the field that clashes and the reason.
    """

    def __init__(self, model: type[PublicNoun], note: Note) -> None:
        self.model = model
        self.note = note
        self._addresses = Addresses(model)
        self._rows_by_slug: dict[str, int] = {}
        self._rows_by_key: dict[tuple[UniqueRule, Key], int] = {}

    def known(self, rows: Sequence[Row]) -> dict[int, str]:
        """The slugs of stored nouns by the rows that are about them, by what no two nouns share."""
        found: dict[int, str] = {}
        for rule in unique_rules(self.model):
            keys = {row.number: key for row in rows if (key := rule.key(row.noun)) is not None}
            owners = rule.owners(self.model, set(keys.values()))
            found = {number: owners[key] for number, key in keys.items() if key in owners} | found
        return found

    def find(self, rows: Sequence[Row]) -> None:
        """Note every clash of these rows, and give an address to each new noun that has none."""
        named = [row for row in rows if row.texts[KEY]]
        self._check_addresses(named)
        nameless = [row for row in rows if not row.texts[KEY] and not row.wrong]
        made = self._addresses.take([row.noun.words_for_slug() for row in nameless], besides=self._rows_by_slug)
        for row, slug in zip(nameless, made, strict=True):
            row.noun.slug = slug
            self._rows_by_slug[slug] = row.number
        for rule in unique_rules(self.model):
            self._check_keys(rule, rows)

    def _check_addresses(self, rows: Sequence[Row]) -> None:
        new = [row for row in rows if row.verb == Verb.ADD]
        taken = taken_addresses(self.model, {row.texts[KEY] for row in new})
        for row in rows:
            first = self._rows_by_slug.setdefault(row.texts[KEY], row.number)
            if first != row.number:
                self.note(row, KEY, f"Row {first} is about the same one. Keep one of them.")
        for row in new:
            try:
                row.noun.slug = self.model._meta.get_field("slug").clean(row.texts[KEY], None)
            except ValidationError as error:
                self.note(row, KEY, " ".join(error.messages))
            if row.texts[KEY] in taken:
                self.note(row, KEY, "Another record was once published at this address. Leave it empty.")

    def _check_keys(self, rule: UniqueRule, rows: Sequence[Row]) -> None:
        held: dict[Key, Row] = {}
        for row in rows:
            key = None if row.wrong & set(rule.columns) else rule.key(row.noun)
            if key is None:
                continue
            first = self._rows_by_key.setdefault((rule, key), row.number)
            if first != row.number:
                self.note(row, rule.columns[-1], f"{rule.reason} Row {first} has it too.")
            elif row.verb != Verb.SAME:
                held[key] = row
        for key, owner in rule.owners(self.model, held).items():
            if owner != held[key].noun.slug:
                self.note(held[key], rule.columns[-1], f"{rule.reason} It is {owner}.")
