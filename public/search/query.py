"""What a search means, the same on every database: words, "phrases", OR, and -words to leave out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from tracker.publishing.search_index import searchable

MOST_TERMS = 32
"""Terms of one query. More are refused, so that no query is slow."""

STOP_WORDS = frozenset(
    "a about above after again all am an and any are as at be because been before being below between both but by can "
    "did do does doing down during each few for from further had has have having he her here hers him his how i if in "
    "into is it its just me more most my no nor not now of off on once only other our out over own same she should so "
    "some such than that the their them then there these they this those through to too under until up very was we "
    "were what when where which while who whom why will with you your".split()
)
"""Words too common to look for, which PostgreSQL leaves out and SQLite would demand."""

_TERM = re.compile(r'(?P<minus>-*)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


class UnusableQuery(ValueError):
    """A search that names nothing to look for, or too much."""


@dataclass(frozen=True)
class Alternative:
    """Terms that must all be there and terms that must not; a term of several words is a phrase."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """A search understood: a record is found when it satisfies any of the alternatives."""

    alternatives: tuple[Alternative, ...]


def folded(text: str) -> str:
    """Letters and digits alone, without accents, words apart by one space. The index folds its words alike."""
    plain = "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    )
    return " ".join("".join(character if character.isalnum() else " " for character in plain).split())


def closest(word: str, known: Iterable[str]) -> str:
    """The known word spelt most like this one; nothing when none is, or when it is a code or a number."""
    if any(character.isdigit() for character in word):
        return ""
    found = get_close_matches(word.lower(), known, n=1, cutoff=0.7)
    return found[0] if found else ""


def parse(text: str) -> Query:
    """Understand a search. Raises UnusableQuery, with the reason, when nothing is to be looked for."""
    alternatives: list[tuple[list[str], list[str]]] = [([], [])]
    for match in _TERM.finditer(searchable(text)):
        word = match["word"]
        if word is not None and word.upper() == "OR" and not match["minus"]:
            alternatives.append(([], []))
            continue
        term = folded(match["phrase"] if word is None else word)
        if term and not (word is not None and term.lower() in STOP_WORDS):
            alternatives[-1][bool(match["minus"])].append(term)
    return Query(tuple(_alternative(wanted, unwanted) for wanted, unwanted in _usable(alternatives)))


def _alternative(wanted: list[str], unwanted: list[str]) -> Alternative:
    return Alternative(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def _usable(alternatives: list[tuple[list[str], list[str]]]) -> list[tuple[list[str], list[str]]]:
    named = [(wanted, unwanted) for wanted, unwanted in alternatives if wanted or unwanted]
    if not named:
        raise UnusableQuery("There is no word to look for.")
    if not all(wanted for wanted, _ in named):
        raise UnusableQuery("There are only words to leave out; name at least one to look for.")
    if sum(len(wanted) + len(unwanted) for wanted, unwanted in named) > MOST_TERMS:
        raise UnusableQuery(f"There are too many words; name at most {MOST_TERMS}.")
    return named
