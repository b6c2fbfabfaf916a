"""The map of the 56 states and territories: one number each, as a colour of at most five, as words and as a link."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from dashboard.charts.chart import Chart, Key, in_short
from dashboard.charts.levels import Levels, Number
from dashboard.map import make_shapes
from dashboard.panels import Panel
from dashboard.tables import figure, heading, table_of_figures
from jurisdictions.models import STATES

SMALL = frozenset("AS CT DC DE GU HI MA MD MP NH NJ PR RI VI VT".split())
"""States and territories that are hard to see or to hit on the map, and so stand beside it as squares too."""


@dataclass(frozen=True)
class StateNumber:
    """What a map says of one state: its number, the number in words, and whether the number is known at all."""

    number: Number
    words: str
    known: bool = True


@dataclass(frozen=True)
class Shape:
    """One state on the map and among the squares."""

    code: str
    label: str
    mark: str
    url: str
    path: str
    is_small: bool


@dataclass(frozen=True, kw_only=True)
class StateMap(Chart):
    """The map: shapes with the size of the canvas."""

    template: ClassVar[str] = "charts/states.html"

    shapes: list[Shape]
    width: int
    height: int


def state_map(
    title: str,
    column: str,
    numbers: Mapping[str, StateNumber],
    urls: Mapping[str, str],
    *,
    nothing: StateNumber,
    in_dollars: bool = False,
    note: str = "",
) -> Panel:
    """The map of these numbers by state; `nothing` is what every other state has, and `urls` say where each leads."""
    levels = Levels.of(found.number for found in numbers.values() if found.known)
    shapes = _shapes()
    drawn = [
        Shape(
            code=code,
            label=f"{name}: {numbers.get(code, nothing).words}",
            mark=_mark(numbers.get(code, nothing), levels),
            url=urls[code],
            path=shapes["paths"][code],
            is_small=code in SMALL,
        )
        for code, name in STATES.items()
    ]
    marked = [
        Key(f"level-{place}", words) for place, words in enumerate(levels.labels(_words(in_dollars=in_dollars)), 1)
    ]
    unknown = [Key("level-unknown", "Amount not on record")] if any(not each.known for each in numbers.values()) else []
    rows = [
        [heading(name, urls[code]), figure(numbers.get(code, nothing).words)]
        for code, name in sorted(STATES.items(), key=lambda state: (-numbers.get(state[0], nothing).number, state[1]))
    ]
    return Panel(
        title=title,
        note=note,
        chart=StateMap(
            shapes=drawn,
            legend=[Key("level-0", nothing.words[:1].upper() + nothing.words[1:]), *unknown, *marked],
            width=shapes["width"],
            height=shapes["height"],
        ),
        table=table_of_figures(title, ["State or territory", column], rows),
    )


def _mark(found: StateNumber, levels: Levels) -> str:
    return f"level-{levels.level(found.number)}" if found.known else "level-unknown"


def _words(*, in_dollars: bool) -> Any:
    return (lambda number: in_short(Decimal(number))) if in_dollars else (lambda number: f"{number:,}")


@cache
def _shapes() -> Any:
    return json.loads(make_shapes.TARGET.read_text())
