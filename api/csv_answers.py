"""Records as CSV, streamed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import StreamingHttpResponse

from public.engine.dataset import DatasetVersion
from public.engine.pages import stream
from public.engine.select import Selection
from public.engine.serializers import Links, cells, columns, record
from public.engine.spreadsheets import BYTE_ORDER_MARK, csv_text

CHUNK = 500
"""Rows read and written at a time, which bounds the memory of any download. SQLite looks up no more at once."""


def table(selection: Selection, links: Links) -> Iterator[str]:
    """The selection as the text of a CSV file, in pieces, header first."""
    keys = columns(selection.noun, selection.fields)
    yield BYTE_ORDER_MARK + csv_text([keys])
    waiting: list[Sequence[str | int]] = []
    for row in stream(selection, chunk=CHUNK):
        waiting.append(cells(keys, record(selection.noun, row, links)))
        if len(waiting) == CHUNK:
            yield csv_text(waiting)
            waiting = []
    yield csv_text(waiting)


def download(selection: Selection, links: Links, version: DatasetVersion) -> StreamingHttpResponse:
    """The selection as a file to save, named for the noun and the version of the dataset."""
    return StreamingHttpResponse(table(selection, links), headers=headers(selection, version))


def headers(selection: Selection, version: DatasetVersion) -> dict[str, str]:
    """The headers of a download."""
    name = f"{selection.noun.name}-version-{version.number}.csv"
    return {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": f'attachment; filename="{name}"'}
