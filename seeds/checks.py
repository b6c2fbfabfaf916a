"""What is wrong with the seed tables: cell by cell while a table is read, then between rows and between tables."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any, get_type_hints

from seeds.cells import Cell, To, ToMany, Wrong
from seeds.record_rows import CITABLE, AwardShare, Citation, Grant
from seeds.reference_rows import NounRow, Row

CHILDREN = {
    "policies": ("events", "answers"),
    "letters": ("events",),
    "grants": ("shares",),
    "lawsuits": ("parties", "events"),
}
"""What belongs to a record and may be named by a citation where otherwise a field is."""


@dataclass(frozen=True)
class SeedError:
    """One thing wrong with the tables: where, the text that stands there, why it is wrong, and what would be right."""

    file: str
    line: int
    column: str
    value: str
    reason: str
    right: str

    def __str__(self) -> str:
        place = f"{self.file} line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{place}: {self.value!r} {self.reason}. {self.right}"


@dataclass(frozen=True)
class Line:
    """A good row and the line of the file that it begins on."""

    number: int
    row: Any


@dataclass
class Table:
    """A table as read: its good rows, what is wrong with the others, and the slugs of all of them.

    `slugs` is None where the column cannot be read, so that nothing else is blamed for it.
    """

    name: str
    lines: list[Line] = field(default_factory=list)
    slugs: set[str] | None = None
    errors: list[SeedError] = field(default_factory=list)

    def error(self, line: int, column: str, value: Any, reason: str, right: str) -> SeedError:
        """An error of this table."""
        return SeedError(f"{self.name}.csv", line, column, "" if value is None else str(value), reason, right)


_CELLS: dict[type[Row], Mapping[str, Cell]] = {}
"""Filled by cells_of, since reading the hints of a class is slow."""


def cells_of(row_class: type[Row]) -> Mapping[str, Cell]:
    """The columns of a table, in order, with the kind of cell that each has."""
    if row_class not in _CELLS:
        hints = get_type_hints(row_class, include_extras=True)
        columns = [column.name for column in fields(row_class)]  # type: ignore[arg-type]  # Every Row below the base is a dataclass.
        _CELLS[row_class] = {name: hints[name].__metadata__[-1] for name in columns}
    return _CELLS[row_class]


def read_table(path: Path, row_class: type[Row]) -> Table:
    """Read one table, noting every bad cell."""
    table = Table(path.stem)
    try:
        reader = csv.reader(StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        header = next(reader, [])
    except FileNotFoundError:
        table.errors.append(table.error(0, "", path.name, "is missing", "Every table has a file, if only a header."))
        return table
    except (UnicodeDecodeError, csv.Error) as error:
        table.errors.append(table.error(1, "", path.name, f"cannot be read: {error}", "Save it as CSV in UTF-8."))
        return table
    table.errors.extend(_header_errors(table, header, list(cells_of(row_class))))
    whole = not table.errors
    if "slug" in header:
        table.slugs = set()
    while True:
        number = reader.line_num + 1
        try:
            texts = next(reader)
        except StopIteration:
            return table
        except csv.Error as error:
            table.errors.append(table.error(number, "", "", f"is not CSV: {error}", "Mend the quotes of this line."))
            return table
        _read_line(table, row_class, header, texts, number, whole=whole)


def _header_errors(table: Table, header: list[str], columns: list[str]) -> Iterator[SeedError]:
    for column in dict.fromkeys(header):
        if header.count(column) > 1:
            yield table.error(1, column, column, "is there twice", "A column is there once.")
        if column not in columns:
            near = get_close_matches(column, columns, 1)
            right = f"Did you mean {near[0]}?" if near else f"The columns are {', '.join(columns)}."
            yield table.error(1, column, column, "is not a column of this table", right)
    for column in columns:
        if column not in header:
            yield table.error(1, column, column, "is missing", f"The columns are {', '.join(columns)}.")


def _read_line(
    table: Table, row_class: type[Row], header: list[str], texts: list[str], number: int, *, whole: bool
) -> None:
    if len(texts) != len(header):
        reason = f"has {len(texts)} cells and the header has {len(header)}"
        table.errors.append(table.error(number, "", ",".join(texts), reason, "Put a cell that holds commas in quotes."))
        return
    values: dict[str, Any] = {}
    wrong = []
    for column, cell in cells_of(row_class).items():
        if column not in header:
            continue
        text = texts[header.index(column)]
        if column == "slug" and table.slugs is not None:
            table.slugs.add(text)
        try:
            values[column] = cell.read(text)
        except Wrong as error:
            wrong.append(table.error(number, column, text, error.reason, error.right))
    table.errors.extend(wrong)
    if whole and not wrong:
        row = row_class(**values)
        table.lines.append(Line(number, row))
        for fault in row.faults():
            table.errors.append(
                table.error(number, fault.column, getattr(row, fault.column), fault.reason, fault.right)
            )


def check(tables: Mapping[str, Table]) -> Iterator[SeedError]:
    """What is wrong between rows and between tables that are each well formed."""
    for table in tables.values():
        yield from _doubles(table)
        yield from _circles(table)
        yield from _lost_references(table, tables)
        yield from _drafts_pointed_to(table, tables)
    yield from _citation_errors(tables)
    yield from _overspent_awards(tables["grants"].lines, tables["award_shares"])


def _doubles(table: Table) -> Iterator[SeedError]:
    first: dict[Any, int] = {}
    for line in table.lines:
        cells = cells_of(type(line.row))
        for key in line.row.KEYS:
            values = tuple(cells[column].canonical(getattr(line.row, column)) for column in key)
            if values[-1] in ("", None):
                continue
            before = first.setdefault((key, values), line.number)
            if before != line.number:
                columns = " and ".join(key)
                value = getattr(line.row, key[-1])
                yield table.error(line.number, key[-1], value, f"is that of line {before}", f"No two share {columns}.")


def references(row: Row) -> Iterator[tuple[str, To, str]]:
    """Each column that points to other rows, with its kind and each slug that it holds."""
    for column, cell in cells_of(type(row)).items():
        if isinstance(cell, To):
            value = getattr(row, column)
            for slug in value if isinstance(cell, ToMany) else [value] if value else []:
                yield column, cell, slug


def _lost_references(table: Table, tables: Mapping[str, Table]) -> Iterator[SeedError]:
    for line in table.lines:
        for column, cell, slug in references(line.row):
            slugs = tables[cell.table].slugs
            if slugs is not None and slug not in slugs:
                yield _lost(table, line, column, slug, cell.table, slugs)


def _lost(table: Table, line: Line, column: str, slug: str, target: str, slugs: Iterable[str]) -> SeedError:
    near = get_close_matches(slug, slugs, 1)
    right = f"Did you mean {near[0]}?" if near else f"Write the slug of a row of {target}.csv."
    return table.error(line.number, column, slug, f"is no row of {target}.csv", right)


def _circles(table: Table) -> Iterator[SeedError]:
    """Rows that lead back to themselves through columns that point to rows of the same table."""
    above: dict[str, list[tuple[str, str]]] = {
        line.row.slug: [(column, slug) for column, cell, slug in references(line.row) if cell.table == table.name]
        for line in table.lines
        if isinstance(line.row, NounRow)
    }
    for line in table.lines:
        for column, slug in above.get(getattr(line.row, "slug", ""), ()):
            if line.row.slug in _reached(slug, above):
                yield table.error(line.number, column, slug, "leads back to this row", "No row is above itself.")


def _reached(start: str, above: Mapping[str, Sequence[tuple[str, str]]]) -> set[str]:
    """A row and all that it leads to."""
    seen, waiting = {start}, [start]
    while waiting:
        for _column, slug in above.get(waiting.pop(), ()):
            if slug not in seen:
                seen.add(slug)
                waiting.append(slug)
    return seen


def _drafts_pointed_to(table: Table, tables: Mapping[str, Table]) -> Iterator[SeedError]:
    """A record that will be published points to published records only."""
    for line in table.lines:
        if getattr(line.row, "confidence", "low") == "low":
            continue
        for column, cell, slug in references(line.row):
            if slug in _drafts(tables[cell.table]):
                yield table.error(
                    line.number, column, slug, "is of low confidence and stays a draft", "Point to what is published."
                )


def _drafts(table: Table) -> set[str]:
    return {line.row.slug for line in table.lines if getattr(line.row, "confidence", "") == "low"}


def _citation_errors(tables: Mapping[str, Table]) -> Iterator[SeedError]:
    citations = tables["citations"]
    cited: set[tuple[str, str]] = set()
    for line in citations.lines:
        row: Citation = line.row
        target = tables[row.table]
        cited.add((row.table, row.record))
        if target.slugs is not None and row.record not in target.slugs:
            yield _lost(citations, line, "record", row.record, row.table, target.slugs)
        allowed = _citable_fields(target)
        if row.field and allowed and row.field not in allowed:
            near = get_close_matches(row.field, allowed, 1)
            right = f"Did you mean {near[0]}?" if near else f"Name one of: {', '.join(allowed)}."
            yield citations.error(line.number, "field", row.field, f"is no field of {row.noun}", right)
    if citations.errors:
        return
    for name in (noun.replace("-", "_") for noun in CITABLE):
        for line in tables[name].lines:
            if line.row.confidence != "low" and (name, line.row.slug) not in cited:
                right = "Add a row to citations.csv, or lower its confidence to low."
                yield tables[name].error(line.number, "slug", line.row.slug, "cites no source", right)


def _citable_fields(table: Table) -> list[str]:
    if not table.lines:
        return []
    own = set(cells_of(type(table.lines[0].row))) - {"slug", "internal_notes", "confidence"}
    return [*sorted(own), *CHILDREN.get(table.name, ())]


def _overspent_awards(grants: Iterable[Line], shares: Table) -> Iterator[SeedError]:
    """Shares come out of the award, so that together they are at most its amount."""
    awards: dict[str, Grant] = {line.row.slug: line.row for line in grants}
    spent: dict[str, Any] = {}
    for line in shares.lines:
        share: AwardShare = line.row
        spent[share.award] = spent.get(share.award, 0) + (share.amount or 0)
        award = awards.get(share.award)
        if award is not None and spent[share.award] > (award.amount or 0):
            reason = f"brings the shares to {spent[share.award]}, and the award is {award.amount or 'not known'}"
            yield shares.error(line.number, "amount", share.amount, reason, "Shares are parts of the award.")
