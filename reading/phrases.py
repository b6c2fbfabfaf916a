"""What kind of place, office or person a few words between two commas name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reading.spelling import key

_TYPE = (
    r"city and county|city/county|city & county|consolidated city and county|city and borough|census area"
    r"|planning region|county|parish|borough|city|town|township|village|municipality|municipio|metro|district|island"
)
_BEFORE = re.compile(rf"(?:the )?(?P<type>{_TYPE}) of (?:the )?(?P<name>.+)", re.IGNORECASE)
_AFTER = re.compile(rf"(?P<name>.+?)[ ,]+(?P<type>{_TYPE}|co\.?|cnty\.?|metro government)", re.IGNORECASE)
_TYPE_WORDS = {
    "co": "county", "cnty": "county", "metro government": "metro", "city/county": "city and county",
    "city & county": "city and county", "consolidated city and county": "city and county",
}  # fmt: skip

_OFFICERS = (
    r"mayor|governor|sheriff|superintendent|commissioner|chief|manager|executive|administrator|president|chair"
    r"|chairman|chairwoman|chairperson|director|solicitor|counsel|attorney|supervisor|secretary|judge|judge/executive"
    r"|treasurer|clerk|comptroller|councilmember|alderman|warden"
)
_BODY = (
    r"police(?: department| bureau| division| commissioner)?|sheriff(?:'?s)?(?:'? (?:office|department))?"
    r"|(?:department|division|bureau|office|board|commission|council|committee) (?:of|on|for) .+"
    r"|(?:city|county|town|village|metro|metropolitan|common) (?:council|commission|board|attorney(?:'s office)?"
    r"|counsel(?:'s office)?|manager(?:'s office)?|executive(?:'s office)?)"
    r"|council|commission|(?:mayor|governor|attorney general|district attorney"
    r"|state'?s attorney)(?:'s)?(?: office.*)?"
    r"|criminal justice .+|department|state (?:police|patrol|department of .+|board of .+|office of .+)"
    r"|(?:police|fire|law|corrections?|health|public safety|detention) department|metropolitan police department"
    r"|corrections department|probation department|highway patrol|public safety department"
)
_BODY_AFTER = re.compile(rf"(?P<name>.+?) (?P<body>{_BODY})", re.IGNORECASE)
_BODY_BEFORE = re.compile(rf"(?:the )?(?P<body>{_BODY}) of (?:the )?(?P<name>.+)", re.IGNORECASE)
_BODY_ALONE = re.compile(rf"(?:the )?(?:{_BODY})", re.IGNORECASE)
_ITS_TYPE = re.compile(r"(city|county|town|village) ")
"""The Baltimore County Executive is the county's, not the city's."""

_OFFICER_OF = re.compile(
    rf"(?:acting |interim )?(?P<officer>{_OFFICERS}) (?:of|for) (?:the )?(?P<name>.+)", re.IGNORECASE
)
_OFFICER = re.compile(rf"\b(?:{_OFFICERS}|hon|honorable|mr|mrs|ms|dr|esq)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\d|p\.? ?o\.? box\b|(?:suite|room|floor|ste\.|rm\.) ", re.IGNORECASE)
_GOVERNMENT = re.compile(
    rf"\b(?:{_TYPE}|department|university|college|schools?|authority|tribe|nation|district|police|port|airport)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name taken apart: its key, and the type of government that the words say, in lower case, or empty.

    `body` is the office or agency that is named along with the place: the police department of Chicago.
    """

    key: str
    type: str = ""
    body: str = ""


def phrases(text: str) -> list[Phrase]:
    """The ways to read a name: Jersey City is a name, or the city of Jersey."""
    read = [Phrase(key(text))]
    for pattern in (_BEFORE, _AFTER):
        if match := pattern.fullmatch(text):
            type_word = match["type"].lower().rstrip(".")
            read.append(Phrase(key(match["name"]), _TYPE_WORDS.get(type_word, type_word)))
    return read


def offices(text: str) -> list[Phrase]:
    """The ways to read a name that an office or an agency goes with: Chicago Police Department, Mayor of Chicago."""
    found = []
    for pattern in (_BODY_AFTER, _BODY_BEFORE):
        if match := pattern.fullmatch(text):
            body = match["body"].lower()
            its = _ITS_TYPE.match(body)
            found += [Phrase(read.key, read.type or (its[1] if its else ""), body) for read in phrases(match["name"])]
    if match := _OFFICER_OF.search(text):
        found += [Phrase(read.key, read.type, match["officer"].lower()) for read in phrases(match["name"])]
    return found


def is_aside(text: str) -> bool:
    """Whether the words name a person with a title, an office alone or a street, and so no other place."""
    return bool(
        _ADDRESS.match(text) or _BODY_ALONE.fullmatch(text) or (is_officer(text) and not _OFFICER_OF.search(text))
    )


def is_officer(text: str) -> bool:
    """Whether the words hold the title of an officer or a form of address."""
    return bool(_OFFICER.search(text))


def is_state_officer(text: str) -> bool:
    """Whether the words hold a title that only a state's officer bears."""
    return bool(re.search(r"\b(?:governor|gov\.|attorney general|secretary of state)(?!\w)", text, re.IGNORECASE))


def names_government(text: str) -> bool:
    """Whether the words hold what only the name of a government, a school or the like holds."""
    return bool(_GOVERNMENT.search(text))
