"""Search over everything published: one function, whatever the database.

A record is found by the words of its title and of all its public text, in any of their forms ("detainers" finds
"detainer"), however initials and accents are written. When no record holds the words, those with words spelt much like
them are found instead, and the result says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from nouns.databases import PUBLISHED
from nouns.dated import DatedQuerySet
from nouns.declarations import noun_models
from nouns.noun import PublicNoun
from public.search import postgresql, sqlite
from public.search.plan import CLOSE, OPEN, Plan
from public.search.query import Query, parse

Condition = tuple[str, list[object]]
"""A condition on an entry in SQL, with its parameters."""

LONGEST_PASSAGE, BEFORE_FOUND = 180, 60
"""Characters of a passage, and how many of them lead to the first word found."""

BACKENDS: dict[str, ModuleType] = {"postgresql": postgresql, "sqlite": sqlite}


@dataclass(frozen=True)
class Snippet:
    """A passage of the record's text, and where in it the words were found: (start, end) pairs of positions."""

    text: str
    marks: tuple[tuple[int, int], ...]

    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it was found. Nothing in them is markup."""
        pieces, place = [], 0
        for start, end in self.marks:
            pieces += [(self.text[place:start], False), (self.text[start:end], True)]
            place = end
        return [piece for piece in [*pieces, (self.text[place:], False)] if piece[0]]


@dataclass(frozen=True)
class Hit:
    """One record found."""

    noun: str
    slug: str
    title: str
    state: str
    snippet: Snippet


@dataclass(frozen=True)
class SearchResult:
    """The best hits, best first; how many records of each noun match; whether only similar spellings were found."""

    hits: tuple[Hit, ...]
    counts: dict[str, int]
    misspelt: bool

    @property
    def count(self) -> int:
        """How many records match."""
        return sum(self.counts.values())


def search(
    query: str, *, noun: Sequence[str] = (), state: Sequence[str] = (), on: date | None = None, limit: int = 50
) -> SearchResult:
    """The records that match, of these nouns and states (all when empty), that had begun by the day `on` (if any).

    Raises `search_query.UnusableQuery` for a query that names nothing to look for, and for no other.
    """
    asked = parse(query)
    narrowing = [*_among("noun", noun), *_among("state", state), *(_begun_by(on) if on else ())]
    for plan, misspelt in _plans(asked):
        if counts := _counts(plan, narrowing):
            return SearchResult(_hits(plan, narrowing, limit), counts, misspelt)
    return SearchResult((), {}, misspelt=False)


def searched(queryset: QuerySet[PublicNoun], query: str) -> QuerySet[PublicNoun]:
    """The rows of one noun's queryset that match the query."""
    narrowing = _among("noun", [queryset.model.NOUN])
    for plan, _ in _plans(parse(query)):
        if _rows("entry.id", plan, narrowing, tail="LIMIT 1"):
            sql, params = _statement("entry.record_id", [], plan, narrowing)
            return queryset.filter(pk__in=RawSQL(sql, params))  # noqa: S611  # Only our own words; values are parameters.
    return queryset.none()


def _among(column: str, values: Sequence[str]) -> list[Condition]:
    """Entries with one of these values; all of them when there are none."""
    return [(f"entry.{column} IN ({', '.join(['%s'] * len(values))})", list(values))] if values else []


def _begun_by(on: date) -> Iterator[Condition]:
    """Entries of what had begun by the day."""
    for name, model in noun_models().items():
        rows = model.edition.order_by()
        if isinstance(rows, DatedQuerySet):
            sql, params = rows.begun_by(on).values("pk").query.get_compiler(PUBLISHED).as_sql()
            yield f"NOT (entry.noun = %s AND entry.record_id NOT IN ({sql}))", [name, *params]


def _plans(query: Query) -> Iterator[tuple[Plan, bool]]:
    """The ways to look, in turn, and whether each goes by similar spelling."""
    backend = BACKENDS[connections[PUBLISHED].vendor]
    yield backend.exactly(query), False
    yield backend.loosely(query), True


def _statement(
    columns: str, column_params: list[str], plan: Plan, narrowing: list[Condition], tail: str = ""
) -> tuple[str, list[object]]:
    conditions = "".join(f" AND {sql}" for sql, _ in narrowing)
    params = [*column_params, *plan.source_params, *(value for _, values in narrowing for value in values)]
    return f"SELECT {columns} {plan.source}{conditions} {tail}", params


def _rows(columns: str, plan: Plan, narrowing: list[Condition], *, tail: str) -> list[tuple[Any, ...]]:
    sql, params = _statement(columns, [], plan, narrowing, tail)
    return _fetch(sql, params)


def _counts(plan: Plan, narrowing: list[Condition]) -> dict[str, int]:
    tail = "GROUP BY entry.noun ORDER BY entry.noun"
    return dict(_rows("entry.noun, count(*)", plan, narrowing, tail=tail))


def _hits(plan: Plan, narrowing: list[Condition], limit: int) -> tuple[Hit, ...]:
    columns = f"entry.noun, entry.slug, entry.title, entry.state, {plan.snippet}"
    tail = f"ORDER BY {plan.rank}, entry.id LIMIT %s"
    sql, params = _statement(columns, plan.snippet_params, plan, narrowing, tail)
    rows = _fetch(sql, [*params, *plan.rank_params, limit])
    return tuple(Hit(noun, slug, title, state, _snippet(marked)) for noun, slug, title, state, marked in rows)


def _fetch(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connections[PUBLISHED].cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _snippet(marked: str) -> Snippet:
    """The passage around the first word found in what people read, cut between words."""
    text, marks = _unmarked(marked.partition("\n")[0])
    first = marks[0][0] if marks else 0
    start = text.rfind(" ", 0, max(first - BEFORE_FOUND, 0)) + 1
    end = len(text)
    if end - start > LONGEST_PASSAGE:
        end = max(text.rfind(" ", start, start + LONGEST_PASSAGE), first)
    opening, closing = "… " if start else "", " …" if end < len(text) else ""
    shift = len(opening) - start
    return Snippet(
        f"{opening}{text[start:end].rstrip(' ·')}{closing}",
        tuple((begun + shift, ended + shift) for begun, ended in marks if ended <= end),
    )


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without the characters that mark what was found, and where in it that is."""
    text, marks, start = "", [], None
    for character in marked:
        if character == OPEN:
            start = len(text)
        elif character == CLOSE:
            if start is not None:
                marks.append((start, len(text)))
            start = None
        else:
            text += character
    return text, marks
