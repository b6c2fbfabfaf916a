"""How text stands in a cell, so that no spreadsheet runs it; how it is read back from one; rows as a CSV file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
"""Begins a file, so that spreadsheets take it for UTF-8."""

_RUNS = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LINE_ENDS = re.compile(r"\r\n?")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _would_run(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula, now or once an apostrophe before it is lost."""
    return bool(_RUNS.match(text)) and not _NUMBER.fullmatch(text)


def safe(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would run it. `plain` undoes exactly this."""
    return f"'{text}" if _would_run(text) else text


def plain(cell: str) -> str:
    """The text that a cell stands for: without the apostrophe that `safe` put before it, and without space around."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and _would_run(cell[1:]) else cell


def same(one: str, other: str) -> bool:
    """Whether two texts differ only in space around them and in how their lines end: spreadsheets alter both."""
    return one == other or _LINE_ENDS.sub("\n", one).strip() == _LINE_ENDS.sub("\n", other).strip()


def csv_text(rows: Iterable[Sequence[str | int]]) -> str:
    """The rows, one a line. No text of theirs is run, and numbers stay numbers."""
    writer: Any = csv.writer(_Echo())
    return "".join(writer.writerow([safe(value) if isinstance(value, str) else value for value in row]) for row in rows)
