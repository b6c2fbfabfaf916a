"""Records as CSV: UTF-8 with a byte-order mark, ISO dates, no cell that a spreadsheet would run, streamed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

from tracker.public.ledger import DatasetVersion
from tracker.public.pages import stream
from tracker.public.select import Selection
from tracker.public.serializers import Links, cells, columns, record

CHUNK = 500
"""Rows read and written at a time, which bounds the memory of any download. SQLite looks up no more at once."""

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


def table(selection: Selection, links: Links) -> Iterator[str]:
    """The selection as the text of a CSV file, in pieces, header first."""
    keys = columns(selection.noun, selection.fields)
    yield "\ufeff" + _text([keys])
    waiting: list[Sequence[str | int]] = []
    for row in stream(selection, chunk=CHUNK):
        waiting.append(cells(keys, record(selection.noun, row, links)))
        if len(waiting) == CHUNK:
            yield _text(waiting)
            waiting = []
    yield _text(waiting)


def _text(rows: Iterable[Sequence[str | int]]) -> str:
    writer: Any = csv.writer(_Echo())
    return "".join(writer.writerow([safe_cell(value) for value in row]) for row in rows)


def download(selection: Selection, links: Links, version: DatasetVersion) -> StreamingHttpResponse:
    """The selection as a file to save, named for the noun and the version of the dataset."""
    return StreamingHttpResponse(table(selection, links), headers=headers(selection, version))


def headers(selection: Selection, version: DatasetVersion) -> dict[str, str]:
    """The headers of a download."""
    name = f"{selection.noun.name}-version-{version.number}.csv"
    return {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": f'attachment; filename="{name}"'}
