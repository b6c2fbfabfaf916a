"""Every noun that the public can ask for."""

from __future__ import annotations

from nouns.declarations import noun_models
from public.engine.noun import Noun, noun_of
from public.filters import FILTERSETS


def _nouns() -> dict[str, Noun]:
    filtersets = {filterset._meta.model: filterset for filterset in FILTERSETS}
    if missing := set(noun_models().values()) - set(filtersets):
        raise LookupError(f"No filters are declared for {missing}: add a FilterSet to public.filters.")
    return {model.NOUN: noun_of(model, filterset) for model, filterset in filtersets.items()}


NOUNS: dict[str, Noun] = _nouns()
"""Every noun by name, in the order in which the public sees them."""
