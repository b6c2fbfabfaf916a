"""The shapes of the map: every state and territory, baked from the vendored atlas and from nothing else."""

from __future__ import annotations

import json
import re

import pytest

from dashboard.map import make_shapes
from jurisdictions.models import STATES

SHAPES = json.loads(make_shapes.TARGET.read_text())


def points(code: str) -> list[tuple[float, float]]:
    """Every point of a state, from its path data."""
    found = []
    for ring in SHAPES["paths"][code].split("z")[:-1]:
        x = y = 0.0
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", ring)]
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            found.append((x, y))
    return found


def middle(code: str) -> tuple[float, float]:
    xs, ys = zip(*points(code), strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def test_the_shapes_are_what_the_script_bakes_from_the_vendored_atlas() -> None:
    assert make_shapes.TARGET.read_text() == make_shapes.baked()


def test_every_state_and_territory_has_a_shape_on_the_canvas() -> None:
    assert set(SHAPES["paths"]) == set(STATES)
    for code in STATES:
        assert all(0 <= x <= SHAPES["width"] and 0 <= y <= SHAPES["height"] for x, y in points(code)), code


@pytest.mark.parametrize(
    ("west", "east"), [("CA", "NV"), ("WA", "MT"), ("IL", "OH"), ("TX", "FL"), ("NY", "MA"), ("PR", "VI")]
)
def test_west_is_left_of_east(west: str, east: str) -> None:
    assert middle(west)[0] < middle(east)[0]


@pytest.mark.parametrize(("north", "south"), [("WA", "OR"), ("ND", "SD"), ("MN", "TX"), ("MI", "FL"), ("ME", "GA")])
def test_north_is_above_south(north: str, south: str) -> None:
    assert middle(north)[1] < middle(south)[1]


def test_all_shapes_together_weigh_less_than_forty_kilobytes() -> None:
    assert make_shapes.TARGET.stat().st_size < 40_000
