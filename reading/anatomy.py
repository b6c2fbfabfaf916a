"""The parts of a letter: what stands above its salutation, its body, and what stands below its closing."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reading.dates import DAY, day_alone
from reading.spelling import plain

MOST_PAGES = 40
MOST_LINE = 2_000
"""Nothing that a rule looks for stands on longer lines, or later in a letter; and no text may make reading slow."""

UNBROKEN = 400
"""A page of one line of so many characters has lost its line breaks."""

HEAD_LINES = 70
SIGNATURE_LINES = 12

_SALUTATION = re.compile(
    r"(?:Dear|DEAR) (?P<whom>[^:]{2,150}?)\s*[:,]|Dear (?P<whom_misread>(?:[A-Z][\w.'-]* ){0,3}[A-Z][\w'-]+)[.;]"
    r"|(?:Dear (?P<whom_first>[^:]{2,100}?)\s*[:,]|To (?:Whom It May Concern|All [A-Z].{3,100}):)(?P<rest> .*)?"
)
_CLOSING = re.compile(
    r"(?:Sincerely(?: yours)?|(?:Very )?(?:truly|respectfully) yours|Yours (?:very )?(?:truly|sincerely)"
    r"|Respectfully(?: submitted)?|(?:(?:With )?(?:best|kind|warm) )?regards|Cordially)\s*[,.]?",
    re.IGNORECASE,
)
_GREETED = re.compile(r"\bDear [A-Z][^:,]{1,60}[:,]")
_DAY = re.compile(DAY)
_BREAKS = re.compile(r"(?<=[a-z0-9)][.;]) (?=[A-Z])| (?=(?:Sincerely|Respectfully|Very truly yours),)|(?<=Sincerely,) ")
_PAGE_MARK = re.compile(r"(?:-? ?\d{1,3} ?-?|page \d+(?: of \d+)?|p\. ?\d+)", re.IGNORECASE)
_COVER = re.compile(r"\b(?:fax|facsimile)\b", re.IGNORECASE)
_MISREAD = (
    (re.compile(r"\bO(?:f\?|\?|ff\?|ffl|ff\s)(?:ice|ce)\b"), "Office"),
    (re.compile(r"\bUS\. "), "U.S. "),
    (re.compile(r"(?<=\d)[lI|](?=\d)"), "1"),
    (re.compile(r"(?<=\d)O(?=\d)"), "0"),
    (re.compile(r"(?<=[a-z]{2})1(?=[a-z]|\b)"), "l"),
)
_COURT_STAMP = re.compile(
    r"Case:? (?:\d|Document \d).*\b(?:Document|Doc|Filed)\b.*|exhibit [a-z\d.-]{1,6}", re.IGNORECASE
)
_NO_LETTER = re.compile(
    r"(?:for )?immediate release\b.*|(?:press|news) release\b.*|office of public affairs|memorandum(?: (?:for"
    r"|to)\b.*)?"
    r"|(?:from|to|sent): .*|draft.*|sample.*|by (?!electronic|e-?mail|certified|facsimile|fax|first|over"
    r"|regular|hand|u\.?s|fed)\w+ \w+(?: \w+)?|\|.*",
    re.IGNORECASE,
)

_ABBREVIATION = re.compile(
    r"(?:\b(?:U\.S|U\.S\.C|C\.F\.R|p\.m|a\.m|c\.o\.b|C\.O\.B|E\.S\.T|No|Nos|Mr|Ms|Mrs|Dr|Sec|St|D\.C|Jr|Sr|Hon"
    r"|v|[A-Z])\.)$"
)
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s+(?=[A-Z0-9\"'(\[\u2022])|\s+(?=\u2022)|;\s+(?=\(?\d\)? )")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or one column of it, with simple quotes and spaces; and its page, counted from 1."""

    page: int
    text: str


@dataclass(slots=True)
class Letter:
    """A letter taken apart. `whom` are the words of its salutation; `body` is one string of all its lines."""

    head: list[Line]
    salutation: Line
    whom: str
    body: str = ""
    signature: list[Line] = field(default_factory=list)
    page_heads: list[Line] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _pages: list[int] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Append a line to the body; a word that is parted at its end is put together again."""
        if self.body.endswith("-"):
            if line.text[:1].islower():
                self.body = self.body[:-1]
        elif self.body:
            self.body += " "
        self._starts.append(len(self.body))
        self._pages.append(line.page)
        self.body += line.text

    def page_at(self, position: int) -> int:
        """The page of a position in the body."""
        return self._pages[max(bisect.bisect_right(self._starts, position) - 1, 0)] if self._pages else 1

    def sentences(self) -> Iterator[tuple[int, str]]:
        """The sentences of the body, each with its position."""
        start = 0
        for end in _SENTENCE_END.finditer(self.body):
            if not _ABBREVIATION.search(self.body[max(start, end.start() - 10) : end.start() + 1]):
                yield start, self.body[start : end.end()].strip()
                start = end.end()
        yield start, self.body[start:].strip()


def lines_of(page: int, text: str) -> list[Line]:
    """The lines of a page, columns one after the other, without empty ones and what a court stamps on an exhibit."""
    found: list[Line] = []
    for raw in _with_breaks(text).splitlines():
        if _COURT_STAMP.fullmatch(plain(raw[:MOST_LINE])):
            continue
        for column in re.split(r"\t+| {3,}", raw[:MOST_LINE].replace("\u00a0", " ").strip()):
            line = plain(column)
            for misread, right in _MISREAD:
                line = misread.sub(right, line)
            if not line:
                continue
            if found and found[-1].text in {"U.S.", "United States"}:
                line = f"{found.pop().text} {line}"  # The name of an agency, which its paper parts.
            found.append(Line(page, line))
    return found


def _with_breaks(text: str) -> str:
    """The text of a page that came as one long line, with breaks where a letter surely has them; any other as it is."""
    if len(text) < UNBROKEN or "\n" in text.strip():
        return text
    greeted = _GREETED.search(text)
    if greeted is None:
        return _BREAKS.sub("\n", text)
    head, body = text[: greeted.start()], text[greeted.end() :]
    return "\n".join((_DAY.sub(r"\n\g<0>\n", head), greeted[0], _BREAKS.sub("\n", body)))


def take_apart(pages: Sequence[str]) -> Letter | None:
    """The first letter of a document; None where it does not begin with one, but with a release, an article, a memo."""
    sheets = [lines_of(number, text) for number, text in enumerate(pages[:MOST_PAGES], 1)]
    first = next((sheet for sheet in sheets if sheet and not _is_cover(sheet)), [])
    found = next(
        ((at, match) for at, line in enumerate(first[:HEAD_LINES]) if (match := _SALUTATION.fullmatch(line.text))), None
    )
    if found is None or any(_NO_LETTER.fullmatch(line.text) for line in first[: found[0]]):
        return None
    at, match = found
    letter = Letter(first[:at], first[at], match["whom"] or match["whom_misread"] or match["whom_first"] or "")
    if match["rest"]:
        letter.add(Line(first[at].page, match["rest"].strip()))
    _read_on(letter, [first[at + 1 :], *sheets[first[at].page :]])
    return letter


def _is_cover(sheet: list[Line]) -> bool:
    """Whether a page is the cover sheet of a fax."""
    return not any(_SALUTATION.fullmatch(line.text) for line in sheet) and any(
        _COVER.search(line.text) for line in sheet[:6]
    )


def _read_on(letter: Letter, sheets: list[list[Line]]) -> None:
    """Collect the body up to the closing, and the signature below it."""
    for number, sheet in enumerate(sheets):
        for at, line in enumerate(sheet):
            if number and at < 5 and (_PAGE_MARK.fullmatch(line.text) or day_alone(line.text)):
                letter.page_heads.append(line)
            elif _CLOSING.fullmatch(line.text):
                rest = [*sheet[at + 1 :], *(sheets[number + 1] if number + 1 < len(sheets) else [])]
                letter.signature = rest[:SIGNATURE_LINES]
                return
            elif _SALUTATION.fullmatch(line.text):
                return  # Another letter begins.
            elif not _PAGE_MARK.fullmatch(line.text):
                letter.add(line)
