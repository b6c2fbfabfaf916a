"""Whose paper a letter is written on, and whether that is the federal government's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reading.anatomy import Letter, Line
from reading.dates import day_alone
from reading.people import is_title, person

_US = r"(?:U\. ?S\. ?|United States |US )"
AGENCIES = (
    (rf"{_US}Department of Justice", "U.S. Department of Justice"),
    (r"Office of the Attorney General", "Office of the Attorney General"),
    (r"Office of Justice Programs(?: \(OJP\))?", "Office of Justice Programs"),
    (r"Bureau of Justice Assistance(?: \(BJA\))?", "Bureau of Justice Assistance"),
    (
        r"Office of Community Oriented Policing Services(?: \(COPS\))?",
        "Office of Community Oriented Policing Services",
    ),
    (r"Office of the Inspector General", "Office of the Inspector General"),
    (rf"{_US}Department of Homeland Security", "U.S. Department of Homeland Security"),
    (rf"{_US}Immigration and Customs Enforcement(?: \(ICE\))?", "U.S. Immigration and Customs Enforcement"),
    *(
        (rf"{_US}Department of {name}", f"U.S. Department of {name}")
        for name in (
            "Transportation", "Education", "Labor", "Agriculture", "Energy", "Commerce", "the Interior", "the Treasury",
            "State", "Veterans Affairs", "Defense",
        )
    ),
    (
        r"(?:U\.S\. )?Department of Health (?:and|&) Human Services", "U.S. Department of Health and Human Services",
    ),
    (
        r"(?:U\.S\. )?Department of Housing and Urban Development", "U.S. Department of Housing and Urban Development",
    ),
    (r"(?:U\.S\. )?Environmental Protection Agency", "U.S. Environmental Protection Agency"),
)  # fmt: skip
"""Lines of federal letterheads, and the agency that each means, by the name that the record gives it."""

PARENTS = {
    "Office of the Attorney General": "U.S. Department of Justice",
    "Office of Justice Programs": "U.S. Department of Justice",
    "Bureau of Justice Assistance": "Office of Justice Programs",
    "Office of Community Oriented Policing Services": "U.S. Department of Justice",
    "Office of the Inspector General": "U.S. Department of Justice",
    "U.S. Immigration and Customs Enforcement": "U.S. Department of Homeland Security",
}

_AGENCIES = tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in AGENCIES)
_UNIT = re.compile(
    r"(?:civil|criminal|civil rights|antitrust|tax|national security|environment and natural resources) division"
    r"|(?:office|bureau|division|executive office) (?:of|for) .+|(?:office|administration) .+"
    r"|.+ (?:administration|branch|section|center)"
    rf"|{_US}attorney(?:'s office)?|(?:northern|southern|eastern|western|central|middle)? ?district of .+"
    r"|(?:the )?(?:(?:assistant|associate|deputy) )?attorney general"
    r"|(?:the )?(?:acting )?(?:secretary|director|administrator)(?: of .+)?|national institute of justice"
    r"|enforcement and removal operations",
    re.IGNORECASE,
)
_OWN_ADDRESS = re.compile(
    r".*\bD\. ?C\.?,? *20\d{3}(?:-\d{4})?|.*\b20(?:530|531|001)\b.*|\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}.*|(?:phone"
    r"|tel|telephone|fax|facsimile|"
    r"main|direct|voice|tty).*\d|.*(?:www\.|\.gov)\S*|(?:washington|office of).{0,30}"
    r"|[a-z .]{3,30},? +[a-z. ]{2,20},? +\d{5}(?:-\d{4})?",
    re.IGNORECASE,
)
_VIA = re.compile(
    r"(?:(?:sent |delivered |transmitted )?(?:via|by) .{3,80}|certified mail.*|.*return receipt requested.*"
    r"|electronic mail.*"
    r"|e-?mail:?.*|.*first[- ]class mail.*|personal and confidential|confidential|.*overnight (?:mail"
    r"|delivery).*|\S+@\S+)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:re|subject|in re|ref|reference|in reply refer to)\b\s*[:.].*", re.IGNORECASE)
_NOISE = re.compile(r"[^A-Za-z]*|.{1,3}|\(?seal\)?|\[.*\]", re.IGNORECASE)
_RECEIVED = re.compile(r"\b(?:rec'?d|received|filed|scanned)\b", re.IGNORECASE)
_STREET = re.compile(r"\d+ .+|.*\b(?:suite|room|floor|building|street|avenue|p\.?o\.? box)\b.*", re.IGNORECASE)

_FOR_OTHERS = re.compile(
    r"\bon behalf of (?:the |my client,? )?(?:city|county|state|commonwealth|town|village|borough|parish|mayor"
    r"|governor|sheriff)\b",
    re.IGNORECASE,
)
_FEDERAL_SIGNER = re.compile(
    r"\b(?:attorney general|director|secretary|administrator|united states attorney|u\.s\. attorney|general counsel"
    r"|trial attorney|counsel|chief|solicitor general|commissioner|inspector general|officer|manager|deputy)\b",
    re.IGNORECASE,
)
_OTHER_SIGNER = re.compile(
    r"\b(?:city|county|corporation counsel|mayor|governor|sheriff|superintendent|chief of police|police chief"
    r"|llp|llc|p\.c"
    r"|town|village|for the state|state of|commonwealth of|state's attorney|district attorney"
    r"|solicitor(?! general)|borough|parish"
    r"|police department|attorneys? for|counsel for|president|chair(?:man|woman|person)?|member of congress"
    r"|senator)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the salutation: the sending agency, the dates, the addressee's block, the subject."""

    sender: str
    sender_line: Line
    dates: list[Line]
    block: list[Line]
    subject: list[Line]


def federal_head(letter: Letter) -> Head | None:
    """The head of a letter of the federal government; None for a letter of anybody else, or to the government."""
    agencies: dict[str, Line] = {}
    dates: list[Line] = []
    block: list[Line] = []
    subject: list[Line] = []
    dated_first = False
    for at, line in enumerate(letter.head):
        stamped = any(_RECEIVED.search(near.text) for near in letter.head[max(at - 1, 0) : at + 2])
        if subject or _SUBJECT.fullmatch(line.text):
            subject.append(line)
        elif day_alone(line.text) or _RECEIVED.fullmatch(line.text):
            if day_alone(line.text) and not stamped:
                dates.append(line)
                dated_first = dated_first or not agencies
        elif names := [name for pattern, name in _AGENCIES if pattern.fullmatch(line.text)]:
            if block:
                return None  # The government is the addressee.
            agencies.setdefault(names[0], line)
        elif (
            _VIA.fullmatch(line.text)
            or (_NOISE.fullmatch(line.text) and not block)
            or (
                not block
                and agencies
                and not dates
                and (_UNIT.fullmatch(line.text) or _OWN_ADDRESS.fullmatch(line.text) or (_STREET.fullmatch(line.text)))
            )
        ):
            continue
        else:
            block.append(line)
    sender = _finest(agencies, letter.head)
    if (
        sender is None
        or _FOR_OTHERS.search(letter.body)
        or not _signed_federally(letter, required=dated_first or not block)
    ):
        return None
    return Head(
        sender, agencies[sender] if sender in agencies else next(iter(agencies.values())), dates, block, subject
    )


def _finest(agencies: dict[str, Line], head: list[Line]) -> str | None:
    """The agency that is part of all others that the letterhead names; None where there is none, or no such line."""
    names = set(agencies)
    if names in ({"Office of the Attorney General"}, {"Office of the Inspector General"}):
        # States have such offices too; the nation's is known by its postal code.
        return next(iter(names)) if any(re.search(r"\b20530\b", line.text) for line in head) else None
    if names == {"Office of Community Oriented Policing Services"}:
        return None
    chains = {name: _chain(name) for name in names}
    return next((name for name, chain in chains.items() if names <= chain), None)


def _chain(name: str) -> set[str]:
    chain = {name}
    while name in PARENTS:
        name = PARENTS[name]
        chain.add(name)
    return chain


def _signed_federally(letter: Letter, *, required: bool) -> bool:
    """Whether the signature is no other government's; and, where it is required, is surely a federal officer's."""
    titles = [
        line.text for line in letter.signature[:6] if is_title(line.text) or (person(line.text) or _NOBODY).title_after
    ]
    text = " | ".join(line.text for line in letter.signature[:6])
    return not _OTHER_SIGNER.search(_before_copies(text)) and (not required or any(map(_FEDERAL_SIGNER.search, titles)))


def _before_copies(text: str) -> str:
    return re.split(r"\| (?:cc|enclosures?|attachments?|encl)\b", text, flags=re.IGNORECASE)[0]


class _Nobody:
    title_after = ""


_NOBODY = _Nobody()
