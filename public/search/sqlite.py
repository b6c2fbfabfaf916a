"""Search on SQLite: FTS5 and, where a word is misspelt, the word of the index that is most like it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import OperationalError, connections

from nouns.databases import PUBLISHED
from public.search.plan import CLOSE, OPEN, Condition, Found, Plan, TooCommon, fetch
from public.search.query import Query, closest

MOST_CANDIDATES = 2000
"""Words of the index compared with a misspelt one."""
MOST_RANKED = 100
"""The best records, of which a passage is made."""
PATIENCE = 450
"""Milliseconds that a search may take."""
STEPS = 10_000
"""Steps of SQLite's between two looks at the clock."""


@contextmanager
def looking() -> Iterator[None]:
    """Let no search take long, whatever it asks. Raises TooCommon when one would."""
    until = time.monotonic() + PATIENCE / 1000
    connections[PUBLISHED].ensure_connection()
    session = connections[PUBLISHED].connection
    session.set_progress_handler(lambda: time.monotonic() > until, STEPS)
    try:
        yield
    except OperationalError as error:
        if str(error) != "interrupted":
            raise
        raise TooCommon from error
    finally:
        session.set_progress_handler(None, 0)


def exactly(query: Query) -> Plan:
    """Entries that hold the query's words, in any of their forms."""
    return _plan(query, lambda term: f'"{term}"')


def loosely(query: Query) -> Plan | None:
    """Entries with the words of the index that are spelt most like the query's; nothing when none is.

    The index holds stems. A stem may be stemmed once more when it is looked for, so that it counts as a beginning.
    """
    words = {word for alternative in query.alternatives for term in alternative.wanted for word in term.split()}
    mended = {word: found for word in words if (found := _mended(word))}
    if not mended:
        return None

    def wanted(term: str) -> str:
        return " AND ".join(f'"{mended[word]}" *' if word in mended else f'"{word}"' for word in term.split())

    return _plan(query, wanted)


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


def find(plan: Plan, nouns: Sequence[str], conditions: list[Condition]) -> Found:
    """How many entries of these nouns match, and the best of them: FTS5 ranks while it reads."""
    source, params = plan.narrowed([_among("entry.noun", nouns), *conditions])
    counts = dict(fetch(f"SELECT entry.noun, count(*) {source} GROUP BY entry.noun", params))
    best = fetch(f"SELECT entry.id {source} ORDER BY {plan.rank}, entry.id LIMIT {MOST_RANKED}", params)
    return Found(counts, [key for (key,) in best])


def of_keys(keys: Sequence[int]) -> Condition:
    """The entries of these keys."""
    return _among("tracker_searchentry_fts.rowid", keys)


def _among(column: str, values: Sequence[object]) -> Condition:
    return f"{column} IN ({', '.join(['%s'] * len(values))})", list(values)


def _mended(word: str) -> str:
    """The word of the index most like this one, by its first letter; nothing when the index knows it, or none alike."""
    if fetch("SELECT 1 FROM tracker_searchentry_fts WHERE tracker_searchentry_fts MATCH %s LIMIT 1", [f'"{word}"']):
        return ""
    lowered = word.lower()
    terms = fetch(
        "SELECT term FROM tracker_searchentry_words WHERE term >= %s AND term < %s "
        "AND length(term) BETWEEN %s AND %s LIMIT %s",
        [lowered[0], chr(ord(lowered[0]) + 1), len(word) - 4, len(word) + 2, MOST_CANDIDATES],
    )
    return closest(lowered, [term for (term,) in terms])
