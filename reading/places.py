"""The places that a name may mean: a gazetteer built from plain rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reading.phrases import Phrase, phrases
from reading.spelling import key
from reading.states import POSTAL, SHORTENED

_OF_STATE = re.compile(r"^(?:the )?(?:state|commonwealth|territory|government) of (?:the )?", re.IGNORECASE)


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

    def __str__(self) -> str:
        return self.full_name if self.kind in {"nation", "state"} else f"{self.full_name}, {self.state}"

    @property
    def type(self) -> str:
        """Which kind of government the full name says it is, in lower case: county, parish, city and borough, city."""
        if self.kind == "place" and self.full_name == self.name:
            return "city"
        prefix = re.match(r"(City and County|City) of ", self.full_name)
        return prefix[1].lower() if prefix else self.full_name.removeprefix(self.name).strip(" /").lower()

    @property
    def is_city(self) -> bool:
        """Whether its bare name with the state is how it is usually written: Chicago, Illinois; Norfolk, Virginia."""
        if self.kind == "place":
            return self.type not in {"borough", "town", "township", "village"}
        return self.kind == "county" and self.type in {"", "city", "city and borough", "municipality", "municipio"}


@dataclass(frozen=True, slots=True)
class Named:
    """A place under one of its names, and the type that goes with that name."""

    place: Place
    type: str


class Gazetteer:
    """All known places, found by any spelling of their names."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(places)
        self.counties = {place.geoid: place for place in self.places if place.kind == "county"}
        self.states = {place.state: place for place in self.places if place.kind == "state"}
        self._state_names = {
            key(name): code
            for code, state in self.states.items()
            for name in (*_names(state), f"{state.name} State", f"State of {state.name}")
        }
        self._shortened = {key(short): code for code, shorts in SHORTENED.items() for short in shorts}
        self._by_name: dict[str, list[Named]] = defaultdict(list)
        for place in self.places:
            if place.kind in {"county", "place"}:
                self._enter(place)

    def _enter(self, place: Place) -> None:
        entries = {(key(place.name), place.type)}
        for name in _names(place):
            entries |= {(phrase.key, phrase.type or place.type) for phrase in phrases(name)}
        for name_key, kind in entries:
            self._by_name[name_key].append(Named(place, kind))

    def named(self, phrase: Phrase, state: str = "") -> list[Named]:
        """The counties and places of a name, of any type, in one state or in all."""
        return [named for named in self._by_name.get(phrase.key, ()) if state in {"", named.place.state}]

    def state(self, text: str, *, qualifies: bool = True) -> Place | None:
        """The state that a text is. `qualifies` says that it follows a name, where short forms count."""
        bare = re.sub(
            r"^(?:the )?(?:state|commonwealth|territory|government) of (?:the )?", "", text, flags=re.IGNORECASE
        )
        code = self._state_names.get(key(bare))
        if code is None and (qualifies or bare.isupper()) and key(bare).upper() in POSTAL:
            code = key(bare).upper()
        if code is None and qualifies:
            code = self._shortened.get(key(bare))
        return self.states.get(code or "")

    def state_by_key(self, name_key: str) -> Place | None:
        """The state whose name has this key."""
        return self.states.get(self._state_names.get(name_key, ""))

    def county_of(self, place: Place) -> Place | None:
        """The county that a city is one with."""
        return self.counties.get(place.coextensive_with)


def _names(place: Place) -> set[str]:
    return {place.name, place.full_name, *place.other_names}
