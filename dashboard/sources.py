"""A record's sources, numbered in the order of their citations, and which of them speak to which field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.utils.text import capfirst

from public.engine.noun import Noun


@dataclass
class Passage:
    """What one citation says: about which field, where in the source, in which words, and whether it contradicts.

    `field` is the field's name, `about` what the page calls it.
    """

    field: str
    about: str
    locator: str
    quote: str
    contradicts: bool


@dataclass
class NumberedSource:
    """One source of a record with every citation of it."""

    number: int
    source: Any
    passages: list[Passage] = field(default_factory=list)

    @property
    def site(self) -> str:
        """The host where the source can be read."""
        return urlsplit(str(self.source.url)).netloc.removeprefix("www.")


def written(on: Any) -> tuple[str, ...]:
    """The ways in which people write a partial date: 2017-10-11, 11 October 2017, October 11, 2017."""
    words = on.in_words.split(" ")
    american = f"{words[1]} {words[0]}, {words[2]}" if on.precision == "day" else on.in_words
    return str(on), on.in_words, american


@dataclass
class Sources:
    """The numbered sources of a record; the numbers of those that name a field; the fields that sources dispute."""

    numbered: list[NumberedSource] = field(default_factory=list)
    by_field: dict[str, list[int]] = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)

    def speaking_of(self, relation: str, kind: str, on: Any) -> list[int]:
        """The numbers of the sources of one happening: those of its relation whose locator names its kind and its day.

        A citation belongs to a record; its locator says of which event it speaks: "assessment of October 11, 2017".
        """
        if not on:
            return []
        names_it = re.compile(
            rf"\b{re.escape(kind)} of ({'|'.join(map(re.escape, written(on)))})(?![-\d])", re.IGNORECASE
        )
        return [
            entry.number
            for entry in self.numbered
            if any(passage.field == relation and names_it.search(passage.locator) for passage in entry.passages)
        ]

    def supporting(self, name: str) -> list[int]:
        """The numbers of the sources that name this field and do not only contradict it."""
        against = {
            entry.number
            for entry in self.numbered
            if any(passage.field == name and passage.contradicts for passage in entry.passages)
        }
        return [number for number in self.by_field.get(name, []) if number not in against]


def numbered_sources(noun: Noun, citations: Iterable[Any]) -> Sources:
    """Number the sources of these citations from 1; a source cited twice keeps its first number."""
    labels = {field.name: field.label for field in noun.fields}
    sources = Sources()
    places: dict[int, NumberedSource] = {}
    for citation in citations:
        entry = places.get(citation.source_id)
        if entry is None:
            entry = places[citation.source_id] = NumberedSource(len(places) + 1, citation.source)
            sources.numbered.append(entry)
        contradicts = citation.stance == citation.Stance.CONTRADICTS
        about = _about(labels, citation.field)
        if about or citation.locator or citation.quote or contradicts:
            entry.passages.append(Passage(citation.field, about, citation.locator, citation.quote, contradicts))
        numbers = sources.by_field.setdefault(citation.field, [])
        if entry.number not in numbers:
            numbers.append(entry.number)
        if contradicts:
            sources.disputed.add(citation.field)
    return sources


def _about(labels: dict[str, str], name: str) -> str:
    """The field that a citation names, as the page calls it; citations may also name a child, such as events."""
    return labels.get(name) or capfirst(name.replace("_", " ").replace(".", ": "))
