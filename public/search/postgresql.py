"""Search on PostgreSQL: its full-text index, and a list of the index's words for those that are misspelt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import OperationalError, transaction

from nouns.databases import PUBLISHED
from public.search.plan import CLOSE, MOST_COUNTED, OPEN, Condition, Found, Plan, TooCommon, fetch
from public.search.query import Query, closest
from tracker.publishing.search_tables import COUNTED, own_word

HEADLINE = f"StartSel={OPEN}, StopSel={CLOSE}, HighlightAll=true"
MOST_RANKED = 500
"""Records of a noun that are ranked where more match than are counted: the newest."""
MOST_ALIKE = 50
"""Words of the index compared with a misspelt one."""
PATIENCE = 450
"""Milliseconds that the statements of a search which read entries may take."""
QUERY_CANCELED = "57014"

AS_ASKED = "phraseto_tsquery('english', %s)"
AS_INDEXED = "quote_literal(%s)::tsquery"
"""A query for one word just as the index spells it, which would be another word once it was stemmed again."""
SPELT = {AS_ASKED: "tsvector_to_array(to_tsvector('english', %s))", AS_INDEXED: "ARRAY[%s]"}
"""The words of a query, as the index spells them."""


@contextmanager
def looking() -> Iterator[None]:
    """Let no search take long, whatever it asks. Raises TooCommon when one would."""
    try:
        with transaction.atomic(using=PUBLISHED):
            fetch("SELECT set_config('search.began', clock_timestamp()::text, true)", [])
            _take_what_is_left()
            yield
            transaction.set_rollback(True, using=PUBLISHED)  # Nothing was written; the settings end with the search.
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != QUERY_CANCELED:
            raise
        raise TooCommon from error


def _take_what_is_left() -> None:
    """Let the next statement take what the search has not taken yet. Compiling it would take longer than any search."""
    fetch(
        "SELECT set_config('jit', 'off', true), set_config('statement_timeout', greatest(1, %s - 1000 * "
        "extract(epoch FROM clock_timestamp() - current_setting('search.began')::timestamptz))::int::text, true)",
        [PATIENCE],
    )


def exactly(query: Query) -> Plan:
    """Entries that hold the query's words, in any of their forms."""
    return _plan(query, lambda term: [(AS_ASKED, term)])


def loosely(query: Query) -> Plan | None:
    """Entries with the words of the index that are spelt most like the query's; nothing when none is."""
    words = {word for alternative in query.alternatives for term in alternative.wanted for word in term.split()}
    mended = {word: found for word in words if (found := _mended(word))}
    if not mended:
        return None

    def wanted(term: str) -> list[tuple[str, str]]:
        return [(AS_INDEXED, mended[word]) if word in mended else (AS_ASKED, word) for word in term.split()]

    return _plan(query, wanted)


def _plan(query: Query, wanted: Callable[[str], list[tuple[str, str]]]) -> Plan:
    parts: list[str] = []
    params: list[object] = []
    demands: list[Condition] = []
    for alternative in query.alternatives:
        pairs = [pair for term in alternative.wanted for pair in wanted(term)]
        words: list[object] = [term for _, term in pairs]
        unwanted = "".join(f" && !!{AS_ASKED}" for _ in alternative.unwanted)
        parts.append(f"({' && '.join(sql for sql, _ in pairs)}{unwanted})")
        params += [*words, *alternative.unwanted]
        demands.append((" || ".join(SPELT[sql] for sql, _ in pairs), words))
    asked = f"({' || '.join(parts)})"
    return Plan(
        source=f"FROM tracker_searchentry entry WHERE entry.document @@ {asked}",
        source_params=params,
        rank=f"-ts_rank_cd(entry.document, {asked})",
        rank_params=params,
        snippet=f"ts_headline('english', left(split_part(entry.body, chr(10), 1), 20000), {asked}, %s)",
        snippet_params=[*params, HEADLINE],
        demands=demands,
    )


def find(plan: Plan, nouns: Sequence[str], conditions: list[Condition]) -> Found:
    """All entries that match where few do. Where many do, each noun is asked for by itself, its newest first."""
    possible = _possible(plan, nouns)
    if not possible:
        return Found({}, [])
    source, params = plan.narrowed([("entry.noun = ANY(%s)", [list(possible)]), *conditions])
    rows = fetch(f"SELECT entry.id, entry.noun {source} LIMIT {MOST_COUNTED + 1}", params)
    if len(rows) <= MOST_COUNTED:
        return Found(dict(Counter(noun for _, noun in rows)), [key for key, _ in rows])
    _take_what_is_left()
    fetch("SELECT set_config('enable_seqscan', 'off', true)", [])  # It would lead through other nouns.
    each = [_of_noun(plan, noun, conditions, most) for noun, most in possible.items()]
    rows = fetch(" UNION ALL ".join(sql for sql, _ in each), [value for _, values in each for value in values])
    counts = {noun: number for noun, number, _ in rows if number}
    return Found(counts, [key for _, _, keys in rows for key in keys])


def _of_noun(plan: Plan, noun: str, conditions: list[Condition], bounds: tuple[int, int]) -> Condition:
    """The noun, how many of its entries match, counted as far as MOST_COUNTED, and the newest of them, as one row."""
    most, size = bounds
    newest = f"ORDER BY record_id DESC LIMIT {MOST_RANKED}"
    if size <= MOST_COUNTED or most * most > MOST_COUNTED * size:
        # Reading the newest until enough match is less than reading all that match.
        source, params = plan.narrowed([("entry.noun = %s", [noun]), *conditions])
        number = f"(SELECT count(*) FROM (SELECT 1 {source} LIMIT {MOST_COUNTED + 1}) counted)"
        return f"SELECT %s, {number}, ARRAY(SELECT entry.id {source} {newest})", [noun, *params, *params]
    # PostgreSQL takes words and nouns for independent and would look for the newest among entries that have none.
    source, params = plan.narrowed([(f"entry.document @@ {AS_INDEXED}", [own_word(noun)]), *conditions])
    gathered = f"WITH gathered AS MATERIALIZED (SELECT entry.id, entry.record_id {source})"
    number = f"(SELECT least(count(*), {MOST_COUNTED + 1}) FROM gathered)"
    return f"({gathered} SELECT %s, {number}, ARRAY(SELECT id FROM gathered {newest}))", [*params, noun]


def _possible(plan: Plan, nouns: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Those of the nouns of which any entry can match: how many can, by the words demanded, and how many there are."""
    held_by = (
        "SELECT noun, min(doc) FROM tracker_searchentry_words WHERE term = ANY(%s) AND noun = ANY(%s) GROUP BY noun"
    )
    possible: Counter[str] = Counter()
    for words, params in plan.demands:
        counted_words = f"SELECT ARRAY(SELECT DISTINCT word FROM unnest({words}) word WHERE word ~ %s)"
        [(counted,)] = fetch(counted_words, [*params, COUNTED])
        if counted:
            possible.update(dict(fetch(f"{held_by} HAVING count(*) = %s", [counted, list(nouns), len(counted)])))
        else:
            possible.update(dict.fromkeys(nouns, 0))  # Codes, which few entries hold.
    sizes = dict(fetch(held_by, [[own_word(noun) for noun in possible], list(possible)]))
    return {noun: (possible[noun], size) for noun, size in sizes.items()}


def of_keys(keys: Sequence[int]) -> Condition:
    """The entries of these keys."""
    return "entry.id = ANY(%s)", [list(keys)]


def _mended(word: str) -> str:
    """The word of the index most like this one; nothing when the index knows the word itself, or none like it."""
    known = "SELECT 1 FROM tracker_searchentry_words WHERE term = ANY(tsvector_to_array(to_tsvector('english', %s)))"
    if fetch(f"{known} LIMIT 1", [word]):
        return ""
    alike = (
        "SELECT term FROM tracker_searchentry_words WHERE term %% %s AND position('=' IN term) = 0 "
        "GROUP BY term ORDER BY similarity(term, %s) DESC"
    )
    lowered = word.lower()
    return closest(lowered, [term for (term,) in fetch(f"{alike}, term LIMIT {MOST_ALIKE}", [lowered, lowered])])
