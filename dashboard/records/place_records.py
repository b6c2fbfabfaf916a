"""A place in sentences: what it is part of, with which other place it shares, how many live there, its other names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dashboard.records.own_parts import Asked, Own
from dashboard.values import link


def jurisdiction(asked: Asked) -> Own:
    """The place in sentences, and the way from a state's own page to that of all that is in it."""
    place = asked.record
    sentences = described(place)
    if place.kind == place.Kind.STATE:
        address = reverse("state", args=[place.state])
        whole = "This page is about the state itself. Everything in it, counties and cities included, is on {}."
        sentences.append(format_html(whole, format_html('<a href="{}">the page of all of {}</a>', address, place.name)))
    return Own([format_html_join(" ", "{}", ((each,) for each in sentences))] if sentences else [])


def described(place: Any) -> list[SafeString]:
    """The sentences about a jurisdiction, of which those that nothing is on record for are left out."""
    return list(_sentences(place))


def _sentences(place: Any) -> Iterator[SafeString]:
    if counties := list(place.counties.all()):
        yield format_html("Lies in {}.", _listed(counties))
    elif place.parent is not None:
        yield format_html("Part of {}.", link(place.parent))
    if place.coextensive_with is not None:
        yield format_html("Shares its government or territory with {}.", link(place.coextensive_with))
    if place.population is not None:
        year = f" ({place.population_year})" if place.population_year else ""
        yield format_html("{} people by an estimate of the Census Bureau{}.", f"{place.population:,}", year)
    if names := [str(name) for name in place.names.all()]:
        yield format_html("Also called {}.", "; ".join(names))


def _listed(places: Iterable[Any]) -> SafeString:
    *others, last = [link(place) for place in places]
    first = format_html_join(", ", "{}", ((each,) for each in others))
    return format_html("{} and {}", first, last) if others else last
