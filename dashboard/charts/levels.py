"""Levels of colour for numbers: at most five, each with as many different numbers as the others, and zero apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

Number = int | Decimal

MOST = 5
"""Levels that an eye tells apart without comparing."""


@dataclass(frozen=True)
class Levels:
    """The lowest and the highest number of each level, from the palest colour to the strongest."""

    bounds: tuple[tuple[Number, Number], ...]

    @classmethod
    def of(cls, numbers: Iterable[Number]) -> Levels:
        """The levels of these numbers. Each holds numbers that occur, so that a legend promises nothing else."""
        distinct = sorted({number for number in numbers if number > 0})
        count = min(MOST, len(distinct))
        edges = [round(place * len(distinct) / count) for place in range(count + 1)] if count else []
        return cls(tuple((distinct[start], distinct[end - 1]) for start, end in pairwise(edges)))

    def level(self, number: Number) -> int:
        """The level of a number, from 1; 0 for nothing."""
        return bisect_left([high for _, high in self.bounds], number) + 1 if number > 0 else 0

    def labels(self, words: Callable[[Number], str]) -> list[str]:
        """What each level holds, in words."""
        return [
            words(low) if words(low) == words(high) else f"{words(low)} to {words(high)}" for low, high in self.bounds
        ]
