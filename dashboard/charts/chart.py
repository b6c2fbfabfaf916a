"""What every chart is: the template that draws it and the legend of its marks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar


@dataclass(frozen=True)
class Key:
    """One entry of a legend: how it is marked (a class of the style sheet) and what that means."""

    mark: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture of figures. `template` draws it in its panel; `legend` is empty where all marks are alike."""

    template: ClassVar[str]

    legend: list[Key]


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
