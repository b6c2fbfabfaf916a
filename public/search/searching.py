"""Search over everything published: one function, whatever the database.

A record is found by the words of its title and of all its public text, in any of their forms ("detainers" finds
"detainer"), however initials and accents are written. When no record holds the words, those with words spelt much like
them are found instead, and the result says so. However many records match, a search is as quick: it counts so many of
each noun and no more, and where there are more it ranks the newest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from nouns.databases import PUBLISHED
from nouns.dated import DatedQuerySet
from nouns.declarations import noun_models
from nouns.noun import PublicNoun
from public.search import postgresql, sqlite
from public.search.plan import CLOSE, MOST_COUNTED, OPEN, Condition, Found, Plan, fetch
from public.search.query import Query, parse

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
    """The best hits, best first; how many records of each noun match; whether only similar spellings were found.

    `uncounted` names the nouns of which more match than are counted.
    """

    hits: tuple[Hit, ...]
    counts: dict[str, int]
    misspelt: bool
    uncounted: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """How many records match, or more than how many where any noun is uncounted."""
        return sum(self.counts.values())


def search(
    query: str, *, noun: Sequence[str] = (), state: Sequence[str] = (), on: date | None = None, limit: int = 50
) -> SearchResult:
    """The records that match, of these nouns and states (all when empty), that had begun by the day `on` (if any).

    Raises UnusableQuery for a query that names nothing to look for, and TooCommon for one that would take too long.
    """
    asked = parse(query)
    narrowing = [*_of_states(state), *(_begun_by(on) if on else ())]
    nouns = list(noun) or list(noun_models())
    with _looking() as backend:
        for plan, misspelt in _plans(backend, asked):
            found: Found = backend.find(plan, nouns, narrowing)
            if found.counts:
                counts = {name: min(found.counts[name], MOST_COUNTED) for name in sorted(found.counts)}
                uncounted = frozenset(name for name, number in found.counts.items() if number > MOST_COUNTED)
                return SearchResult(_hits(plan, backend.of_keys(found.keys), limit), counts, misspelt, uncounted)
    return SearchResult((), {}, misspelt=False)


def searched(queryset: QuerySet[PublicNoun], query: str) -> QuerySet[PublicNoun]:
    """The rows of one noun's queryset that match the query. Raises what `search` does."""
    with _looking() as backend:
        for plan, _ in _plans(backend, parse(query)):
            found: Found = backend.find(plan, [queryset.model.NOUN], [])
            if found.counts:
                sql, params = plan.narrowed([("entry.noun = %s", [queryset.model.NOUN])])
                matching = RawSQL(f"SELECT entry.record_id {sql}", params)  # noqa: S611  # Only our own words; values are parameters.
                return queryset.filter(pk__in=matching)
    return queryset.none()


@contextmanager
def _looking() -> Iterator[ModuleType]:
    """The module of the edition's database, which gives up on what would take long."""
    backend = BACKENDS[connections[PUBLISHED].vendor]
    with backend.looking():
        yield backend


def _plans(backend: ModuleType, query: Query) -> Iterator[tuple[Plan, bool]]:
    """The ways to look, in turn, and whether each goes by similar spelling."""
    yield backend.exactly(query), False
    if mended := backend.loosely(query):
        yield mended, True


def _of_states(states: Sequence[str]) -> list[Condition]:
    """Entries of one of these states; all of them when there are none."""
    return [(f"entry.state IN ({', '.join(['%s'] * len(states))})", list(states))] if states else []


def _begun_by(on: date) -> Iterator[Condition]:
    """Entries of what had begun by the day. Counting makes a database ask for one entry at a time, by its key."""
    for name, model in noun_models().items():
        rows = model.edition.order_by()
        if isinstance(rows, DatedQuerySet):
            own = rows.begun_by(on).filter(pk=RawSQL("entry.record_id", [])).values("pk")  # As above.
            sql, params = own.query.get_compiler(PUBLISHED).as_sql()
            yield f"(entry.noun <> %s OR (SELECT count(*) FROM ({sql}) begun) = 1)", [name, *params]


def _hits(plan: Plan, among: Condition, limit: int) -> tuple[Hit, ...]:
    source, params = plan.narrowed([among])
    rows = fetch(
        f"SELECT entry.noun, entry.slug, entry.title, entry.state, {plan.snippet} {source} "
        f"ORDER BY {plan.rank}, entry.id LIMIT %s",
        [*plan.snippet_params, *params, *plan.rank_params, limit],
    )
    return tuple(Hit(noun, slug, title, state, _snippet(marked)) for noun, slug, title, state, marked in rows)


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
