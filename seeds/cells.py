"""What a cell of a seed table may hold, and what is wrong when it does not. Pure Python, without Django.

A column is declared as `Annotated[type of the value, kind of cell]` on the dataclass of its row; the kind turns the
text of a cell into the value, or raises Wrong, which says why not and what would be right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

STATE_CODES = (
    "AL", "AK", "AS", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "GU", "HI", "ID", "IL", "IN", "IA", "KS",
    "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "MP",
    "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VI", "VA", "WA", "WV", "WI", "WY",
)  # fmt: skip
"""The 56 states and territories."""


class Wrong(ValueError):
    """A text that its cell may not hold: the reason, and what would be right."""

    def __init__(self, reason: str, right: str) -> None:
        super().__init__(reason, right)
        self.reason, self.right = reason, right


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A kind of cell. `blank` says whether it may be empty, which means not found; EMPTY is its value then."""

    blank: bool = False
    EMPTY: ClassVar[Any] = ""

    def read(self, text: str) -> Any:
        """The value of a cell's text. Raises Wrong."""
        if text != text.strip():
            raise Wrong("has spaces at its beginning or end", f"Write {text.strip()!r}.")
        if text:
            return self.parse(text)
        if not self.blank:
            raise Wrong("is empty", self.right())
        return self.EMPTY

    def parse(self, text: str) -> Any:
        """The value of a text that is not empty. Raises Wrong."""
        raise NotImplementedError

    def right(self) -> str:
        """A sentence that says what the cell may hold."""
        raise NotImplementedError

    def canonical(self, value: Any) -> Any:
        """The form of a value by which two cells count as the same."""
        return value


@dataclass(frozen=True, kw_only=True)
class Text(Cell):
    """Words on one or more lines, at most `longest` characters where that is limited."""

    longest: int | None = None

    def parse(self, text: str) -> str:
        if self.longest is not None and len(text) > self.longest:
            raise Wrong(f"has {len(text)} characters", self.right())
        return text

    def right(self) -> str:
        return f"Write at most {self.longest} characters." if self.longest else "Write some words."


@dataclass(frozen=True, kw_only=True)
class AwardId(Text):
    """An award number as written; two spellings of one number differ in case and punctuation only."""

    def canonical(self, value: str) -> str:
        return re.sub(r"[^A-Z0-9]", "", value.upper())


@dataclass(frozen=True, kw_only=True)
class Pattern(Cell):
    """A text of a fixed shape, described by an example."""

    shape: str = ""
    example: str = ""

    def parse(self, text: str) -> str:
        if not re.fullmatch(self.shape, text):
            raise Wrong(f"is not like {self.example}", self.right())
        return text

    def right(self) -> str:
        return f"Write it like {self.example}."


@dataclass(frozen=True, kw_only=True)
class Choice(Cell):
    """One of a few words."""

    options: tuple[str, ...] = ()

    def parse(self, text: str) -> str:
        if text not in self.options:
            raise Wrong("is not one of the words that this column knows", self.right())
        return text

    def right(self) -> str:
        return f"Write one of: {', '.join(self.options)}."


@dataclass(frozen=True, kw_only=True)
class PartialDate(Cell):
    """A day, a month or a year, as precise as the source: 2014-07-21, 2014-07 or 2014."""

    blank: bool = True

    def parse(self, text: str) -> str:
        if not re.fullmatch(r"[12]\d{3}(-\d{2}(-\d{2})?)?", text):
            raise Wrong("is not a date", self.right())
        try:
            date.fromisoformat(f"{text}-01-01"[:10])
        except ValueError:
            raise Wrong("is not in the calendar", self.right()) from None
        return text

    def right(self) -> str:
        return "Write 2014-07-21, or 2014-07 or 2014 when no more is known."


@dataclass(frozen=True, kw_only=True)
class Whole(Cell):
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = 2_147_483_647
    EMPTY: ClassVar[Any] = None

    def parse(self, text: str) -> int:
        if not re.fullmatch(r"\d{1,10}", text) or not self.least <= int(text) <= self.most:
            raise Wrong(f"is not a whole number from {self.least} to {self.most}", self.right())
        return int(text)

    def right(self) -> str:
        return f"Write digits alone, from {self.least} to {self.most}."


@dataclass(frozen=True, kw_only=True)
class Money(Cell):
    """An amount in US dollars, with cents or without."""

    blank: bool = True
    EMPTY: ClassVar[Any] = None

    def parse(self, text: str) -> Decimal:
        if not re.fullmatch(r"\d{1,12}(\.\d{2})?", text):
            raise Wrong("is not an amount", self.right())
        return Decimal(text)

    def right(self) -> str:
        return "Write dollars without sign or commas: 481347 or 481347.50."


@dataclass(frozen=True, kw_only=True)
class Degrees(Cell):
    """A latitude or longitude in decimal degrees, between minus `most` and `most`."""

    blank: bool = True
    most: int = 180
    EMPTY: ClassVar[Any] = None

    def parse(self, text: str) -> Decimal:
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,7})?", text) or abs(Decimal(text)) > self.most:
            raise Wrong("is not a coordinate", self.right())
        return Decimal(text)

    def right(self) -> str:
        return f"Write decimal degrees from -{self.most} to {self.most}, with at most seven decimals: 41.837107."


@dataclass(frozen=True, kw_only=True)
class WebAddress(Text):
    """The address of a page, http or https."""

    blank: bool = True

    def parse(self, text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"\s", text):
            raise Wrong("is not the address of a page", "Write it whole: https://example.org/page.")
        return super().parse(text)


@dataclass(frozen=True, kw_only=True)
class To(Cell):
    """The slug of a row of another table, or of this one."""

    table: str = ""

    def parse(self, text: str) -> str:
        return SLUG.parse(text)

    def right(self) -> str:
        return f"Write the slug of a row of {self.table}.csv."


@dataclass(frozen=True, kw_only=True)
class ToMany(To):
    """Slugs of rows of a table, with semicolons between them."""

    blank: bool = True
    EMPTY: ClassVar[Any] = ()

    def parse(self, text: str) -> tuple[str, ...]:  # type: ignore[override]  # Several where To has one.
        slugs = tuple(SLUG.parse(slug) for slug in text.split(";"))
        if len(set(slugs)) != len(slugs):
            raise Wrong("names a row twice", self.right())
        return slugs

    def right(self) -> str:
        return f"Write slugs of {self.table}.csv with semicolons between them and no spaces."


SLUG = Pattern(shape=r"(?=.{1,140}$)[a-z0-9]+(-[a-z0-9]+)*", example="cook-county-il, in at most 140 characters")

Slug = Annotated[str, SLUG]
Prose = Annotated[str, Text(blank=True)]
Day = Annotated[str, PartialDate()]
State = Annotated[str, Choice(blank=True, options=STATE_CODES)]
Dollars = Annotated[Decimal | None, Money()]
Confidence = Annotated[Literal["high", "medium", "low"], Choice(options=("high", "medium", "low"))]
"""High and medium are published with their sources; low stays a draft."""


def certainly_before(end: str, start: str) -> bool:
    """Whether every possible day of `end` lies before every possible day of `start`; unknown dates are not."""
    return bool(end and start) and end < start[: len(end)]
