"""The places that a name may mean: a gazetteer built from plain rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reading.spelling import key


@dataclass(frozen=True, slots=True)
class Place:
    """The nation, a state or territory, a county or equivalent, or a city or other place.

    `kind` is nation, state, county or place. `full_name` is the name with its type: Cook County, Middlesex borough.
    `state` is its postal code. `coextensive_with` is the GEOID of the county that a city is one with, or empty.
    """

    geoid: str
    slug: str
    kind: str
    name: str
    full_name: str
    state: str
    other_names: tuple[str, ...] = ()
    coextensive_with: str = ""


class Gazetteer:
    """All known places, found by any spelling of their names."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(places)
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            for name in {key(name) for name in (place.name, place.full_name, *place.other_names)}:
                self._by_name[name].append(place)

    def named(self, name: str) -> list[Place]:
        """The places that bear this name in any spelling, with their type or without."""
        return self._by_name.get(key(name), [])
