"""What a table would do to the record: for each row add, change or nothing, and everything that is wrong with it.

Rows are taken in batches, and each asks a number of queries that does not depend on its rows. Nothing is
written here. What a row would make is held to the rules that the form of its noun follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError

from desk.tables.citations import CitationCells
from desk.tables.clashes import Clashes
from desk.tables.columns import KEY, check_header, citation_columns
from desk.tables.problems import Problems, Refused
from desk.tables.resources import NounResource, resource
from desk.tables.rows import Line, Row, Verb
from desk.tables.rules import check_rules
from nouns.databases import batches
from nouns.noun import PublicNoun
from public.engine.spreadsheets import plain, same
from tracker.models import Record, Status

LONGEST_REMEMBERED, MOST_REMEMBERED = 60, 50_000
"""Characters of a cell whose value is remembered, and how many such cells."""


def plan(model: type[PublicNoun], lines: Iterator[Line], problems: Problems) -> Iterator[list[Row]]:
    """The rows of a table, its header first among `lines`, in order and in batches. Adds to `problems` what is wrong.

    Raises Refused when the table cannot be read at all, or any further.
    """
    header = next(lines, None)
    if header is None:
        raise Refused("The file is empty. Its first row names the columns.")
    planner = _Planner(model, header, problems)
    for batch in batches(lines):
        yield planner.rows(batch)


class _Planner:
    """Plans the batches of one table."""

    def __init__(self, model: type[PublicNoun], header: Line, problems: Problems) -> None:
        self.model = model
        self.table: NounResource = resource(model)
        self.header = check_header(self.table, header.cells)
        self.own = [name for name in self.header if name in self.table.columns and name != KEY]
        self.relations = {column.column_name: column.widget for column in self.table.relations()}
        self.problems = problems
        cited = [name for name in self.header if name in citation_columns(self.table)]
        self.citations = CitationCells(model, cited, self.table.known)
        self.clashes = Clashes(model, lambda row, name, reason: self._note(row, self._column(name), reason))
        self._values: dict[tuple[str, str], Any] = {}
        self._missing = [
            name for name in self.table.columns if name not in (*self.header, KEY) and self._is_required(name)
        ]
        self._missing_untold = list(self._missing)

    def rows(self, lines: Sequence[Line]) -> list[Row]:
        """The planned rows of one chunk."""
        rows = [self._read(line) for line in lines]
        self._look_up(rows)
        stored = self._stored(row.texts[KEY] for row in rows)
        new = [row for row in rows if row.texts[KEY] not in stored]
        for row in new:
            self._fill(row)
        stored |= self._recognised([row for row in new if not row.texts[KEY] and not row.wrong])
        for row in rows:
            if (noun := stored.get(row.texts[KEY])) is not None:
                self._compare(row, noun)
        self.citations.attach(rows, self._note)
        for row in rows:
            if row.verb != Verb.SAME:
                self._settle(row)
        self.clashes.find(rows)
        return rows

    def _note(self, row: Row, column: str, reason: str) -> None:
        row.wrong.add(column)
        self.problems.add(row.number, column, row.texts.get(column, ""), reason)

    def _read(self, line: Line) -> Row:
        """The cells of a line by their columns."""
        cells = [plain(cell) for cell in line.cells[: len(self.header)]]
        cells += [""] * (len(self.header) - len(cells))
        row = Row(line.number, dict(zip(self.header, cells, strict=True)), self.model())
        for place, reason in line.refusals.items():
            if place < len(self.header):
                self._note(row, self.header[place], reason)
        if len(line.cells) > len(self.header):
            self._note(row, "", f"The row has {len(line.cells)} cells, and the table {len(self.header)} columns.")
        return row

    def _look_up(self, rows: Sequence[Row]) -> None:
        """Fetch every other noun that the chunk names, with one query for each column."""
        for name, widget in self.relations.items():
            if name in self.own:
                self.table.known.look_up(widget.model, (slug for row in rows for slug in widget.slugs(row.texts[name])))
        self.citations.look_up(rows)

    def _stored(self, slugs: Iterable[str]) -> dict[str, PublicNoun]:
        wanted = set(slugs) - {""}
        return {noun.slug: noun for noun in self.table.stored().filter(slug__in=wanted)} if wanted else {}

    def _fill(self, row: Row) -> None:
        """Give what a row says to a new noun."""
        given = [name for name in self.own if row.texts[name]]
        for name in given:
            self._set(row, name)
        row.cells = {name: ("", row.texts[name]) for name in given}

    def _set(self, row: Row, name: str) -> object:
        """Set one value and return it; None when it is none, or wrong."""
        if name in row.wrong:
            return None
        attribute = self.table.columns[name].attribute
        try:
            value = self._value(name, row.texts[name])
        except ValueError as error:
            self._note(row, name, str(error))
            return None
        if isinstance(value, list):
            row.links[attribute] = value
        else:
            setattr(row.noun, attribute, value)
        return value

    def _value(self, name: str, text: str) -> object:
        """The value of a cell. Tables repeat themselves, so those of short cells are remembered."""
        if (known := self._values.get((name, text))) is not None:
            return known
        value = self.table.columns[name].widget.clean(text)
        if len(text) <= LONGEST_REMEMBERED and len(self._values) < MOST_REMEMBERED:
            self._values[name, text] = value
        return value

    def _recognised(self, rows: Sequence[Row]) -> dict[str, PublicNoun]:
        """The stored nouns that rows without a slug are about. The rows are given their slugs."""
        for row in rows:
            with suppress(ValidationError):  # It is told when the row is settled.
                row.noun.clean()
        found = self.clashes.known(rows)
        for row in rows:
            row.texts[KEY] = found.get(row.number, "")
        return self._stored(found.values())

    def _compare(self, row: Row, noun: PublicNoun) -> None:
        """Set in a stored noun what its row says otherwise."""
        row.noun, row.verb, row.cells, row.links = noun, Verb.SAME, {}, {}
        for name in self.own:
            column = self.table.columns[name]
            before = column.export(noun)
            if same(before, row.texts[name]) or name in row.wrong:
                continue
            value = self._set(row, name)
            after = row.texts[name] if name in row.wrong else column.widget.render(value)
            if same(before, after):
                row.links.pop(column.attribute, None)  # The same ones, in another order.
            else:
                row.cells[name] = (before, after)
                row.verb = Verb.CHANGE

    def _settle(self, row: Row) -> None:
        """Complete a noun that would be written, and hold it to the rules that concern it alone."""
        noun = row.noun
        if row.verb == Verb.ADD:
            self._require_values(row)
        if isinstance(noun, Record):
            noun.status = Status.DRAFT
        self._clean(row)
        unsettled = {self.table.columns[name].attribute for name in row.wrong & self.table.columns.keys()}
        if row.wrong:
            unsettled |= set(noun.DERIVED_FIELDS)
        else:
            self._derive(row)
        for rule in check_rules(self.model):
            if not rule.columns & unsettled and rule.holds(noun) is False:
                about = [name for name in self.own if self.table.columns[name].attribute in rule.columns]
                self._note(row, next((name for name in about if row.texts[name]), "".join(about[:1])), rule.reason)

    def _require_values(self, row: Row) -> None:
        for name in self.own:
            if not row.texts[name]:
                self._set(row, name)  # Which says so when the column needs a value.
        row.wrong.update(self._missing)
        while self._missing_untold:  # It is said once, at the first row that needs them.
            self._note(row, self._missing_untold.pop(0), "New rows need this column, and the table does not have it.")

    def _is_required(self, name: str) -> bool:
        field: Any = self.model._meta.get_field(self.table.columns[name].attribute)
        return not field.blank and not field.has_default()

    def _clean(self, row: Row) -> None:
        """Ask the model's own checks."""
        try:
            row.noun.clean()
        except ValidationError as refusal:
            for name, errors in refusal.update_error_dict({}).items():
                reason = " ".join(text for error in errors for text in error.messages)
                self._note(row, self._column(name), reason)

    def _derive(self, row: Row) -> None:
        """Fill what follows from other values, and refuse a cell that says otherwise."""
        given = [name for name in self.own if row.texts[name] and name not in self.relations]
        before = {name: getattr(row.noun, self.table.columns[name].attribute) for name in given}
        row.noun.derive()
        for name, value in before.items():
            if (derived := getattr(row.noun, self.table.columns[name].attribute)) != value:
                self._note(row, name, f"The other columns say {derived}. Correct one of them, or leave this empty.")

    def _column(self, field: str) -> str:
        """The column to mend when this field is wrong: its own, or the one that it follows from."""
        columns = {column.attribute: name for name, column in self.table.columns.items()}
        return columns.get(field) or next((name for name in self.own if field.startswith(name)), "")
