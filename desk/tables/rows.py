"""The rows of a table: as a file holds them, how many of them are read, and what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from nouns.noun import PublicNoun
from tracker.models import Citation


@dataclass(frozen=True)
class Limits:
    """The largest table that is read: bytes of the file and of what it unpacks to, rows, columns and cells."""

    size: int
    unpacked: int
    rows: int
    cells: int
    columns: int = 100


BY_HAND = Limits(size=10_000_000, unpacked=60_000_000, rows=10_000, cells=200_000)
"""What is checked while somebody waits."""
IN_BULK = Limits(size=200_000_000, unpacked=600_000_000, rows=500_000, cells=8_000_000)
"""What the worker reads."""


@dataclass
class Line:
    """One row of a file: its number in a spreadsheet, its cells, and why some of them cannot be taken, by place."""

    number: int
    cells: list[str]
    refusals: dict[int, str] = field(default_factory=dict)


class Verb(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    CHANGE = "change"
    SAME = "unchanged"


@dataclass
class Row:
    """One row: its cells by column, the noun that it is about with the values that it sets, and what differs by that.

    `cells` holds the text before and after of each column that differs, `links` the other nouns of the many-to-many
    columns that differ. `wrong` names the columns that have a problem.
    """

    number: int
    texts: dict[str, str]
    noun: PublicNoun
    verb: Verb = Verb.ADD
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    links: dict[str, list[PublicNoun]] = field(default_factory=dict)
    citation: Citation | None = None
    wrong: set[str] = field(default_factory=set)
