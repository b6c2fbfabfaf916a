"""Records as CSV, streamed."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import StreamingHttpResponse

from nouns.databases import batches
from public.engine.dataset import DatasetVersion
from public.engine.export import lines
from public.engine.pages import stream
from public.engine.select import Selection
from public.engine.serializers import Links, cells, columns, record
from public.engine.spreadsheets import BYTE_ORDER_MARK, csv_text


def table(selection: Selection, links: Links) -> Iterator[str | bytes]:
    """The selection as the text of a CSV file, header first, in pieces, which bounds the memory of any download."""
    keys = columns(selection.noun, selection.fields)
    yield BYTE_ORDER_MARK + csv_text([keys])
    if written := lines(selection, keys, links):
        yield from written
        return
    for batch in batches(stream(selection)):
        yield csv_text(cells(keys, record(selection.noun, row, links)) for row in batch)


def download(selection: Selection, links: Links, version: DatasetVersion) -> StreamingHttpResponse:
    """The selection as a file to save, named for the noun and the version of the dataset."""
    return StreamingHttpResponse(table(selection, links), headers=headers(selection, version))


def headers(selection: Selection, version: DatasetVersion) -> dict[str, str]:
    """The headers of a download."""
    name = f"{selection.noun.name}-version-{version.number}.csv"
    return {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": f'attachment; filename="{name}"'}
