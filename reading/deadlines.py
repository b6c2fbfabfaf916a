"""The day by which a letter wants an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from reading.anatomy import Letter
from reading.dates import DAY, DAY_WITHOUT_YEAR, day_of
from reading.proposals import Proposal, quoted

MOST_DAYS = 400
"""A deadline is never later than so many days after the letter; a day beyond is of something else."""

_TIME = (
    r"(?:(?:the )?(?:close|end) of (?:the )?(?:business|business day|day)|c\.?o\.?b\.?|noon|midnight"
    r"|\d{1,2}(?::\d\d)? ?(?:a\.?m\.?|p\.?m\.?)(?:,? \(?(?:eastern|central|mountain|pacific|e[sd]?t|c[sd]?t"
    r"|p[sd]?t)\)?(?: (?:standard |daylight )?time)?)?)"
)
_LEAD = (
    rf"(?:(?:no|not) later than|on or before|by|due(?: on)?|deadline (?:is|of)|have until|(?:extended"
    rf"|extension) (?:to|until)),?"
    rf" (?:{_TIME},? )?(?:on )?(?:{_TIME},? )?(?:the )?(?:on )?"
)
_ABSOLUTE = re.compile(_LEAD + DAY, re.IGNORECASE)
_YEARLESS = re.compile(_LEAD + DAY_WITHOUT_YEAR, re.IGNORECASE)
_NUMBERS = {
    "two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10, "fourteen": 14, "fifteen": 15, "twenty": 20,
    "twenty-one": 21, "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip
_WORDS = "|".join(_NUMBERS)
_RELATIVE = re.compile(
    rf"(?:within|(?:no|not) later than) (?:(?P<word>{_WORDS}) )?"
    rf"\(?(?P<digits>\d{{1,2}})?\)? ?(?:calendar )?days"
    r" (?:of|from|after) (?:the )?(?:date of this letter|date on this letter|date of this (?:notice"
    r"|correspondence)|this letter)(?!\w)",
    re.IGNORECASE,
)

_ASKS = re.compile(
    r"\b(?:please|must|shall|(?:is|are) (?:hereby |now |therefore )?(?:required|requested|directed|asked"
    r"|expected|instructed|ordered)"
    r"|(?:I|we|\w+) (?:hereby |therefore |also |further |now )?(?:requests?|requires?|directs?|asks?|demands?"
    r"|expects?)"
    r" (?:that|you|the|each|your|its|all|a|an)"
    r"|(?:response|reply|answer|certification|submission|documentation|documents|materials?"
    r"|information)s? (?:is|are) due|due"
    r"|you have until|deadline|do not (?:hear|receive a (?:response|reply)) from you)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:hear from you|submit|provide|respon[ds]|reply|confirm|furnish|produc|return|send|certif|documentation"
    r"|documents|information|answer|identif|notif|advise|inform|transmit|deliver|complet|execut|sign|report)\w*",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:attend|rsvp|regist(?:er|ration)|conference|webinar|workshop|comments? period|previous(?:ly)?|amended"
    r"|was (?:due|required|asked|to)|were (?:due|required|asked|to)|had (?:been|to|until)|original(?:ly)?"
    r"|prior deadline|earlier deadline"
    r"|expir\w+|obligat(?:ed?|ion|e)|takes? effect|effective|project period|budget period|period of performance"
    r"|unobligated"
    r"|hearing|trial|election|enacted|applicants?|applications? (?:is|are|must)|solicitation (?:closes|opens)"
    r"|plaintiffs?|court"
    r"|quarterly|annual(?:ly)?|progress reports?|financial reports?|closeout|for example|would have|should have"
    r"|if you (?:do not )?(?:wish|would like|want|intend|prefer)"
    r"|may (?:wish|choose|request|contact)|you (?:certified|submitted|provided|responded|agreed|failed|promised"
    r"|told|informed|stated)"
    r"|(?:city|county|state|jurisdiction|recipient|commonwealth|district|department|office) (?:certified"
    r"|submitted|provided|responded|agreed|failed|promised|stated|announced))\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:we|I|the department|OJP|BJA|ICE|this office|the bureau|the office|the division) (?:will|must|has to"
    r"|is to|is required to|intends? to|plans? to|expects? to|shall|may|anticipates?)\b[^,;]*$",
    re.IGNORECASE,
)
_RECEIPT = re.compile(r"\b(?:receipt|receiving|received)\b", re.IGNORECASE)


def due_on(letter: Letter, sent_on: date | None) -> Proposal | None:
    """The one day by which the letter asks for an answer; None where it names none, or several."""
    found: dict[date, Proposal] = {}
    for start, sentence in letter.sentences():
        if not (_ASKS.search(sentence) and _ANSWER.search(sentence)) or _OTHER.search(sentence):
            continue
        for day, at, end in _days(sentence, sent_on):
            if _OURS.search(sentence[:at]):
                continue
            page = letter.page_at(start + at)
            found.setdefault(day, Proposal("due_on", day.isoformat(), page, quoted(sentence, at, end)))
    return next(iter(found.values())) if len(found) == 1 else None


def _days(sentence: str, sent_on: date | None) -> Iterator[tuple[date, int, int]]:
    """The days that a sentence sets as ends, each with its place."""
    for match in _ABSOLUTE.finditer(sentence):
        day = day_of(match)
        if day and (sent_on is None or sent_on < day <= sent_on + timedelta(MOST_DAYS)):
            yield day, match.start(), match.end()
    if sent_on is None:
        return
    for match in _YEARLESS.finditer(sentence):
        for year in (sent_on.year, sent_on.year + 1):
            day = day_of(match, year)
            if day and sent_on < day <= sent_on + timedelta(MOST_DAYS // 2):
                yield day, match.start(), match.end()
    for match in _RELATIVE.finditer(sentence):
        counts = {int(match["digits"] or 0), _NUMBERS.get((match["word"] or "").lower(), 0)} - {0}
        if len(counts) == 1 and not _RECEIPT.search(sentence):
            yield sent_on + timedelta(counts.pop()), match.start(), match.end()
