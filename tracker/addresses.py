"""Addresses for new records: readable, free, and never one that another record was once published at."""

from __future__ import annotations

from itertools import count

from django.utils.text import slugify

from jurisdictions.edition import PublicNoun
from tracker.models import Publication

LONGEST_WORDS = 120
"""Characters of an address made from words; the column has room for a number behind them."""


def is_taken(model: type[PublicNoun], slug: str, key: int | None = None) -> bool:
    """Whether another record than the one with this key has the address, or ever had it in public."""
    if model._base_manager.filter(slug=slug).exclude(pk=key).exists():
        return True
    published = Publication.objects.filter(noun=model.NOUN, slug=slug).values_list("record_id", flat=True)
    return any(owner != key for owner in published.distinct().order_by())


def free_address(model: type[PublicNoun], words: str) -> str:
    """An address made from these words that nothing has: with `-2`, `-3` and so on where the plain one is taken."""
    plain = slugify(words)[:LONGEST_WORDS].strip("-") or str(model._meta.model_name)
    candidates = (plain if number == 1 else f"{plain}-{number}" for number in count(1))
    return next(slug for slug in candidates if not is_taken(model, slug))
