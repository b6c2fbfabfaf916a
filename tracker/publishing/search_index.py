"""Writes the edition's search entries. What a query means to them is said in `public.search.searching`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nouns.databases import PUBLISHED
from nouns.noun import PublicNoun
from nouns.rows import write_rows
from tracker.models.search_entry import SearchEntry
from tracker.publishing.documents import Document

_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_CODE = re.compile(r"[a-z0-9]\S*|\S*\d\S*|[A-Z]{2}")
"""What is one word and begins small, holds a digit or is a state: a slug, a code, a date, an address."""


def searchable(text: str) -> str:
    """Text as the index and a query both spell it: `8 U.S.C. § 1373` as `8 USC 1373`, apostrophes made straight."""
    joined = _INITIALS.sub(lambda match: match[0].replace(".", ""), text)
    return joined.replace("§", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def write_entries(pairs: Sequence[tuple[PublicNoun, Document]]) -> None:
    """Add the entries of nouns that were just written to the edition; they have none there now."""
    write_rows(
        SearchEntry,
        [
            {
                "noun": noun.NOUN,
                "record_id": noun.pk,
                "slug": noun.slug,
                "state": getattr(noun, "state", ""),
                "title": str(noun),
                "body": searchable(_body(str(noun), [content["fields"], content["children"]])),
            }
            for noun, content in pairs
        ],
        using=PUBLISHED,
    )


def clear_entries(noun: str | None = None, keys: Sequence[int] = ()) -> None:
    """Remove the entries of these records, or all of them."""
    entries = SearchEntry.edition.all()
    if noun is not None:
        entries = entries.filter(noun=noun, record_id__in=keys)
    entries._raw_delete(PUBLISHED)  # noqa: SLF001  # Its public twin sends signals.


def _body(title: str, content: object) -> str:
    """Every text of a document: on the first line what people read, then codes, dates, addresses, and slugs' words too.

    Search shows a passage of the first line, which is never a code or a bare date. Slugs of other nouns never change,
    so neither do the words that they count as. A title has a column of its own, and is on the second line only where
    the index spells it in another way.
    """
    texts = dict.fromkeys(text for text in _texts(content) if text != title)
    codes = [text for text in texts if _CODE.fullmatch(text)]
    spelt = [code.replace("-", " ") for code in codes if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", code)]
    read = " · ".join(" ".join(text.split()) for text in texts if not _CODE.fullmatch(text))
    return f"{read}\n{' '.join([*codes, *spelt, *([title] if searchable(title) != title else [])])}"


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
    elif isinstance(content, str) and content:
        yield content
