"""The ledger in words: what a record of it is called, and what a correction changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from public.corrections import Difference, Term
from public.nouns import NOUNS


def title_of(publication: Any, titles: Mapping[tuple[str, int], str]) -> str:
    """What the record is called now; its address where it is no longer published."""
    known = titles.get((publication.noun, publication.record_id))
    return known or f"{NOUNS[publication.noun].label} {publication.slug}"


def named(difference: Difference) -> str:
    """A difference as a sentence."""
    return f"{difference.label}: was {_words(difference.before)}, is {_words(difference.after)}."


def _words(terms: Iterable[Term]) -> str:
    return "; ".join(term.words for term in terms) or "not on record"
