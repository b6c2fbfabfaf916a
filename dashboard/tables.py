"""Tables, of public rows or of figures: cells as markup, figures to the right, the first cell naming its row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboard.values import is_number, plain, shown
from nouns.noun import Declared
from public.engine.fields import PublicField


@dataclass
class Column:
    """One column: its heading, whether it holds figures, and, where the list can be sorted by it, how."""

    label: str
    is_number: bool = False
    sort_url: str = ""
    sorted: str = ""


@dataclass
class Cell:
    """One cell. The heading of a row names it; `label` names its column where a narrow page shows a row as a card."""

    value: SafeString
    is_number: bool = False
    is_heading: bool = False
    label: str = ""


@dataclass
class Table:
    """A table with the words that name it."""

    title: str
    columns: list[Column]
    rows: list[list[Cell]]


def columns(fields: Iterable[PublicField]) -> list[Column]:
    """The columns of these fields, without sorting."""
    return [Column(public_field.label, is_number(public_field)) for public_field in fields]


def rows_of_nouns(rows: Iterable[Any], fields: Sequence[PublicField]) -> list[list[Cell]]:
    """Rows whose first cell names the noun and leads to its page."""
    first, *rest = fields
    return [
        [
            Cell(format_html('<a href="{}">{}</a>', row.get_absolute_url(), plain(row, first)), is_heading=True),
            *_cells(row, rest),
        ]
        for row in rows
    ]


def rows_of_children(rows: Iterable[Declared], fields: Sequence[PublicField]) -> list[list[Cell]]:
    """Rows of cells without a page of their own."""
    return [_cells(row, fields) for row in rows]


def _cells(row: Declared, fields: Iterable[PublicField]) -> list[Cell]:
    return [
        Cell(shown(row, public_field), is_number(public_field), label=public_field.label) for public_field in fields
    ]


def table_of_figures(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, columns_of_words: int = 1
) -> Table:
    """A table whose first columns hold words, the others figures."""
    columns = [Column(words, is_number=place >= columns_of_words) for place, words in enumerate(headings)]
    return Table(title, columns, [list(row) for row in rows])


def figure(words: str, url: str = "") -> Cell:
    """A cell with a figure, linked to the rows that it counts where there is an address for exactly those."""
    return Cell(format_html('<a href="{}">{}</a>', url, words) if url else format_html("{}", words), is_number=True)


def heading(words: str, url: str = "") -> Cell:
    """A cell that names its row."""
    return Cell(format_html('<a href="{}">{}</a>', url, words) if url else format_html("{}", words), is_heading=True)
