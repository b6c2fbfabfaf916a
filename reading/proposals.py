"""What reading proposes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

ChoiceT = TypeVar("ChoiceT")

LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field, with the page (counted from 1) and the words that it was read from."""

    field: str
    value: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class Doubt(Generic[ChoiceT]):
    """What a field may say, with the page and the words that leave it open. Nobody but a reader decides it."""

    candidates: tuple[ChoiceT, ...]
    page: int
    quote: str


def quoted(text: str, start: int = 0, end: int = 0) -> str:
    """The text, or so much of it around a passage as fits a quote."""
    if len(text) <= LONGEST_QUOTE:
        return text
    middle = (start + end) // 2
    begin = max(min(middle - LONGEST_QUOTE // 2, len(text) - LONGEST_QUOTE), 0)
    return text[begin : begin + LONGEST_QUOTE]
