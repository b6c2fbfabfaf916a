"""What one part of a line, the words between two commas, may name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reading.phrases import Phrase, offices, phrases
from reading.places import Gazetteer, Named, Place
from reading.spelling import key

COUNTY_TYPES = frozenset({"county", "parish", "census area", "planning region", "municipio"})


@dataclass(frozen=True, slots=True)
class Found:
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


def readings(part: str, gazetteer: Gazetteer, state: str, kind: str) -> list[Found]:
    """The ways to read a part that lead to known places, the most telling first."""
    found = []
    for phrase in [*phrases(part), *offices(part)]:
        named = tuple(
            named for named in gazetteer.named(phrase, state) if _fits(phrase, named) and kind in {"", named.place.kind}
        )
        found.append(Found(phrase, named))
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


def state_named(part: str, gazetteer: Gazetteer) -> tuple[Place | None, bool]:
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


def best(read: list[Found]) -> Found:
    """The reading that says most: with its type, else the whole name, else one with an office."""
    typed = [found for found in read if found.phrase.type]
    return (typed or read)[0]
