"""Whom a letter addresses: the person, the office, the agency and the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reading.anatomy import Letter, Line
from reading.letterhead import Head
from reading.people import Person, is_greeted, is_title, is_whole_title, person, title_cased
from reading.phrases import is_aside, is_state_officer, offices, phrases
from reading.places import Gazetteer, Place
from reading.proposals import Proposal
from reading.recipients import resolve

_POSTAL = re.compile(
    r"(?P<city>[A-Z][A-Za-z.' -]{2,40}),? +(?P<state>[A-Z][A-Za-z.]+(?: [A-Z][a-z]+){0,2})\.?,? +\d{5}(?:-\d{4})?"
)
_AGENCY = re.compile(
    r"(?=.{8,120}$).*\b(?:department|board of|bureau|commission|authority|division|police|sheriff'?s? (?:office"
    r"|department)|council"
    r"|agency|corrections|(?:mayor|governor)'s office of)\b.*",
    re.IGNORECASE,
)
_NO_AGENCY = re.compile(
    r"(?-i:[a-z])|.*\d|.*-$|.*\b(?:mr\.|ms\.|mrs\.|dr\.|honorable|president|chief of police|chair),? "
    r"|.* (?:city|county) of "
    r"|(?:department|division|bureau|office|(?:parish |county )?sheriff'?s? (?:office|department))$"
    r"|(?:mayor|governor|sheriff|chief|director|commissioner|superintendent|president|chair)\b(?!'s)",
    re.IGNORECASE,
)
"""A part of an agency's name, or a line run together with another."""

_OPEN_END = re.compile(r".*(?: and| of| the| for| &|,)$")
_SEVERAL = re.compile(r"\band\b|&|,(?! (?:Jr|Sr|II|III|IV|Esq)\b)")
_CARE = re.compile(r"c[/l]o .*", re.IGNORECASE)
_ATTENTION = re.compile(r"(?:attn|attention|cc)\b.*", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """The addressee's block taken apart: people, the title, the lines of offices and governments, city and state."""

    people: list[tuple[Person, Line]] = field(default_factory=list)
    title: tuple[str, Line] | None = None
    bodies: list[Line] = field(default_factory=list)
    city: str = ""
    state: str = ""
    is_clear: bool = True


def addressed(letter: Letter, head: Head, gazetteer: Gazetteer) -> Iterator[Proposal]:
    """The addressee with title, the agency and the jurisdiction, as far as the block leaves no doubt."""
    block = _take_apart(_joined(head.block), gazetteer)
    if not block.is_clear or len(block.people) > 1 or _SEVERAL.search(letter.whom):
        return
    if block.people and is_greeted(block.people[0][0].name, letter.whom):
        who, line = block.people[0]
        yield Proposal("addressee", who.name, line.page, line.text)
        if block.title and is_whole_title(block.title[0]):
            yield Proposal("addressee_title", title_cased(block.title[0]), block.title[1].page, block.title[1].text)
    found = _recipient(block, letter, gazetteer)
    if found is None:
        return
    yield Proposal("recipient", found[0].geoid, found[1].page, found[1].text)
    agencies = [line for line in block.bodies if _AGENCY.fullmatch(line.text) and not _NO_AGENCY.match(line.text)]
    if len(agencies) == 1:
        yield Proposal("agency", agencies[0].text, agencies[0].page, agencies[0].text)


def possible_recipients(head: Head, gazetteer: Gazetteer) -> list[Place]:
    """The places that the addressee's block may mean, each once: what it names as a government, then its city."""
    block = _take_apart(_joined(head.block), gazetteer)
    words = [line.text for line in block.bodies if _says_government(line.text, gazetteer)] + [block.city]
    found = [resolve(f"{text}, {block.state}", gazetteer) for text in words if text and block.state]
    return list(dict.fromkeys(place for each in found for place in (each.candidates or (each.place,)) if place))


def _joined(lines: list[Line]) -> list[Line]:
    """The lines, those that end within a name put together with the next."""
    joined: list[Line] = []
    for line in lines:
        if joined and _OPEN_END.fullmatch(joined[-1].text):
            joined[-1] = Line(joined[-1].page, f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
    return joined


def _take_apart(lines: list[Line], gazetteer: Gazetteer) -> Block:
    block = Block()
    for line in lines:
        text = line.text.rstrip(" ,;")
        if postal := _POSTAL.fullmatch(text):
            state = gazetteer.state(postal["state"])
            block.city, block.state = postal["city"], state.name if state else ""
            continue
        if _CARE.fullmatch(text):
            continue  # Who only hands it on.
        if _ATTENTION.fullmatch(text):
            block.is_clear = False
            continue
        who = person(text)
        first = not (block.people or block.title or block.bodies)
        if who and (who.addressed or first) and not _names_place(text, gazetteer):
            block.people.append((who, line))
            _take_title(block, who.title_before or who.title_after, line, gazetteer)
        elif block.people and not block.bodies and is_title(text):
            _take_title(block, text, line, gazetteer)
        else:
            block.bodies.append(Line(line.page, text))
    return block


def _names_place(text: str, gazetteer: Gazetteer) -> bool:
    return any(gazetteer.named(phrase) for phrase in phrases(text))


def _take_title(block: Block, text: str, line: Line, gazetteer: Gazetteer) -> None:
    """Take a title, and what follows it on its line: "Mayor, City of Philadelphia", "Governor of California"."""
    if not text:
        return
    title, _, rest = text.partition(", ")
    if (not rest or gazetteer.state(rest)) and (
        of := re.fullmatch(r"(?P<title>.+?) of (?:the )?(?P<place>.+)", title, re.IGNORECASE)
    ):
        place = of["place"]
        if _AGENCY.fullmatch(place):
            title, rest = of["title"], place
        elif (
            of["title"].title() in {"Mayor", "Governor", "Sheriff"}
            or gazetteer.state(place, qualifies=False)
            or _names_place(place, gazetteer)
            or re.match("City of|County of|State of", place)
        ):
            title, rest = of["title"], text
    if block.title and block.title[0].lower() != title.lower():
        # A form of address and an office below it: the office is the one that is written out.
        block.title = (title, line)
    elif not block.title:
        block.title = (title, line)
    if gazetteer.state(rest) and not is_state_officer(title):
        return  # The state of a city whose name was not read.
    if rest or any(phrase.type for phrase in offices(title)):
        block.bodies.append(Line(line.page, rest or title))


def _recipient(block: Block, letter: Letter, gazetteer: Gazetteer) -> tuple[Place, Line] | None:
    """The one government that the lines of the block name, each read with the state of the postal address."""
    found: dict[str, tuple[Place, Line]] = {}
    for line in block.bodies:
        if not _says_government(line.text, gazetteer):
            if not is_aside(line.text) and re.search(
                r"\b(?:city|county|town|village|parish|borough|state) of\b|\bcounty\b|\bpolice\b",
                line.text,
                re.IGNORECASE,
            ):
                return None  # A government that is not known.
            continue
        place = _place_of(line.text, block.state, gazetteer)
        if place is None:
            return None
        found[place.geoid] = (place, line)
    if not found:
        return _by_title(block, letter, gazetteer)
    places = [place for place, _ in found.values()]
    for place, line in found.values():
        if all(other in {place.geoid, place.coextensive_with} for other in found):
            return place, line
    return None if len(places) > 1 else next(iter(found.values()))


def _says_government(text: str, gazetteer: Gazetteer) -> bool:
    typed = [
        phrase
        for phrase in (*phrases(text.split(", ", maxsplit=1)[0]), *offices(text.split(", ", maxsplit=1)[0]))
        if phrase.type or phrase.body
    ]
    return (
        bool(gazetteer.state(text, qualifies=False))
        or any(gazetteer.named(phrase) for phrase in typed)
        or any(gazetteer.state_by_key(phrase.key) for phrase in typed if not phrase.type)
    )


def _place_of(text: str, state: str, gazetteer: Gazetteer) -> Place | None:
    place = resolve(text, gazetteer).place
    if place and (place.kind == "state" or ", " in text):
        return place
    return resolve(f"{text}, {state}", gazetteer).place if state else None


def _by_title(block: Block, letter: Letter, gazetteer: Gazetteer) -> tuple[Place, Line] | None:
    """The city of a mayor, or the state of a governor, by the postal address, where the letter names it as such too."""
    if not block.title or not block.state:
        return None
    title, line = block.title
    if title == "Mayor" and f"City of {block.city}" in letter.body:
        place = resolve(f"City of {block.city}, {block.state}", gazetteer).place
    elif title == "Governor" and f"State of {block.state}" in letter.body:
        place = gazetteer.state(block.state)
    else:
        return None
    return (place, line) if place else None
