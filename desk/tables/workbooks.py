"""Workbooks (.xlsx) as rows of text, read by openpyxl once the package is known to be harmless.

A workbook is a zip archive of XML, and each layer can claim more than it holds: a few kilobytes unpack to gigabytes,
name a million columns, or define entities that multiply. So every part is first run through a parser that keeps nothing
and stops at the limits. Formulas are refused, since what they come to is not in the file or may be out of date.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO, TypeVar
from xml.parsers import expat

import openpyxl

from desk.tables.problems import Refused, TooLarge
from desk.tables.rows import Limits, Line
from public.engine.spreadsheets import UNKEPT, unescaped

ReadT = TypeVar("ReadT")

MOST_PARTS = 500
MOST_RATIO = 200
"""Unpacked bytes to a packed one. Sheets of real tables stay below 50."""
PLAIN_PARTS_ELEMENTS = 50_000
"""Elements in all parts but the cells and their texts: styles, properties, relations."""
ELEMENTS_PER_CELL = 10
PIECE = 1 << 16
ENTRY = b"PK\x01\x02"
"""What every entry of a package's list of parts begins with."""
REFUSALS = {
    "f": "Holds a formula. Paste its value instead.",
    "e": "Holds an error of the spreadsheet.",
    "b": "Holds true or false, which no column takes. Write the word as text.",
    "%": "Holds a percentage. Write the number itself.",
}
"""Why a cell cannot be taken, by what it holds: openpyxl's letter for it, and % for a number shown as a percentage."""
NOT_READABLE = "This workbook cannot be read. Open it in a spreadsheet, save it again as .xlsx, or as CSV."


def workbook_rows(file: BinaryIO, limits: Limits) -> Iterator[Line]:
    """The rows of the only sheet, dates as ISO text and numbers as plain decimals. Raises Refused."""
    _refuse_harm(file, limits)
    book = _quietly(lambda: openpyxl.load_workbook(file, read_only=True, keep_links=False))
    if len(book.sheetnames) != 1:
        raise Refused(f"The workbook has {len(book.sheetnames)} sheets ({', '.join(book.sheetnames)}): keep one.")
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # What it claims of its size is not to be relied on.
    rows = sheet.iter_rows()
    number = 0
    while (cells := _quietly(lambda: next(rows, None))) is not None:
        number += 1
        line = Line(number, [])
        for place, cell in enumerate(cells):
            text, refusal = _text_of(cell)
            line.cells.append(text)
            if refusal:
                line.refusals[place] = refusal
        yield line


def _quietly(read: Callable[[], ReadT]) -> ReadT:
    """Say of a broken workbook that it is broken, whatever part of openpyxl stumbled, and nothing of its oddities."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read()
    except Exception as error:
        raise Refused(NOT_READABLE) from error


def _refuse_harm(file: BinaryIO, limits: Limits) -> None:
    """Refuse a package that would cost more than the limits allow."""
    if (listed := _listed_parts(file)) > MOST_PARTS:
        raise Refused(f"The workbook has {listed:,} parts; at most {MOST_PARTS} are read.")
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
            if unpacked > limits.unpacked or unpacked > PIECE + MOST_RATIO * packed:
                raise Refused(
                    f"The workbook unpacks to {unpacked:,} bytes from {packed:,}; "
                    f"at most {limits.unpacked:,} are read, and {MOST_RATIO} times its size. Save it as CSV instead."
                )
            counts = _Counts(limits)
            for part in parts:
                with package.open(part) as content:
                    counts.add(content)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Refused(NOT_READABLE) from error  # Broken, packed in a strange way, or encrypted.
    file.seek(0)


def _listed_parts(file: BinaryIO) -> int:
    """How many parts the package may list, counted without parsing the list, which a hostile one makes huge."""
    found, end = 0, b""
    file.seek(0)
    while piece := file.read(PIECE):
        found += (end + piece).count(ENTRY)
        end = piece[1 - len(ENTRY) :]
    return found


class _Counts:
    """Counts the elements of a package, and stops at the first that is too many."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.plain = self.of_cells = self.in_row = 0
        self.holds_cells: bool | None = None

    def add(self, content: Any) -> None:
        """Run one part through the parser. What is no XML is nothing that openpyxl would read either."""
        self.holds_cells = None
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._element
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            while piece := content.read(PIECE):
                parser.Parse(piece, False)  # noqa: FBT003  # The parser's own signature: more is to come.
            parser.Parse(b"", True)  # noqa: FBT003  # And this was all.
        except expat.ExpatError:
            return

    def _doctype(self, *_: object) -> None:
        raise Refused("The workbook defines entities of its own, as no spreadsheet does. It is not read.")

    def _element(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self.holds_cells is None:
            self.holds_cells = local in {"worksheet", "sst"}
        if not self.holds_cells:
            self.plain += 1
            if self.plain > PLAIN_PARTS_ELEMENTS:
                raise Refused("The workbook has more styles and properties than cells. Save it as CSV instead.")
            return
        self.of_cells += 1
        self.in_row = 0 if local == "row" else self.in_row + (local == "c")
        if self.in_row > self.limits.columns:
            raise Refused(f"A row has more than {self.limits.columns} columns.")
        if self.of_cells > self.limits.cells * ELEMENTS_PER_CELL:
            raise TooLarge(f"The table has more than {self.limits.cells:,} cells. Part it into several.")


def _text_of(cell: Any) -> tuple[str, str]:
    """The cell as text, and why it cannot be taken where it cannot."""
    value = cell.value
    if value is None:
        return "", ""
    if isinstance(value, str) and cell.data_type == "s":
        text = unescaped(value)
        return (value, "Holds a control character, as no text does.") if UNKEPT.search(text) else (text, "")
    percentage = isinstance(value, int | float) and "%" in (cell.number_format or "")
    return _in_iso_text(value), REFUSALS.get("%" if percentage else cell.data_type, "")


def _in_iso_text(value: object) -> str:
    """A date as ISO text, without a midnight; a number in full, with the 15 digits that spreadsheets compute with."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat()
    return f"{Decimal(f'{value:.15g}'):f}" if isinstance(value, float) else str(value)
