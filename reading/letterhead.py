"""Whose paper a letter is written on, and whether that is the federal government's."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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
    # Its paper parts the name over three lines.
    (rf"{_US}Immigration(?: and Customs(?: Enforcement(?: \(ICE\))?)?)?", "U.S. Immigration and Customs Enforcement"),
    (rf"(?:Office of the )?{_US}Attorney(?:'s Office)?", "U.S. Department of Justice"),
    (r"Department of Justice", "Department of Justice"),
    (r"The Secretary of Transportation", "The Secretary of Transportation"),
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

SHARED = frozenset(
    {"Department of Justice", "Office of Justice Programs", "Office of the Attorney General",
     "Office of the Inspector General", "The Secretary of Transportation"}
)  # fmt: skip
"""Names that offices of states bear too; the nation's is known by its address in the capital."""

ALIASES = {
    "Department of Justice": "U.S. Department of Justice",
    "The Secretary of Transportation": "U.S. Department of Transportation",
}

_AGENCIES = tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in AGENCIES)
_NAMES = {name.lower(): name for _, name in AGENCIES}
_LIKENESS = 0.93
"""How alike a line and a name must be for the one to be the other with a letter or two misread."""

_COPIES = re.compile(r"(?:cc|enclosures?|attachments?|encl)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"\b20(?:530|531|590)\b")
_UNIT = re.compile(
    r"(?:civil|criminal|civil rights|antitrust|tax|national security|environment and natural resources) division"
    r"|(?:office|bureau|division|executive office) (?:of|for) .+|(?:office|administration) .+"
    r"|.+ (?:administration|branch|section|center)"
    rf"|{_US}attorney(?:'s office)?|(?:northern|southern|eastern|western|central|middle)? ?district of .+"
    r"|(?:the )?(?:(?:assistant|associate|deputy) )?attorney general"
    r"|(?:the )?(?:acting )?(?:secretary|director|administrator)(?: of .+)?|national institute of justice"
    r"|enforcement and removal operations|and customs(?: enforcement)?|enforcement"
    r"|(?:\[seal\] )?homeland(?: security)?|security",
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
_STAMP = re.compile(
    r"(?P<before>.*?) ?\b(?P<day>(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC) \d ?\d? \d{4})\b ?(?P<after>.*)"
)
_RUN_TOGETHER = re.compile(
    r"(?<=Department of Justice) |(?<=Department of Homeland Security) |(?<=Office of Justice Programs) "
    r"|(?<=Office of the Attorney General) |(?<=Bureau of Justice Assistance) |(?<=Oriented Policing Services) (?!\()"
    r"|(?<=\(COPS\)) | (?=Washington[.,] ?D\.? ?C\.? ?,? ?\d{5})",
    re.IGNORECASE,
)
_RECEIVED = re.compile(r"\b(?:rec'?d|received|filed|scanned)\b", re.IGNORECASE)
_STREET = re.compile(r"\d+ .+|.*\b(?:suite|room|floor|building|street|avenue|p\.?o\.? box)\b.*", re.IGNORECASE)

_FOR_OTHERS = re.compile(
    r"\bon behalf of (?:the |my client,? )?(?:city|county|state|commonwealth|town|village|borough|parish|mayor"
    r"|governor|sheriff)\b",
    re.IGNORECASE,
)
_FEDERAL_SIGNER = re.compile(
    r"\b(?:attorney general|director|secretary|administrator|united states attorney|u\.s\. attorney|general counsel"
    r"|senior official|trial attorney|counsel|chief|solicitor general|commissioner|inspector general|officer|manager"
    r"|deputy)\b",
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
    """What stands above the salutation: the sending agency, the dates, the addressee's block, the subject.

    `sender` is empty where only its department is known for sure.
    """

    sender: str
    sender_line: Line
    dates: list[Line]
    block: list[Line]
    subject: list[Line]


@dataclass(slots=True)
class _Reading:
    """The lines above the salutation, sorted as they are read."""

    agencies: dict[str, Line] = field(default_factory=dict)
    own: list[Line] = field(default_factory=list)
    dates: list[Line] = field(default_factory=list)
    block: list[Line] = field(default_factory=list)
    subject: list[Line] = field(default_factory=list)
    is_unusual: bool = False
    is_garbled: bool = False
    is_to_government: bool = False

    def date(self, line: Line) -> None:
        """Take the day that the letter bears; a line of the letterhead above it that was not read is noted."""
        self.is_garbled = self.is_garbled or bool(self.agencies and self.block and not self.dates)
        self.is_unusual = self.is_unusual or not self.agencies
        self.dates.append(line)

    def agency(self, name: str, line: Line) -> None:
        """Take a line that names an agency: the sender, or the addressee where a date or a person stands above it."""
        if self.block and (self.dates or any(person(above.text) for above in self.block)):
            self.is_to_government = True
        self.is_unusual = self.is_unusual or bool(self.block)
        self.block.clear()  # Its own office, which stands above its name, and may be misread.
        self.agencies.setdefault(name, line)
        self.own.append(line)

    def other(self, line: Line) -> None:
        """Take any other line: of the letterhead, of the addressee's block, or how the letter was sent."""
        if not self.block and self.agencies and not self.dates and _is_letterhead(line.text):
            self.own.append(line)
        elif not (_VIA.fullmatch(line.text) or (_NOISE.fullmatch(line.text) and not self.block)):
            self.block.append(line)


def federal_head(letter: Letter) -> Head | None:
    """The head of a letter of the federal government; None for a letter of anybody else, or to the government."""
    found = _read(list(_parted(letter.head)))
    if not found.agencies and found.dates[:1] == letter.head[:1]:
        found.agencies = _signed_for(letter)
    sender = _finest(found.agencies, found.own)
    surely = found.is_unusual or found.is_garbled or not found.block
    if (
        sender is None
        or found.is_to_government
        or (found.is_unusual and not found.dates)
        or _FOR_OTHERS.search(letter.body)
        or not _signed_federally(letter, required=surely)
    ):
        return None
    line = found.agencies.get(sender) or next(iter(found.agencies.values()))
    if found.is_garbled and sender in PARENTS.values():
        sender = ""  # Which of its offices wrote may stand in the line that was not read.
    return Head(sender, line, found.dates, found.block, found.subject)


def _read(head: list[Line]) -> _Reading:
    found = _Reading()
    for at, line in enumerate(head):
        if found.subject or _SUBJECT.fullmatch(line.text):
            found.subject.append(line)
        elif day_alone(line.text) or _RECEIVED.fullmatch(line.text):
            if day_alone(line.text) and not any(_RECEIVED.search(near.text) for near in head[max(at - 1, 0) : at + 2]):
                found.date(line)
        elif name := _agency(line.text):
            found.agency(name, line)
        else:
            found.other(line)
    return found


def _parted(lines: list[Line]) -> Iterator[Line]:
    """The lines, with what was scanned as one in lines of its own: a stamped date, the parts of a letterhead."""
    for line in lines:
        stamp = _STAMP.fullmatch(line.text)
        for text in stamp.group("day", "before", "after") if stamp else _RUN_TOGETHER.split(line.text):
            if text:
                yield Line(line.page, text)


def _agency(text: str) -> str:
    """The agency whose name a line is, even if a letter or two of it are misread; or nothing."""
    for pattern, name in _AGENCIES:
        if pattern.fullmatch(text):
            return name
    alike = difflib.get_close_matches(text.lower(), _NAMES, n=1, cutoff=_LIKENESS)
    return _NAMES[alike[0]] if alike else ""


def _is_letterhead(text: str) -> bool:
    """Whether a line below an agency's name is a part of it, or its address."""
    return any(kind.fullmatch(text) for kind in (_UNIT, _OWN_ADDRESS, _STREET))


def _signed_for(letter: Letter) -> dict[str, Line]:
    """The agencies that the signature names, for a letter whose letterhead is a picture."""
    found: dict[str, Line] = {}
    for line in _signature(letter):
        for part in line.text.split(", "):
            if name := _agency(part):
                found[name] = line
    return found


def _finest(agencies: dict[str, Line], own: list[Line]) -> str | None:
    """The agency that is part of all others that the letterhead names; None where there is none, or no such line."""
    if set(agencies) == {"Office of Community Oriented Policing Services"}:
        return None
    if agencies.keys() <= SHARED and not any(_CAPITAL.search(line.text) for line in own):
        return None
    names = {ALIASES.get(name, name) for name in agencies}
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
    lines = [line.text for line in _signature(letter)[:6]]
    titles = [line for line in lines if is_title(line) or ((who := person(line)) and who.title_after)]
    text = " | ".join(lines)
    return not _OTHER_SIGNER.search(text) and (not required or any(map(_FEDERAL_SIGNER.search, titles)))


def _signature(letter: Letter) -> list[Line]:
    """The lines of the signature, without those of whom copies go to and what is enclosed."""
    return list(itertools.takewhile(lambda line: not _COPIES.match(line.text), letter.signature))
