"""Uploaded tables, row by row. What is too large or of another kind is refused before it is parsed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from desk.tables.problems import Problem, Refused, TooLarge
from desk.tables.rows import Limits, Line
from desk.tables.workbooks import workbook_rows

LONGEST_LINE = 1_000_000
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read(file: BinaryIO, name: str, limits: Limits) -> Iterator[Line]:
    """The rows of a CSV file or a workbook, the header first, without empty ones. Raises Refused, at any row."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > limits.size:
        raise TooLarge(f"The file has {size:,} bytes; at most {limits.size:,} are read.")
    rows = workbook_rows(file, limits) if _is_workbook(file, name) else _csv_rows(file)
    cells = 0
    for line in rows:
        while line.cells and not line.cells[-1].strip() and len(line.cells) - 1 not in line.refusals:
            line.cells.pop()
        if line.number > limits.rows + 1:
            raise TooLarge(f"The table has more than {limits.rows:,} rows. Part it into several.")
        if len(line.cells) > limits.columns:
            raise Refused(f"Row {line.number} has more than {limits.columns} columns.")
        cells += len(line.cells)
        if cells > limits.cells:
            raise TooLarge(f"The table has more than {limits.cells:,} cells. Part it into several.")
        if line.cells:
            yield line


def _is_workbook(file: BinaryIO, name: str) -> bool:
    """Whether the content is a workbook. Refuses what is neither that nor text, and a name that says another kind."""
    start = file.read(8)
    file.seek(0)
    suffix = PurePosixPath(name).suffix.lower()
    if start.startswith(OLD_EXCEL):
        raise Refused(
            "This is a workbook of an old or a protected kind. Save it as .xlsx without a password, or as CSV."
        )
    if suffix not in {".csv", ".xlsx"}:
        raise Refused(f"{name} is neither .csv nor .xlsx.")
    is_zip = start.startswith(ZIP)
    if is_zip != (suffix == ".xlsx"):
        held = "a packed file, as a workbook is" if is_zip else "no workbook"
        raise Refused(
            f"{name} is named {suffix}, but its content is {held}. Save it again as the kind that it is named."
        )
    return is_zip


def _csv_rows(file: BinaryIO) -> Iterator[Line]:
    reader = csv.reader(_text_lines(file), strict=True)
    number = 0
    try:
        for cells in reader:
            number += 1
            yield Line(number, cells)
    except csv.Error as error:
        raise Refused([Problem(number + 1, "", "", f"Line {reader.line_num} is not CSV: {error}.")]) from None


def _text_lines(file: BinaryIO) -> Iterator[str]:
    """The file as lines of text. Refuses what is not UTF-8, naming the line."""
    number = 0
    while raw := file.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE:
            raise Refused(f"Line {number} is longer than {LONGEST_LINE:,} bytes: this is no table.")
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise Refused(
                f"Line {number} is not UTF-8 (byte {raw[error.start]:#04x} at place {error.start + 1}). "
                "In a spreadsheet, save as “CSV UTF-8”."
            ) from None
        if "\0" in text:
            raise Refused(f"Line {number} holds a null character: this is no CSV in UTF-8.")
        yield text
