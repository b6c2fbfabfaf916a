"""Places and records by the names that people type, never guessing between two."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q

from jurisdictions.models import STATES, Jurisdiction
from nouns.noun import PublicNoun
from tracker.models import SearchEntry

_CODES = {**{name.casefold(): code for code, name in STATES.items()}, **{code.casefold(): code for code in STATES}}

MOST = 6
"""Places or records of one name that are worth listing."""


def state_code(words: str) -> str:
    """The code of the state or territory that these words name, or the words themselves."""
    return _CODES.get(" ".join(words.split()).casefold(), words)


def all_slugs(models: Iterable[type[PublicNoun]], words: Collection[str]) -> bool:
    """Whether each of these words is the slug of something published of these kinds."""
    found: set[str] = set()
    for model in models:
        rows = model.edition.filter(slug__in=words)
        found.update(rows.values_list("slug", flat=True))
    return found == set(words)


def titled(models: Iterable[type[PublicNoun]], words: str) -> dict[str, str]:
    """What is published of these kinds under this title: titles by slug."""
    nouns = [model.NOUN for model in models]
    rows = SearchEntry.edition.filter(noun__in=nouns, title__iexact=" ".join(words.split())).order_by("slug")
    return dict(rows.values_list("slug", "title")[:MOST])


def called(words: str) -> list[Jurisdiction]:
    """The published jurisdictions of this slug or name; a state after a comma narrows them: Springfield, Illinois."""
    words = " ".join(words.split())
    name, _, last = (part.strip() for part in words.rpartition(","))
    state = state_code(last)
    asked = Q(slug=words.lower()) | _named(words)
    if name and state in STATES:
        asked |= _named(name) & Q(state=state)
    rows = Jurisdiction.edition.filter(asked).distinct()
    return list(rows.order_by("state", "name", "pk")[:MOST])


def _named(name: str) -> Q:
    return Q(name__iexact=name) | Q(full_name__iexact=name) | Q(names__name__iexact=name)
