"""What people type into a list's form, as its parameters want it: no empty boxes, codes and slugs instead of names."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.datastructures import MultiValueDict

from jurisdictions.models import Jurisdiction
from public.engine.errors import ParameterError
from public.engine.list_parameters import SlugListField
from public.engine.noun import Noun
from public.names import all_slugs, called, state_code, titled

OF_LISTS = ("ordering", "cursor", "page_size")
"""Parameters of every list that a form may send empty."""


def tidied(noun: Noun, given: MultiValueDict[str, str]) -> dict[str, list[str]]:
    """The parameters without empty ones, values that belong together as one, and slugs instead of names.

    A name that fits nothing or several stays as it was typed, and so do parameters that nobody knows.
    """
    filters = noun.filterset.base_filters
    found: dict[str, list[str]] = {}
    for name, values in given.lists():
        if name not in filters and name not in OF_LISTS:
            found[name] = list(values)
        elif filled := [_said(noun, name, value) for value in values if value.strip()]:
            several = name in filters and getattr(filters[name].field, "several", False)
            found[name] = [",".join(dict.fromkeys(filled))] if several else filled
    return found


def explained(noun: Noun, errors: Iterable[ParameterError], given: MultiValueDict[str, str]) -> list[ParameterError]:
    """The errors; where a name fits several places or records, one that says which."""
    found = (_explained(noun, error, given.get(error.name) or "") for error in errors)
    return list(dict.fromkeys(found))


def _said(noun: Noun, name: str, value: str) -> str:
    if name == "state":
        return ",".join(state_code(part.strip()) for part in value.split(","))
    meant = _meant(noun, name, value)
    return next(iter(meant)) if len(meant) == 1 else value


def _meant(noun: Noun, name: str, words: str) -> dict[str, str]:
    """The names by slug of what these words can mean where a parameter takes slugs, unless they are slugs already."""
    field = noun.filterset.base_filters[name].field if name in noun.filterset.base_filters else None
    if "\x00" in words:
        return {}  # The field refuses it, and no database takes it.
    if not isinstance(field, SlugListField) or all_slugs(field.models, words.split(",")):
        return {}
    if field.models == (Jurisdiction,):
        return {place.slug: str(place) for place in called(words)}
    return titled(field.models, words)


def _explained(noun: Noun, error: ParameterError, typed: str) -> ParameterError:
    meant = _meant(noun, error.name, typed)
    if len(meant) < 2:
        return error
    listed = ", ".join(f"{slug} ({name})" for slug, name in meant.items())
    return ParameterError(error.name, typed, f"Several are called that. Give the slug of one: {listed}.")
