"""What every picture is: the template that draws it, the words that name it, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.utils.html import format_html

from dashboard.hrefs import with_query
from dashboard.tables import Cell, Column, Table
from public.engine.select import Selection


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture. `{% include chart.template %}` draws it, wherever it stands; nothing but `chart` is needed.

    `table` says the same in figures, `note` what a reader should know to read it right.
    """

    template: ClassVar[str]

    title: str
    table: Table
    note: str = ""


@dataclass(frozen=True)
class Key:
    """One entry of a legend: how it is marked (a class of the style sheet) and what that means."""

    mark: str
    label: str


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, words: int = 1) -> Table:
    """The table of a picture; the first `words` columns hold words, the others figures."""
    columns = [Column(heading, is_number=place >= words) for place, heading in enumerate(headings)]
    return Table(title, columns, [list(row) for row in rows])


def figure(words: str, url: str = "") -> Cell:
    """A cell with a figure, linked to the rows that it counts where there is an address for exactly those."""
    return Cell(format_html('<a href="{}">{}</a>', url, words) if url else format_html("{}", words), is_number=True)


def heading(words: str, url: str = "") -> Cell:
    """A cell that names its row."""
    return Cell(format_html('<a href="{}">{}</a>', url, words) if url else format_html("{}", words), is_heading=True)


def narrowed(selection: Selection, **values: str) -> str:
    """The address of the rows of the selection that also have these values."""
    return with_query(f"/{selection.noun.name}/", {**selection.parameters, **values})


def percent(share: float | Decimal) -> str:
    """A share of 1 as SVG takes lengths."""
    return f"{float(share) * 100:.2f}".rstrip("0").rstrip(".") + "%"


def in_short(dollars: Decimal) -> str:
    """US dollars as people say them: $950, $12 thousand, $3.4 million."""
    for size, word in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if abs(dollars) >= size:
            amount = dollars / size
            return f"${amount:.1f} {word}".replace(".0 ", " ") if amount < 10 else f"${amount:,.0f} {word}"
    return f"${dollars:,.0f}"
