"""The law that a letter relies on, and the grant awards that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reading.proposals import Proposal, quoted

STATUTES = {
    # Powers, inspection, detention, removal, harbouring, detainers and agreements with states, records, the exchange of
    # information with immigration authorities, and benefits.
    "8": frozenset("1103 1225 1226 1231 1324 1357 1360 1373 1611 1621 1622 1644".split()),
    # Justice Assistance Grants, and the audits and subpoenas of their records.
    "34": frozenset("10152 10153 10225 10230 10231".split()),
}
"""By title of the United States Code, the sections that such letters rely on. Any other number is likelier misread."""

RULES = frozenset({"2 CFR 200.336", "2 CFR 200.337", "2 CFR 200.338", "2 CFR 200.339", "2 CFR 2800.101", "8 CFR 287.7"})
"""The rules that they rely on: access to the records of awards, remedies, and detainers."""

_SIGN = r"(?:§{1,2}|[Ss]ections?|[Ss]ec\.)"
_SECTION = r"\d{4,5}(?![\d-])(?:\([A-Za-z0-9]{1,3}\))*"
_USC = re.compile(
    rf"(?<!\d )\b(?P<title>8|34),? U\.? ?S\.? ?C\.?,? *{_SIGN}? ?{_SECTION}"
    rf"(?:(?:, and|,| and| &| or) ?§? ?{_SECTION}){{0,4}}"
)
_OF_TITLE_8 = re.compile(
    rf"[Ss]ections? {_SECTION}(?: and {_SECTION}){{0,2}} of [Tt]itle 8\b"
    rf"|[Tt]itle 8,? (?:of the )?(?:U\. ?S\. Code|United States Code)?,? ?{_SIGN} ?{_SECTION}"
)
_CFR = re.compile(
    r"\b(?P<title>2|8) C\.? ?F\.? ?R\.? *(?:§{1,2}|[Ss]ections?|[Pp]art)? ?(?P<section>\d{3,4}\.\d{1,3})(?!\d)"
)
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
    for pattern in (_USC, _OF_TITLE_8):
        for match in pattern.finditer(text):
            title = match["title"] if pattern is _USC else "8"
            for section in re.findall(r"\d{4,5}", match[0]):
                if section in STATUTES[title]:
                    yield f"{title} U.S.C. {section}", match.start(), match.end()
    for match in _CFR.finditer(text):
        if (rule := f"{match['title']} CFR {match['section']}") in RULES:
            yield rule, match.start(), match.end()
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
