"""Bake the map's shapes: `python -m dashboard.map.make_shapes` writes shapes.json beside this file.

It reads the vendored states-10m.json (TopoJSON in degrees, from the Census Bureau's cartographic boundaries of 2023;
version and checksum in the vendor manifest), projects it with equal-area conics, simplifies it to what a screen shows,
and writes one compact path per state on a canvas of WIDTH by HEIGHT units. Arcs that two states share are simplified
once, so that no gap opens between neighbours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "vendor/us-atlas-2023/states-10m.json"
TARGET = Path(__file__).parent / "shapes.json"

WIDTH, HEIGHT = 960, 600
TOLERANCE = 0.45
"""Units by which a simplified line may stray."""
SMALLEST_ISLAND = 3.0
"""Square units below which a ring of the mainland, Alaska or Hawaii is left out, unless it is its state's largest."""
ISLANDS_ONLY = frozenset({"AS", "GU", "MP", "PR", "VI"})
"""Territories that are hardly more than such rings, and keep them all."""

CODES = {
    "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "11": "DC",
    "12": "FL", "13": "GA", "15": "HI", "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY",
    "22": "LA", "23": "ME", "24": "MD", "25": "MA", "26": "MI", "27": "MN", "28": "MS", "29": "MO", "30": "MT",
    "31": "NE", "32": "NV", "33": "NH", "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH",
    "40": "OK", "41": "OR", "42": "PA", "44": "RI", "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT",
    "50": "VT", "51": "VA", "53": "WA", "54": "WV", "55": "WI", "56": "WY", "60": "AS", "66": "GU", "69": "MP",
    "72": "PR", "78": "VI",
}  # fmt: skip
"""Postal codes by the FIPS code that is a shape's id."""

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Inset:
    """A conic of its own with its standard parallels and central meridian, and the box of the canvas that it fills.

    The box is x, y, width and height; shapes keep their proportions and stand in its middle.
    """

    parallels: tuple[float, float]
    meridian: float
    box: tuple[float, float, float, float]


MAINLAND = Inset((29.5, 45.5), -96, (8, 6, 944, 570))
INSETS = {
    "AK": Inset((55, 65), -154, (8, 440, 180, 150)),
    "HI": Inset((8, 18), -157, (200, 515, 110, 75)),
    "AS": Inset((-18, -8), -170, (330, 558, 32, 28)),
    "GU": Inset((8, 18), 144.8, (378, 552, 22, 36)),
    "MP": Inset((8, 18), 145.5, (412, 508, 34, 80)),
    "PR": Inset((8, 18), -66.4, (566, 556, 74, 32)),
    "VI": Inset((8, 18), -64.8, (658, 552, 38, 38)),
}
"""What does not lie on the mainland, each to a scale of its own."""


def conic(inset: Inset) -> Callable[[Point], Point]:
    """Albers' equal-area conic of degrees, on a globe of radius 1, y growing downwards."""
    south, north = (sin(radians(parallel)) for parallel in inset.parallels)
    cone = (south + north) / 2
    constant = 1 - south * south + 2 * cone * south

    def project(point: Point) -> Point:
        longitude, latitude = point
        # Alaska reaches over the antimeridian, Guam lies beyond it: the nearest way to the central meridian is meant.
        turn = cone * radians((longitude - inset.meridian + 180) % 360 - 180)
        radius = sqrt(constant - 2 * cone * sin(radians(latitude))) / cone
        return radius * sin(turn), radius * cos(turn)

    return project


def decoded_arcs(topology: Any) -> list[Ring]:
    """The arcs in degrees: each is stored as whole steps from its first point, to be scaled and moved."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(arc)
    return arcs


def rings_of(geometry: Any) -> list[list[int]]:
    """Every ring of a geometry as the numbers of its arcs; `~n` is arc n run backwards."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def stitched(ring: list[int], arcs: list[Ring]) -> Ring:
    """The points of a ring; where two arcs meet, their common point stands once."""
    points: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def fitted(shapes: list[Ring], box: tuple[float, float, float, float]) -> Callable[[Point], Point]:
    """The scaling and moving that puts these rings into the middle of a box."""
    xs, ys = zip(*(point for ring in shapes for point in ring), strict=True)
    left, top, width, height = box
    scale = min(width / (max(xs) - min(xs)), height / (max(ys) - min(ys)))
    move_x = left + width / 2 - scale * (max(xs) + min(xs)) / 2
    move_y = top + height / 2 - scale * (max(ys) + min(ys)) / 2
    return lambda point: (point[0] * scale + move_x, point[1] * scale + move_y)


def simplified(line: Ring, tolerance: float = TOLERANCE) -> Ring:
    """The line with the fewest points that stays within the tolerance (Douglas and Peucker); its ends stay."""
    if len(line) < 3:
        return line
    first, last = line[0], line[-1]
    distances = [_distance(point, first, last) for point in line[1:-1]]
    furthest = max(range(len(distances)), key=distances.__getitem__)
    if distances[furthest] <= tolerance:
        return [first, last]
    middle = furthest + 1
    return simplified(line[: middle + 1], tolerance)[:-1] + simplified(line[middle:], tolerance)


def _distance(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the line between two others, or from the first where they are one."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = sqrt(along_x * along_x + along_y * along_y)
    if not length:
        return sqrt((point[0] - start[0]) ** 2 + (point[1] - start[1]) ** 2)
    return abs(along_x * (start[1] - point[1]) - along_y * (start[0] - point[0])) / length


def area(ring: Ring) -> float:
    """Square units inside a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def path(rings: list[Ring]) -> str:
    """SVG path data in tenths of a unit: each ring moves to its first point and goes on by steps."""
    return "".join("".join(_steps(ring)) for ring in rings)


def _steps(ring: Ring) -> Iterator[str]:
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    x, y = tenths[0]
    yield f"M{_tenth(x)} {_tenth(y)}l"
    parts: list[str] = []
    for next_x, next_y in tenths[1:-1]:
        if (next_x, next_y) != (x, y):
            parts += [_tenth(next_x - x), _tenth(next_y - y)]
        x, y = next_x, next_y
    yield " ".join(parts).replace(" -", "-") + "z"


def _tenth(tenths: int) -> str:
    """A number of tenths with as few characters as it takes: -.5, 12, 3.4."""
    text = f"{tenths / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".") if text.lstrip("-").startswith("0.") else text


def shapes(topology: Any) -> dict[str, str]:
    """Path data by postal code."""
    arcs = decoded_arcs(topology)
    states = {CODES[geometry["id"]]: rings_of(geometry) for geometry in topology["objects"]["states"]["geometries"]}
    groups = {code: ([code], inset) for code, inset in INSETS.items()}
    groups["mainland"] = ([code for code in states if code not in INSETS], MAINLAND)
    found = {}
    for codes, inset in groups.values():
        project = conic(inset)
        used = sorted(
            {number if number >= 0 else ~number for code in codes for ring in states[code] for number in ring}
        )
        projected = {number: [project(point) for point in arcs[number]] for number in used}
        fit = fitted(list(projected.values()), inset.box)
        drawn = [simplified([fit(point) for point in projected.get(number, [])]) for number in range(len(arcs))]
        for code in codes:
            rings = sorted((stitched(ring, drawn) for ring in states[code]), key=area, reverse=True)
            least = 0 if code in ISLANDS_ONLY else SMALLEST_ISLAND
            found[code] = path([rings[0], *(ring for ring in rings[1:] if area(ring) > least)])
    return dict(sorted(found.items()))


def baked() -> str:
    """The content of shapes.json."""
    made = {"width": WIDTH, "height": HEIGHT, "paths": shapes(json.loads(SOURCE.read_text()))}
    return json.dumps(made, indent=0) + "\n"


if __name__ == "__main__":
    TARGET.write_text(baked())
