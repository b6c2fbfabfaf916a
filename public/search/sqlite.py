"""Search on SQLite: FTS5 and, where a word is misspelt, the word of the index that is most like it."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

from django.db import connections

from nouns.databases import PUBLISHED
from public.search.plan import CLOSE, OPEN, Plan
from public.search.query import Query

MOST_CANDIDATES = 20000
"""Words of the index compared with a misspelt one."""


def exactly(query: Query) -> Plan:
    """Entries that hold the query's words, in any of their forms."""
    return _plan(query, lambda term: f'"{term}"')


def loosely(query: Query) -> Plan:
    """Entries with the words of the index that are spelt most like the query's.

    The index holds stems. A stem may be stemmed once more when it is looked for, so that it counts as a beginning.
    """

    def mended(term: str) -> str:
        return " AND ".join(f'"{_mended(word)}" *' for word in term.split())

    return _plan(query, mended)


def _plan(query: Query, wanted: Callable[[str], str]) -> Plan:
    """The search in FTS5's language. Every term is quoted, so that nothing in it can be an operator."""
    alternatives = []
    for alternative in query.alternatives:
        expression = " AND ".join(wanted(term) for term in alternative.wanted)
        unwanted = " OR ".join(f'"{term}"' for term in alternative.unwanted)
        alternatives.append(f"(({expression}) NOT ({unwanted}))" if unwanted else f"({expression})")
    return Plan(
        source="FROM tracker_searchentry_fts JOIN tracker_searchentry entry "
        "ON entry.id = tracker_searchentry_fts.rowid WHERE tracker_searchentry_fts MATCH %s",
        source_params=[" OR ".join(alternatives)],
        rank="bm25(tracker_searchentry_fts, 10.0, 1.0)",
        snippet="highlight(tracker_searchentry_fts, 1, %s, %s)",
        snippet_params=[OPEN, CLOSE],
    )


def _mended(word: str) -> str:
    """The word of the index most like this one, by its first letter; the word itself when none is."""
    lowered = word.lower()
    with connections[PUBLISHED].cursor() as cursor:
        cursor.execute(
            "SELECT term FROM tracker_searchentry_words WHERE term >= %s AND term < %s "
            "AND length(term) BETWEEN %s AND %s LIMIT %s",
            [lowered[0], chr(ord(lowered[0]) + 1), len(word) - 4, len(word) + 2, MOST_CANDIDATES],
        )
        terms = [term for (term,) in cursor]
    found = get_close_matches(lowered, terms, n=1, cutoff=0.7)
    return found[0] if found else word
