"""Which place a line of a list, a letter or a press release names. It never guesses between two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from reading.phrases import Phrase, is_aside, is_officer, is_state_officer, names_government, offices, phrases
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

COUNTY_TYPES = frozenset({"county", "parish", "census area", "planning region", "municipio"})

_MARK = re.compile(r"^(?:[^\w(\"'#]+|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]\s+|#\d+\s+|and\s+)+")
_END = re.compile(r"(?:;\s*(?:and|or)|,?\s+and)$")
_SPLIT = re.compile(r"\s*[,;:|]\s*|\s+[-\u2013\u2014]+\s+")
_JOINT = re.compile(r"\s+(?:and|&|or|vs\.?|versus)\s+|\s*/\s*", re.IGNORECASE)
_ZIP = re.compile(r"[\s,]+\d{5}(?:-\d{4})?$")
_HEADING = re.compile(
    r"(?:\W*)(states?|count(?:y|ies)|cit(?:y|ies))(?: and territories)?\s*(?:\(\d+\))?\s*:?\W*", re.IGNORECASE
)
_HEADING_KINDS = {"s": "state", "ci": "place", "co": "county"}
_COUNTRY = frozenset({"usa", "us", "unitedstates", "unitedstatesofamerica"})


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of a line: the one place that it names; or the places that it may mean, or none; and why."""

    line: str
    place: Place | None
    candidates: tuple[Place, ...]
    why: str


@dataclass(slots=True)
class _Line:
    """A line taken apart: the state, and the other words between its commas."""

    state: Place | None
    parts: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    has_zip: bool = False
    bare_state: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """What one part of a line may mean: places under a name, with the way in which the part names them."""

    phrase: Phrase
    named: tuple[Named, ...]

    @property
    def typed(self) -> bool:
        """Whether the part says what kind of government it means, or which body of it."""
        return bool(self.phrase.type or self.phrase.body)

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(dict.fromkeys(named.place for named in self.named))


def resolve(line: str, gazetteer: Gazetteer, kind: str = "") -> Resolution:
    """The place that a line names: "City and County of Denver, Colorado", "(3) Cook County, Ill.;".

    `kind` (state, county or place) is what the list is known to name, where that is known.
    """
    place, candidates, why = _decide(_take_apart(line, gazetteer), gazetteer, kind)
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


def words_of(line: str) -> str:
    """A line of a list without its bullet or number before, and without the marks and the "and" behind."""
    return _END.sub("", _MARK.sub("", line).rstrip(" .;,*")).strip(" .;,*\"'")


def _take_apart(line: str, gazetteer: Gazetteer) -> _Line:
    text = words_of(plain(line))
    asides = re.findall(r"\(([^()]*)\)", text)
    text = " ".join(re.sub(r"\([^()]*\)", " ", text).split()).replace(" ,", ",") or ", ".join(asides)
    has_zip = bool(_ZIP.search(text))
    parts = [part for part in _SPLIT.split(_ZIP.sub("", text)) if part and key(part) not in _COUNTRY]
    found = _Line(None, [], [aside for aside in asides if not gazetteer.state(aside)], has_zip)
    states = [state for aside in asides if (state := gazetteer.state(aside))]
    for number, part in enumerate(parts):
        state = gazetteer.state(part, qualifies=number > 0)
        if state and (number > 0 or len(parts) == 1 or not gazetteer.state(parts[-1])):
            states.append(state)
        else:
            found.parts.append(part)
    if not states and found.parts:
        _part_off_state(found, gazetteer)
    elif not found.parts:
        found.bare_state = bool(states) and key(parts[-1]) == key(states[-1].name)
    elif len(set(states)) > 1:
        found.parts.append("")  # Two states: no part of the line can be trusted to belong to either.
    found.state = found.state or (states[-1] if states else None)
    return found


def _part_off_state(line: _Line, gazetteer: Gazetteer) -> None:
    """Take a state from the end of a line without a comma: Cook County Illinois, Chicago IL."""
    words = line.parts[-1].split()
    for count in (3, 2, 1):
        name, state_name = " ".join(words[:-count]), " ".join(words[-count:])
        state = gazetteer.state(state_name, qualifies=len(state_name) > 2 or state_name.isupper())
        if name and state and any(found.named for found in _readings(name, gazetteer, state.state, "")):
            line.state, line.parts[-1] = state, name
            return


def _readings(part: str, gazetteer: Gazetteer, state: str, kind: str) -> list[_Found]:
    """The ways to read a part that lead to known places, the most telling first."""
    found = []
    for phrase in [*phrases(part), *offices(part)]:
        named = tuple(
            named for named in gazetteer.named(phrase, state) if _fits(phrase, named) and kind in {"", named.place.kind}
        )
        found.append(_Found(phrase, named))
    return [one for one in found if one.named]


def _fits(phrase: Phrase, named: Named) -> bool:
    """Whether a name's type is the one that the words say."""
    if not phrase.type:
        return True
    if phrase.type == "city":
        return named.place.is_city and named.type not in COUNTY_TYPES
    if phrase.type == "city and county":
        return named.place.type == phrase.type or named.type == "county"
    if phrase.type in {"municipality", "borough", "metro"}:
        return named.type == phrase.type or named.type.endswith(
            {"municipality": "municipio", "borough": "and borough", "metro": "metro"}[phrase.type]
        )
    return named.type == phrase.type


def _state_named(part: str, gazetteer: Gazetteer) -> tuple[Place | None, bool]:
    """The state that a part names along with a body or an officer of it, and whether nothing else can be meant."""
    if state := gazetteer.state(part, qualifies=False):
        return state, part.lower().startswith(("state", "common", "terr", "govern"))
    match = re.match(r"(?:the )?(?:state|commonwealth|territory) of (?:the )?(.+)", part, re.IGNORECASE)
    name = match[1] if match else part
    for phrase in offices(name):
        state = next((place for place in gazetteer.states.values() if phrase.key in _state_keys(place)), None)
        if state and not phrase.type:
            sure = bool(match) or phrase.key != key(state.name) or phrase.body.startswith(("state ", "governor"))
            return state, sure
    return None, False


def _state_keys(state: Place) -> set[str]:
    return {key(name) for name in (state.name, state.full_name, f"State of {state.name}", f"{state.name} State")}


Decision = tuple[Place | None, Iterable[Place], str]


def _decide(line: _Line, gazetteer: Gazetteer, kind: str) -> Decision:
    state = line.state.state if line.state else ""
    if not line.parts:
        return _decide_state(line, gazetteer, kind)
    founds, strangers, officers = [], [], False
    for part in line.parts:
        own, sure = _state_named(part, gazetteer)
        readings = _readings(part, gazetteer, state, kind)
        if own and (sure or not readings) and (not state or own.state == state):
            founds.append(_Found(Phrase(key(part), "state"), (Named(own, "state"),)))
        elif own and readings and not state:
            return None, [own, *readings[-1].places], f"{part} may be of the state or of a city or county of its name."
        elif readings:
            founds.append(_best(readings))
        elif is_aside(part):
            officers = officers or is_officer(part)
        else:
            strangers.append(part)
            officers = officers or is_officer(part)
    return _decide_among(line, gazetteer, founds, strangers, officers=officers)


def _best(readings: list[_Found]) -> _Found:
    """The reading that says most: with its type, else the whole name, else one with an office."""
    typed = [found for found in readings if found.phrase.type]
    return (typed or readings)[0]


def _decide_state(line: _Line, gazetteer: Gazetteer, kind: str) -> Decision:
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
    line: _Line, gazetteer: Gazetteer, founds: list[_Found], strangers: list[str], *, officers: bool
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


def _one_government(line: _Line, gazetteer: Gazetteer, founds: list[_Found]) -> list[_Found]:
    """Leave out what only repeats or addresses the first: its own city again, or the town of its postal address."""
    sets = [set(found.places) for found in founds]
    if common := set.intersection(*sets):
        typed = [found for found in founds if found.typed] or founds
        return [_Found(typed[0].phrase, tuple(named for named in typed[0].named if named.place in common))]
    first, *others = founds
    if (first.phrase.body or line.has_zip) and first.typed and not any(found.typed for found in others):
        return [first]
    return founds


def _decide_unknown(line: _Line, gazetteer: Gazetteer, strangers: list[str]) -> Decision:
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
    return [place for found in _readings(text, gazetteer, state.state if state else "", "") for place in found.places]


def _joint_places(part: str, gazetteer: Gazetteer, state: str) -> list[Place]:
    """The places of a part that joins several with "and" or a slash."""
    pieces = [_readings(piece, gazetteer, state, "") for piece in _JOINT.split(part)]
    return [place for readings in pieces if readings for place in _best(readings).places] if len(pieces) > 1 else []


def _decide_one(found: _Found, gazetteer: Gazetteer, state: Place | None) -> Decision:
    places = _without_coextensive(found, gazetteer)
    if (state is not None and state.state == "DC") or all(place.state == "DC" for place in places):
        return gazetteer.states["DC"], (), "City and District are one government, in the record as the District."
    if len(places) == 1 and found.phrase.type:
        return _decide_typed(found, places[0], gazetteer, state)
    cities = [place for place in places if place.is_city]
    known = [place for place in cities if place.kind == "place"]
    where = f" in {state.name}" if state else " in the record"
    if len(known) == 1 and (state or _stands_alone(known[0], gazetteer)):
        return (
            known[0],
            (),
            f"A name without a type is the city's: {known[0]} is the one{where}.{_shared(known[0], gazetteer)}",
        )
    if len(places) == 1 and cities and (state or _stands_alone(cities[0], gazetteer)):
        return cities[0], (), f"{cities[0]} is the only place of this name{where}."
    if len(places) == 1:
        return None, places, f"{places[0]} bears this name, but the line does not say that it means it."
    return None, places, f"{len(places)} places{where} bear this name, and the line does not say which it means."


def _decide_typed(found: _Found, place: Place, gazetteer: Gazetteer, state: Place | None) -> Decision:
    if state is None and found.phrase.type not in COUNTY_TYPES and not _stands_alone(place, gazetteer):
        return None, (place,), "The line gives no state, and places of other states bear this name too."
    where = f" in {state.name}" if state else " in the record"
    return place, (), f"{place} is the only {found.phrase.type} of this name{where}.{_shared(place, gazetteer)}"


def _stands_alone(place: Place, gazetteer: Gazetteer) -> bool:
    """Whether a city's name needs no state: the press writes it so, or no place of another state is known by it."""
    named = gazetteer.named(Phrase(key(place.name)))
    return key(place.name) in STAND_ALONE or all(one.place.state == place.state for one in named)


def _without_coextensive(found: _Found, gazetteer: Gazetteer) -> tuple[Place, ...]:
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
