"""How text stands in a cell, so that no spreadsheet runs it; how it is read back from one; rows as a CSV file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Begins a file, so that spreadsheets take it for UTF-8."""

RUNNING = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")
"""Characters that let a spreadsheet run what follows, once space and apostrophes before them are gone."""
SPACE = frozenset(character for character in map(chr, range(0x3001)) if character.isspace())
"""Every character of Unicode that is space."""

_RUNS = re.compile(f"['\\s]*[{re.escape(''.join(sorted(RUNNING)))}]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LINE_ENDS = re.compile(r"\r\n?")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_READS_AS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no workbook keeps: XML has no way to write them."""


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
    text = cell.lstrip()
    if text.startswith("'") and _would_run(text[1:]):
        text = text[1:]  # Space at its end is part of why it would run, and so goes last.
    return text.strip()


def escaped(text: str) -> str:
    """The text as a workbook writes it, so that XML makes no line feed of a carriage return, nor an escape of words."""
    return _READS_AS_ESCAPE.sub("_x005F_", text).replace("\r", "_x000D_")


def unescaped(cell: str) -> str:
    """The text that a workbook, of ours or of another program, wrote so."""
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), cell)


def same(one: str, other: str) -> bool:
    """Whether two texts differ only in space around them and in how their lines end: spreadsheets alter both."""
    return one == other or _LINE_ENDS.sub("\n", one).strip() == _LINE_ENDS.sub("\n", other).strip()


def csv_text(rows: Iterable[Sequence[str | int]]) -> str:
    """The rows, one a line. No text of theirs is run, and numbers stay numbers."""
    writer = csv.writer(_Echo())
    return "".join(writer.writerow([safe(value) if isinstance(value, str) else value for value in row]) for row in rows)
