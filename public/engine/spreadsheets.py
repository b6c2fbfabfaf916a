"""Rows as the text of a CSV file: UTF-8 with a byte-order mark, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
"""Begins a file, so that spreadsheets take it for UTF-8."""

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def safe_cell(value: str | int) -> str | int:
    """The value, with an apostrophe before a text that a spreadsheet would take for a formula. Numbers stay numbers."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def csv_text(rows: Iterable[Sequence[str | int]]) -> str:
    """The rows, one a line."""
    writer: Any = csv.writer(_Echo())
    return "".join(writer.writerow([safe_cell(value) for value in row]) for row in rows)
