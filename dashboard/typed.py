"""What people type into a list's form, as its parameters want it: no empty boxes, codes and slugs instead of names."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.datastructures import MultiValueDict

from tracker.public.errors import ParameterError
from tracker.public.filters.places import names_jurisdictions
from tracker.public.names import all_slugs, called, state_code
from tracker.public.nouns import Noun

OF_LISTS = ("ordering", "cursor", "page_size")
"""Parameters of every list that a form may send empty."""


def tidied(noun: Noun, given: MultiValueDict[str, str]) -> dict[str, list[str]]:
    """The parameters without empty ones, values that belong together as one, and names of one place as its slug.

    A name that fits no place or several stays as it was typed, and so do parameters that nobody knows.
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
    """The errors; where a name fits several places, one that says which."""
    found = (
        _explained(error, given.get(error.name) or "") if names_jurisdictions(noun.filterset, error.name) else error
        for error in errors
    )
    return list(dict.fromkeys(found))


def _said(noun: Noun, name: str, value: str) -> str:
    if name == "state":
        return ",".join(state_code(part.strip()) for part in value.split(","))
    if names_jurisdictions(noun.filterset, name) and not all_slugs(value.split(",")):
        places = called(value)
        return places[0].slug if len(places) == 1 else value
    return value


def _explained(error: ParameterError, typed: str) -> ParameterError:
    places = called(typed)
    if len(places) < 2:
        return error
    listed = ", ".join(f"{place.slug} ({place})" for place in places)
    return ParameterError(error.name, typed, f"Several places are called that. Give the slug of one: {listed}.")
