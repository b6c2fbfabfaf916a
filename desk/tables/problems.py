"""What is wrong with a table, told so that it can be mended: where, what stands there, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

SHOWN = 1000
"""Problems that a report lists; it counts them all."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong: the row as a spreadsheet numbers it (0 for the whole file), the column, the cell, the reason."""

    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (f"row {self.row}" if self.row else "", self.column) if part)
        held = f" ({self.value})" if self.value else ""
        return f"{where}{held}: {self.reason}" if where else self.reason


@dataclass
class Problems:
    """All problems of a table, counted; the first of them kept to be shown."""

    shown: list[Problem] = field(default_factory=list)
    total: int = 0

    def add(self, row: int, column: str, value: str, reason: str) -> None:
        """Note a problem. Of a long cell only the beginning is kept."""
        self.total += 1
        if len(self.shown) < SHOWN:
            self.shown.append(Problem(row, column, value if len(value) <= 80 else f"{value[:79]}…", reason))

    def in_order(self) -> list[Problem]:
        """The kept problems from the first row to the last."""
        return sorted(self.shown, key=lambda problem: problem.row)


class Refused(Exception):
    """A table was refused, and nothing of it was written."""

    def __init__(self, problems: Iterable[Problem] | str, total: int = 0) -> None:
        self.problems = [Problem(0, "", "", problems)] if isinstance(problems, str) else list(problems)
        self.total = total or len(self.problems)
        super().__init__("; ".join(map(str, self.problems[:5])))


class TooLarge(Refused):
    """A table is larger than what is read while somebody waits."""
