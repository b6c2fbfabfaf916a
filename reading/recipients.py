"""Which place a line of a list, a letter or a press release names. It never guesses between two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reading.lines import Entry, take_apart
from reading.parts import COUNTY_TYPES, Found, best, readings, state_named
from reading.phrases import Phrase, is_aside, is_officer, is_state_officer, names_government
from reading.places import Gazetteer, Named, Place
from reading.spelling import key, plain

MOST_CANDIDATES = 50
"""No name is borne by more counties (Washington: 31), so that a list of candidates stays one that somebody can read."""

STAND_ALONE = frozenset(
    map(
        key,
        "Atlanta,Baltimore,Boston,Chicago,Cincinnati,Cleveland,Dallas,Denver,Detroit,Honolulu,Houston,Indianapolis,"
        "Las Vegas,Los Angeles,Miami,Milwaukee,Minneapolis,New Orleans,New York City,Oklahoma City,Philadelphia,"
        "Phoenix,Pittsburgh,St. Louis,Salt Lake City,San Antonio,San Diego,San Francisco,Seattle".split(","),
    )
)
"""The cities that the press writes without their state."""

_CITY_TYPES = frozenset({"city", "town", "township", "village", "borough"})
_JOINT = re.compile(r"\s+(?:and|&|or|vs\.?|versus)\s+|\s*/\s*", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:\W*)(states?|count(?:y|ies)|cit(?:y|ies))(?: and territories)?\s*(?:\(\d+\))?\s*:?\W*", re.IGNORECASE
)
_HEADING_KINDS = {"s": "state", "ci": "place", "co": "county"}


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of a line: the one place that it names; or the places that it may mean, or none; and why."""

    line: str
    place: Place | None
    candidates: tuple[Place, ...]
    why: str


def resolve(line: str, gazetteer: Gazetteer, kind: str = "") -> Resolution:
    """The place that a line names: "City and County of Denver, Colorado", "(3) Cook County, Ill.;".

    `kind` (state, county or place) is what the list is known to name, where that is known.
    """
    place, candidates, why = _decide(take_apart(line, gazetteer), gazetteer, kind)
    return Resolution(line, place, tuple(candidates)[:MOST_CANDIDATES], why)


def resolve_list(lines: Iterable[str], gazetteer: Gazetteer) -> list[Resolution]:
    """What each line of a list names, in its order, empty lines left out.

    A heading such as "Counties:" tells of the lines below it what kind of places they name.
    """
    found, kind = [], ""
    for line in lines:
        if heading := _HEADING.fullmatch(plain(line)):
            kind = next(kind for start, kind in _HEADING_KINDS.items() if heading[1].lower().startswith(start))
            found.append(Resolution(line, None, (), "A heading: it says what kind of places the next lines name."))
        elif plain(line):
            found.append(resolve(line, gazetteer, kind))
    return found


Decision = tuple[Place | None, Iterable[Place], str]


def _decide(line: Entry, gazetteer: Gazetteer, kind: str) -> Decision:
    state = line.state.state if line.state else ""
    if not line.parts:
        return _decide_state(line, gazetteer, kind)
    founds, strangers, officers = [], [], False
    for part in line.parts:
        own, sure = state_named(part, gazetteer)
        read = readings(part, gazetteer, state, kind)
        if own and (sure or not read) and (not state or own.state == state):
            founds.append(Found(Phrase(key(part), "state"), (Named(own, "state"),)))
        elif own and read and not state:
            return None, [own, *read[-1].places], f"{part} may be of the state or of a city or county of its name."
        elif read:
            founds.append(best(read))
        elif is_aside(part):
            officers = officers or is_officer(part)
        else:
            strangers.append(part)
            officers = officers or is_officer(part)
    return _decide_among(line, gazetteer, founds, strangers, officers=officers)


def _decide_state(line: Entry, gazetteer: Gazetteer, kind: str) -> Decision:
    if line.state is None:
        return None, (), "The line is empty."
    state = line.state
    named = {named.place for named in gazetteer.named(Phrase(key(state.name)))}
    cities = [gazetteer.states["DC"] if place.state == "DC" else place for place in named if place.kind == "place"]
    if kind in {"county", "place"}:
        return None, [place for place in (state, *cities) if place.kind in {kind, "state"}], f"{state} is no {kind}."
    if cities and line.bare_state and kind != "state":
        return None, [state, *cities], f"{state.name} may be the state or the city."
    return state, (), f"{state} is a state or territory."


def _decide_among(
    line: Entry, gazetteer: Gazetteer, founds: list[Found], strangers: list[str], *, officers: bool
) -> Decision:
    state = line.state
    if not founds:
        return _decide_unknown(line, gazetteer, strangers)
    if len(founds) > 1:
        founds = _one_government(line, gazetteer, founds)
    if len(founds) > 1:
        everything = dict.fromkeys(place for found in founds for place in found.places)
        return None, everything, "The line names more than one place."
    found = founds[0]
    stranger = next((part for part in strangers if names_government(part) or not part), None)
    if stranger is None and strangers and not (found.typed or officers):
        stranger = strangers[0]
    if stranger is not None:
        return None, found.places, f"What {stranger!r} is in this line is not known." if stranger else "Two states."
    if found.phrase.type == "state":
        return found.places[0], (), f"{found.places[0]} is a state or territory."
    return _decide_one(found, gazetteer, state)


def _one_government(line: Entry, gazetteer: Gazetteer, founds: list[Found]) -> list[Found]:
    """Leave out what only repeats or addresses the first: its own city again, or the town of its postal address."""
    sets = [set(found.places) for found in founds]
    if common := set.intersection(*sets):
        typed = [found for found in founds if found.typed] or founds
        return [Found(typed[0].phrase, tuple(named for named in typed[0].named if named.place in common))]
    first, *others = founds
    if (first.phrase.body or line.has_zip) and first.typed and not any(found.typed for found in others):
        return [first]
    return founds


def _decide_unknown(line: Entry, gazetteer: Gazetteer, strangers: list[str]) -> Decision:
    state = line.state
    joint = [place for part in strangers for place in _joint_places(part, gazetteer, state.state if state else "")]
    if joint:
        return None, dict.fromkeys(joint), "The line names more than one place."
    if state and state.state == "DC" and not strangers:
        return state, (), f"{state} by its officer or body."
    if state and any(is_state_officer(part) for part in line.parts) and not any(map(names_government, strangers)):
        return state, (), f"{state} by its officer."
    where = f" in {state.name}" if state else ""
    unknown = ", ".join(strangers or line.parts)
    asides = [place for aside in line.asides for place in _places_named(aside, gazetteer, state)]
    return None, dict.fromkeys(asides), f"No place{where} of the record is called {unknown!r}."


def _places_named(text: str, gazetteer: Gazetteer, state: Place | None) -> list[Place]:
    return [place for found in readings(text, gazetteer, state.state if state else "", "") for place in found.places]


def _joint_places(part: str, gazetteer: Gazetteer, state: str) -> list[Place]:
    """The places of a part that joins several with "and" or a slash."""
    pieces = [readings(piece, gazetteer, state, "") for piece in _JOINT.split(part)]
    return [place for read in pieces if read for place in best(read).places] if len(pieces) > 1 else []


def _decide_one(found: Found, gazetteer: Gazetteer, state: Place | None) -> Decision:
    places = _without_coextensive(found, gazetteer)
    if (state is not None and state.state == "DC") or all(place.state == "DC" for place in places):
        return gazetteer.states["DC"], (), "City and District are one government, in the record as the District."
    if len(places) == 1 and found.phrase.type:
        return _decide_typed(found, places[0], gazetteer, state)
    cities = [place for place in places if place.is_city]
    known = [place for place in cities if place.kind == "place"]
    where = f" in {state.name}" if state else " in the record"
    if len(known) == 1 and (state or _stands_alone(known[0])):
        return (
            known[0],
            (),
            f"A name without a type is the city's: {known[0]} is the one{where}.{_shared(known[0], gazetteer)}",
        )
    if len(places) == 1 and cities and (state or _stands_alone(cities[0])):
        return cities[0], (), f"{cities[0]} is the only place of this name{where}."
    if len(places) == 1:
        return None, places, f"{places[0]} bears this name, but the line does not say that it means it."
    return None, places, f"{len(places)} places{where} bear this name, and the line does not say which it means."


def _decide_typed(found: Found, place: Place, gazetteer: Gazetteer, state: Place | None) -> Decision:
    if state is None and found.phrase.type in _CITY_TYPES and not _stands_alone(place):
        return None, (place,), "The line gives no state, and places of other states may bear this name too."
    where = f" in {state.name}" if state else " in the record"
    return place, (), f"{place} is the only {found.phrase.type} of this name{where}.{_shared(place, gazetteer)}"


def _stands_alone(place: Place) -> bool:
    """Whether a city's name needs no state. That the record has no other of the name proves nothing."""
    return key(place.name) in STAND_ALONE


def _without_coextensive(found: Found, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places, of a city and the county that it is one with only the one that the words fit better."""
    drop: set[Place] = set()
    for place in found.places:
        county = gazetteer.county_of(place)
        if county in found.places:
            drop.add(place if found.phrase.type in COUNTY_TYPES else county)
    return tuple(place for place in found.places if place not in drop)


def _shared(place: Place, gazetteer: Gazetteer) -> str:
    county = gazetteer.county_of(place)
    return f" It shares its territory with {county}; the record enters letters to the city." if county else ""
