"""Who signed a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reading.anatomy import Letter
from reading.people import is_title, is_whole_title, person, title_cased
from reading.proposals import Proposal

_STROKES = re.compile(
    r"/s/.*|s/.*|\[?(?:signed|signature|electronically signed).*|[^A-Za-z]*|.{1,3}|digitally signed.*", re.IGNORECASE
)
_FOR = re.compile(r"(?:for|by|p\.p\.)\b:? ", re.IGNORECASE)


def signature(letter: Letter) -> Iterator[Proposal]:
    """The signatory and their title, where one name with its title stands below the closing."""
    lines = [line for line in letter.signature if not _STROKES.fullmatch(line.text)][:4]
    if not lines or _FOR.match(lines[0].text):
        return
    first = lines[0]
    if first.text.isupper() and "," in first.text:
        return  # Often several names in one line.
    who = person(first.text)
    if who is None or who.title_before:
        return
    rest = lines[1:]
    if any(person(line.text) and not is_title(line.text) for line in rest[:2]):
        return  # Two signed it.
    if who.title_after:
        title, source = who.title_after, first
    elif rest and is_title(rest[0].text):
        title, source = rest[0].text, rest[0]
    else:
        return
    yield Proposal("signatory", who.name, first.page, first.text)
    if is_whole_title(title):
        yield Proposal("signatory_title", title_cased(title.rstrip(" ,.")), source.page, source.text)
