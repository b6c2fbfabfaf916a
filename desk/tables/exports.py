"""A list of the record as a CSV file or a workbook, which can be imported again as it is.

Both hold the columns that an import reads and no others. Memory is bounded: rows are fetched a few hundred at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO

import openpyxl
from django.db import models
from openpyxl.cell import WriteOnlyCell

from desk.tables.problems import Problem, Refused
from desk.tables.resources import NounResource, resource
from nouns.databases import BATCH, batches
from nouns.noun import PublicNoun
from public.engine.spreadsheets import BYTE_ORDER_MARK, UNKEPT, csv_text, escaped, safe

LONGEST_CELL = 32_767
"""Characters that a workbook keeps of a cell; openpyxl would drop the others without a word."""


def csv_pieces(nouns: models.QuerySet[PublicNoun]) -> Iterator[str]:
    """The nouns as the text of a CSV file with a byte-order mark, in pieces, the header first."""
    table = resource(nouns.model)
    yield BYTE_ORDER_MARK + csv_text([list(table.columns)])
    for batch in batches(_read(table, nouns)):
        yield csv_text(table.row(noun) for noun in batch)


def write_workbook(nouns: models.QuerySet[PublicNoun], file: BinaryIO) -> None:
    """Write the nouns to a file as a workbook of one sheet, numbers as numbers.

    Raises Refused when a text is one that no workbook keeps whole: too long, or with control characters.
    """
    table = resource(nouns.model)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(nouns.model.NOUN)
    sheet.append(list(table.columns))
    are_numbers = [isinstance(_field(table, name), models.IntegerField | models.DecimalField) for name in table.columns]
    for noun in _read(table, nouns):
        cells = []
        for column, text, is_number in zip(table.columns, table.row(noun), are_numbers, strict=True):
            try:
                cells.append(_cell(sheet, safe(text), is_number=is_number))
            except ValueError as error:
                sheet.close()  # Or openpyxl would end it when its temporary file is gone.
                raise Refused([Problem(0, column, noun.slug, f"{error} Export the list as CSV instead.")]) from None
        sheet.append(cells)
    book.save(file)


def _read(table: NounResource, nouns: models.QuerySet[PublicNoun]) -> Iterator[PublicNoun]:
    return nouns.prefetch_related(*(field.attribute for field in table.relations())).iterator(chunk_size=BATCH)


def _field(table: NounResource, column: str) -> object:
    return table._meta.model._meta.get_field(table.columns[column].attribute)


def _cell(sheet: object, text: str, *, is_number: bool) -> object:
    """The cell of a workbook for a text. Raises ValueError where the text would not come back whole."""
    if is_number and text and Decimal(f"{float(text):.15g}") == Decimal(text):
        return WriteOnlyCell(sheet, float(text) if "." in text else int(text))
    if len(text) > LONGEST_CELL:
        raise ValueError(f"A workbook keeps {LONGEST_CELL:,} characters of a cell, and this has {len(text):,}.")
    if UNKEPT.search(text):
        raise ValueError("A workbook keeps no control characters.")
    cell = WriteOnlyCell(sheet, escaped(text))
    if text:
        cell.data_type = "s"  # Whatever it looks like: an error such as #N/A is here somebody's words.
    return cell
