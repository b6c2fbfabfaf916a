"""The rows of a table, whatever kind of file they came in, and how many of them are read."""

from __future__ import annotations

from dataclasses import dataclass, field


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
    """One row of a table: its number in a spreadsheet, its cells, and why some of them cannot be taken, by place."""

    number: int
    cells: list[str]
    refusals: dict[int, str] = field(default_factory=dict)
