"""Which place a line of a list, a letter or a press release names. It never guesses between two."""

from __future__ import annotations

from dataclasses import dataclass

from reading.places import Gazetteer, Place


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of a line: the one place that it names; or the places that it may mean, or none; and why."""

    line: str
    place: Place | None
    candidates: tuple[Place, ...]
    why: str


def resolve(line: str, gazetteer: Gazetteer) -> Resolution:
    """The place that a line names: "City and County of Denver, Colorado", "(3) Cook County, Ill.;"."""
    name, _, state = line.strip(" .;").rpartition(", ")
    states = {place.state for place in gazetteer.named(state) if place.kind == "state"}
    found = tuple(place for place in gazetteer.named(name) if place.state in states)
    if len(found) == 1:
        return Resolution(line, found[0], (), f"{found[0].full_name}, {found[0].state} is the only place of this name.")
    return Resolution(line, None, found, f"{len(found)} places fit.")


def resolve_list(lines: list[str], gazetteer: Gazetteer) -> list[Resolution]:
    """What each line of a list names, in its order, empty lines left out.

    A heading such as "Counties:" tells of the lines below it what kind of places they name.
    """
    return [resolve(line, gazetteer) for line in lines if line.strip()]
