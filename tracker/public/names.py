"""Places by the names that people type: states and jurisdictions, never guessing between two."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from jurisdictions.models import STATES, Jurisdiction

_CODES = {**{name.casefold(): code for code, name in STATES.items()}, **{code.casefold(): code for code in STATES}}

MOST = 6
"""Jurisdictions of one name that are worth listing."""


def state_code(words: str) -> str:
    """The code of the state or territory that these words name, or the words themselves."""
    return _CODES.get(" ".join(words.split()).casefold(), words)


def all_slugs(words: Collection[str]) -> bool:
    """Whether each of these words is the slug of a published jurisdiction."""
    return Jurisdiction.edition.filter(slug__in=words).count() == len(set(words))


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
