"""The names and titles of those who write letters and of those who get them."""

from __future__ import annotations

import difflib
import itertools
import re
from dataclasses import dataclass

from reading.spelling import key

_FORMS = r"(?:The )?(?:Right )?(?:Honorable|Hon\.?)|Mr\.?|Ms\.?|Mrs\.?|Dr\.?|Rev\.?"
_BEFORE = (
    r"(?:Acting |Interim )?(?:Mayor|Governor|Sheriff|Superintendent|Commissioner|Chief|Director|Supervisor|President"
    r"|Chairman|Chairwoman|Chairperson|Chair|Attorney General|County Executive|Secretary|Colonel|Judge|Senator"
    r"|Representative|Lieutenant Governor|City Manager|County Manager|Executive Director|Warden)"
)
_OFFICE = (
    r"mayor|governor|sheriff|superintendent|commissioner|chief|manager|executive|administrator|president|chair"
    r"|chairman"
    r"|chairwoman|chairperson|director|solicitor|counsel|attorney|supervisor|secretary|judge|officer|general"
    r"|treasurer"
    r"|clerk|comptroller|controller|coordinator|deputy|speaker|warden|undersheriff|analyst|specialist|advisor"
    r"|inspector"
)
_TITLE = re.compile(
    rf"(?:[A-Z][\w.'/-]*[ ,]+|and |of |for |the |to |& ){{0,6}}?(?:{_OFFICE}|senior official)\b.{{0,100}}",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"'s? |^office|^department|^board(?! (?:president|chair|secretary))|^bureau|^division|\b(?:office|department)$",
    re.IGNORECASE,
)
_WORD = r"[A-Z\u00c0-\u00de][a-zA-Z\u00c0-\u00ff'-]*[a-zA-Z\u00c0-\u00ff]|[A-Z]\.?(?:[A-Z]\.)?"
_PARTICLE = r"de|la|del|della|der|den|di|da|dos|van|von|y|e|bin|al"
_SUFFIX = r",? (?:Jr\.?|Sr\.?|II|III|IV|Esq\.?|Ph\.?D\.?|M\.?D\.?|J\.?D\.?|CPA|MPA)"
_NAME = re.compile(
    rf"(?P<name>(?:{_WORD})(?: (?:\"\w+\"|\(\w+\)|{_PARTICLE}|{_WORD})){{1,5}})(?P<suffix>(?:{_SUFFIX}){{0,2}})"
)
_PERSON = re.compile(rf"(?P<form>(?:(?i:{_FORMS}) +)*)(?P<before>(?i:{_BEFORE}) +)?(?P<rest>.+)")
_TITLE_WORDS = frozenset((
    "acting", "administrator", "assistant", "associate", "attorney", "chairman", "chief", "city", "commissioner",
    "counsel", "county", "deputy", "director", "executive", "general", "governor", "manager", "officer", "police",
    "president", "principal", "secretary", "sheriff", "states", "superintendent", "supervisors", "united",
))  # fmt: skip
_LAST_WORDS = frozenset(
    {"commissioner", "director", "executive", "governor", "manager", "mayor", "president", "sheriff", "superintendent"}
)
_LIKENESS = 0.82
"""A word of a title so much like a usual one, and another, is one misread."""

_RUN_TOGETHER = re.compile(r"\b(?!Mac|Fitz)[A-Z]?[a-z]{3,}[A-Z]")
_LINES_RUN_TOGETHER = re.compile(
    r"[^,]* (?:City|County|State)(?: and County)?(?: of .*)?|.*\d.*|(?:via|by) .*|.*assistant attorney", re.IGNORECASE
)
_NO_NAMES = re.compile(
    rf"\b(?:{_OFFICE}|office|department|city|county|state|board|bureau|division|street|avenue|suite|room"
    rf"|building|floor"
    r"|plaza|road|drive|boulevard|hall|center|united|states|police|enclosures?|attachments?|section|program|programs"
    r"|justice|assistance|council|commission|services?|authority|agency|court|district|via|mail|north|south|east|west"
    r"|village|town|parish|borough|washington|america|house|capitol|university|college|school|foundation|association"
    r"|llp|llc|inc|page|the|and|dear|subject|grant|award|acting|federal|national|public|legal|re|cc)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named on a line: without form of address, with the title that stands before or after the name."""

    name: str
    title_before: str = ""
    title_after: str = ""
    addressed: bool = False


def is_title(text: str) -> bool:
    """Whether a line is the title of an officer: "Acting Assistant Attorney General", "Director of Public Safety"."""
    if len(text) > 120 or text.endswith((" and", " of", " the", ":", "&")) or _NO_TITLE.search(text):
        return False
    return bool(_TITLE.fullmatch(text))


def is_whole_title(title: str) -> bool:
    """Whether a title is one as it was written: no word of it misread, parted or run together with another line."""
    if _LINES_RUN_TOGETHER.fullmatch(title) or _RUN_TOGETHER.search(title):
        return False
    words = re.split(r",| of | for ", title.lower())[0].split()
    for word, following in itertools.zip_longest(words, words[1:], fillvalue=""):
        misread = word not in _TITLE_WORDS and difflib.get_close_matches(word, _TITLE_WORDS, n=1, cutoff=_LIKENESS)
        if misread or word + following in _TITLE_WORDS.difference({word}):
            return False
        if word in _LAST_WORDS and following and following not in _TITLE_WORDS:
            return False
    return True


def person(text: str) -> Person | None:
    """The person whom a line names, with forms and titles around the name; None for a line that names nobody surely."""
    match = _PERSON.fullmatch(text)
    if match is None or len(text) > 120:
        return None
    rest, after = match["rest"], ""
    if comma := re.search(rf",(?!{_SUFFIX[2:]})\s*(?=\S)", rest):
        candidate = rest[comma.end() :]
        if is_title(candidate):
            rest, after = rest[: comma.start()], candidate
    name = _NAME.fullmatch(rest.strip())
    if name is None or _NO_NAMES.search(name["name"]) or _RUN_TOGETHER.search(rest) or any(map(str.isdigit, rest)):
        return None
    before = (match["before"] or "").strip()
    words = name["name"].split()
    if len([word for word in words if len(word.strip(".")) > 1]) < 2:
        return None
    suffix = re.sub(r",? (?:Esq\.?|Ph\.?D\.?|M\.?D\.?|J\.?D\.?|CPA|MPA)", "", name["suffix"])
    return Person(_cased(name["name"]) + suffix, before, after, bool(match["form"] or before))


def _cased(name: str) -> str:
    """A name in capitals as it is written elsewhere; any other name as it is."""
    if not name.isupper():
        return name
    return " ".join(_capital(word) for word in name.split())


def title_cased(title: str) -> str:
    """A title in capitals as it is written elsewhere; any other title as it is."""
    if not title.isupper():
        return title
    return re.sub(r"\b(Of|The|And|For|To)\b", lambda found: found[0].lower(), title.title())


def _capital(word: str) -> str:
    if len(word.strip(".")) == 1 or "." in word[:-1]:
        return word
    parts = [part.capitalize() for part in re.split(r"([-'])", word)]
    joined = "".join(parts)
    return re.sub(r"^(Mc)([a-z])", lambda found: found[1] + found[2].upper(), joined)


def is_greeted(name: str, whom: str) -> bool:
    """Whether a salutation ("Mayor Kenney", "Jim", "Sir or Madam", or none) may be to the person of this name."""
    bare = re.sub(r",? (?:Jr|Sr|II|III|IV)\.?$", "", name)
    if not whom or _GENERIC.fullmatch(whom):
        return True
    last_word = re.sub(r",? (?:Jr|Sr|II|III|IV)\.?$", "", whom).split()[-1]
    return (key(bare).endswith(key(last_word)) and len(key(last_word)) > 1) or key(bare.split()[0]) == key(whom)


_GENERIC = re.compile(
    rf"Sir(?: or Madam)?|Madam(?: or Sir)?|(?:Mr\.?|Madam) (?:{_OFFICE})|(?:{_BEFORE})", re.IGNORECASE
)
