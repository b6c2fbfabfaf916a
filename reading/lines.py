"""A line of a list taken apart: its bullet or number, the state that it gives, and the parts between its commas."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reading.parts import readings
from reading.places import Gazetteer, Place
from reading.spelling import key, plain

_MARK = re.compile(r"^(?:[^\w(\"'#]+|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]\s+|#\d+\s+|and\s+)+")
_END = re.compile(r"(?:;\s*(?:and|or)|,?\s+and)$")
_SPLIT = re.compile(r"\s*[,;:|]\s*|\s+[-\u2013\u2014]+\s+")
_ZIP = re.compile(r"[\s,]+\d{5}(?:-\d{4})?$")
_CAPITAL = re.compile(r"\bWashington, (?:D\. ?C\.?|DC|District of Columbia)$", re.IGNORECASE)
_COUNTRY = frozenset({"usa", "us", "unitedstates", "unitedstatesofamerica"})


@dataclass(slots=True)
class Entry:
    """A line taken apart: the state, and the other words between its commas."""

    state: Place | None
    parts: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    has_zip: bool = False
    bare_state: bool = False


def words_of(line: str) -> str:
    """A line of a list without its bullet or number before, and without the marks and the "and" behind."""
    return _END.sub("", _MARK.sub("", line).rstrip(" .;,*")).strip(" .;,*\"'")


def take_apart(line: str, gazetteer: Gazetteer) -> Entry:
    """The line's state, where it gives one, and its other parts."""
    text = _CAPITAL.sub("District of Columbia", words_of(plain(line)))
    asides = re.findall(r"\(([^()]*)\)", text)
    text = " ".join(re.sub(r"\([^()]*\)", " ", text).split()).replace(" ,", ",") or ", ".join(asides)
    has_zip = bool(_ZIP.search(text))
    parts = [part for part in _SPLIT.split(_ZIP.sub("", text)) if part and key(part) not in _COUNTRY]
    found = Entry(None, [], [aside for aside in asides if not gazetteer.state(aside)], has_zip)
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


def _part_off_state(line: Entry, gazetteer: Gazetteer) -> None:
    """Take a state from the end of a line without a comma: Cook County Illinois, Chicago IL."""
    words = line.parts[-1].split()
    for count in (3, 2, 1):
        name, state_name = " ".join(words[:-count]), " ".join(words[-count:])
        state = gazetteer.state(state_name, qualifies=len(state_name) > 2 or state_name.isupper())
        if name and state and any(found.named for found in readings(name, gazetteer, state.state, "")):
            line.state, line.parts[-1] = state, name
            return
