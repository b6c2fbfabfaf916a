"""Search on PostgreSQL: its full-text index and, where a word is misspelt, trigrams."""

from __future__ import annotations

from django.db import connections

from nouns.databases import PUBLISHED
from public.search.plan import CLOSE, OPEN, Plan
from public.search.query import Alternative, Query

SIMILAR = "0.45"
"""How much of two words' trigrams must be common. One wrong letter in a word of six leaves half of them."""

HEADLINE = f"StartSel={OPEN}, StopSel={CLOSE}, HighlightAll=true"


def exactly(query: Query) -> Plan:
    """Entries that hold the query's words, in any of their forms."""
    parts, params = [], []
    for alternative in query.alternatives:
        wanted = " && ".join("phraseto_tsquery('english', %s)" for _ in alternative.wanted)
        unwanted = "".join(" && !!phraseto_tsquery('english', %s)" for _ in alternative.unwanted)
        parts.append(f"({wanted}{unwanted})")
        params += [*alternative.wanted, *alternative.unwanted]
    asked = " || ".join(parts)
    return Plan(
        source=f"FROM tracker_searchentry entry CROSS JOIN (SELECT {asked} AS query) asked "
        "WHERE entry.document @@ asked.query",
        source_params=params,
        rank="-ts_rank_cd(entry.document, asked.query)",
        snippet="ts_headline('english', left(split_part(entry.body, chr(10), 1), 20000), asked.query, %s)",
        snippet_params=[HEADLINE],
    )


def loosely(query: Query) -> Plan:
    """Entries with words that are spelt much like the query's. The index heeds the session's own threshold."""
    with connections[PUBLISHED].cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [SIMILAR])
    parts, params = [], []
    for alternative in query.alternatives:
        words, unwanted = _words(alternative), alternative.unwanted
        conditions = [
            *("(%s <%% entry.title OR %s <%% entry.body)" for _ in words),
            *("NOT entry.document @@ phraseto_tsquery('english', %s)" for _ in unwanted),
        ]
        parts.append(" AND ".join(conditions))
        params += [word for word in words for _ in range(2)] + list(unwanted)
    words = [word for alternative in query.alternatives for word in _words(alternative)]
    return Plan(
        source="FROM tracker_searchentry entry WHERE (" + " OR ".join(f"({part})" for part in parts) + ")",
        source_params=params,
        rank="-(" + " + ".join("word_similarity(%s, entry.title)" for _ in words) + ")",
        rank_params=words,
        snippet="split_part(entry.body, chr(10), 1)",
    )


def _words(alternative: Alternative) -> list[str]:
    return [word for term in alternative.wanted for word in term.split()]
