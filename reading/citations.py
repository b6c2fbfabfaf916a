"""The law that a letter relies on, and the grant awards that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reading.proposals import Proposal, quoted

_USC = re.compile(
    r"\b8,? U\. ?S\. ?C\.?,? *(?:§{1,2}|[Ss]ections?|[Ss]ec\.)? ?(?P<first>1\d{3})(?![\d-])(?:\([a-z0-9]\))*"
    r"(?P<more>(?:(?:, and|,| and| &| or) ?§? ?1\d{3}(?![\d-])(?:\([a-z0-9]\))*){0,4})"
    r"|\b8 USC *(?:§{1,2}|[Ss]ections?|[Ss]ec\.)? ?(?P<first3>1\d{3})(?![\d-])"
    r"|[Ss]ections? (?P<first2>1\d{3})(?P<more2>(?: and 1\d{3}){0,2}) of [Tt]itle 8\b"
)
_SECTIONS = frozenset({"1324", "1373", "1644"})
_CFR = re.compile(r"\b2 C\.? ?F\.? ?R\.? *(?:§{1,2}|[Ss]ections?|[Pp]art)? ?(?P<section>200\.336|2800\.101)\b")
_ORDER = re.compile(
    r"\b(?:Executive Order|E\. ?O\.)(?: No\.?| Number)? ?(?P<number>13768|13,768|14159|14,159|14218|14,218"
    r"|14287|14,287)\b"
)
_DENIED = re.compile(
    r"\b(?:do(?:es)? not|is not|are not|no longer|not) (?:concern|address|rel(?:y|ies)|involve|rest|base"
    r"|in effect|in force|apply)"
    r"|\bnothing in this letter\b|\bunlike\b|\b(?:revoked|rescinded|repealed|superseded)\b",
    re.IGNORECASE,
)

_AWARD = re.compile(
    r"\b(?P<old>(?:199|200|201|202)\d[- ]?[A-Z]{2}[- ]?[A-Z][A-Z0-9][- ]?\d{4})(?![\w-])"
    r"|\b(?P<new>15[A-Z]{4,5}[- ]\d{2}[- ]GG[- ]\d{5}[- ][A-Z]{4})(?![\w-])"
)


def authorities(text: str) -> Iterator[tuple[str, int, int]]:
    """The provisions that a sentence cites as in force, with the place of each: "8 U.S.C. 1373"."""
    if _DENIED.search(text):
        return
    for match in _USC.finditer(text):
        words = match.groupdict()
        first = words["first"] or words["first2"] or words["first3"]
        for section in [first, *re.findall(r"1\d{3}", words["more"] or words["more2"] or "")]:
            if section in _SECTIONS:
                yield f"8 U.S.C. {section}", match.start(), match.end()
    for match in _CFR.finditer(text):
        yield f"2 CFR {match['section']}", match.start(), match.end()
    for match in _ORDER.finditer(text):
        yield f"Executive Order {match['number'].replace(',', '')}", match.start(), match.end()


def awards(text: str) -> Iterator[tuple[str, int, int]]:
    """The award numbers (FAIN) in a text, with their hyphens, and the place of each."""
    text = re.sub(r"[\u2012\u2013\u2212]", "-", text)
    for match in _AWARD.finditer(text):
        bare = re.sub(r"[- ]", "", match[0])
        if match["old"]:
            yield f"{bare[:4]}-{bare[4:6]}-{bare[6:8]}-{bare[8:]}", match.start(), match.end()
        else:
            head = len(bare) - 13
            yield (
                f"{bare[:head]}-{bare[head : head + 2]}-GG-{bare[head + 4 : head + 9]}-{bare[head + 9 :]}",
                match.start(),
                match.end(),
            )


def cited(passages: list[tuple[int, str]]) -> Iterator[Proposal]:
    """Each authority and each award once, where it is first cited. `passages` are sentences and lines by page."""
    seen: set[str] = set()
    for field, find in (("authority", authorities), ("award_id", awards)):
        for page, text in passages:
            for value, start, end in find(text):
                if value not in seen:
                    seen.add(value)
                    yield Proposal(field, value, page, quoted(text, start, end))
