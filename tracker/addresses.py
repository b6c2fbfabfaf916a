"""Addresses for new records: readable, free, and never one that another record was once published at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from django.utils.text import slugify

from nouns.databases import batches
from nouns.noun import PublicNoun
from tracker.models import Publication

LONGEST_WORDS = 120
"""Characters of an address made from words; the column has room for a number behind them."""


def is_taken(model: type[PublicNoun], slug: str, key: int | None = None) -> bool:
    """Whether another record than the one with this key has the address, or ever had it in public."""
    if model._base_manager.filter(slug=slug).exclude(pk=key).exists():
        return True
    published = Publication.objects.filter(noun=model.NOUN, slug=slug).values_list("record_id", flat=True)
    return any(owner != key for owner in published.distinct().order_by())


def taken_addresses(model: type[PublicNoun], slugs: Collection[str]) -> set[str]:
    """Those of the addresses that a record has, or ever had in public."""
    taken = set[str]()
    for batch in batches(slugs):
        taken.update(model._base_manager.filter(slug__in=batch).values_list("slug", flat=True))
        taken.update(Publication.objects.filter(noun=model.NOUN, slug__in=batch).values_list("slug", flat=True))
    return taken


class Addresses:
    """Hands out addresses for new nouns of one kind: free ones, and none twice."""

    def __init__(self, model: type[PublicNoun]) -> None:
        self.model = model
        self._numbers: Counter[str] = Counter()

    def take(self, words: Sequence[str], *, besides: Collection[str] = ()) -> list[str]:
        """An address for each of the words: with `-2`, `-3` and so on where the plain one is taken or is `besides`."""
        plain = [slugify(text)[:LONGEST_WORDS].strip("-") or str(self.model._meta.model_name) for text in words]
        found: dict[int, str] = {}
        while waiting := [place for place in range(len(plain)) if place not in found]:
            candidates = {place: self._next(plain[place]) for place in waiting}
            taken = taken_addresses(self.model, candidates.values())
            found |= {place: slug for place, slug in candidates.items() if slug not in taken and slug not in besides}
        return [found[place] for place in range(len(plain))]

    def _next(self, plain: str) -> str:
        self._numbers[plain] += 1
        number = self._numbers[plain]
        return plain if number == 1 else f"{plain}-{number}"


def free_address(model: type[PublicNoun], words: str) -> str:
    """An address made from these words that nothing has."""
    return Addresses(model).take([words])[0]
