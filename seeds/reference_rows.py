"""The rows of the tables that records refer to: places, agencies, law, programmes, the codebook, and sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, NamedTuple

from seeds.cells import (
    Choice,
    Day,
    Degrees,
    Pattern,
    Prose,
    Slug,
    State,
    Text,
    To,
    ToMany,
    WebAddress,
    Whole,
)


class Fault(NamedTuple):
    """Two cells of one row that do not fit: the column to mend, what is wrong, and what would be right."""

    column: str
    reason: str
    right: str


class Row:
    """One line of a table; its fields are the columns.

    KEYS are the sets of columns that no two rows may share; one whose last column is empty is not compared.
    """

    KEYS: ClassVar[tuple[tuple[str, ...], ...]] = (("slug",),)

    def faults(self) -> Iterator[Fault]:
        """What is wrong between the cells of this row."""
        yield from ()


@dataclass(frozen=True)
class NounRow(Row):
    """One line of a table of nouns, which have an address of their own."""

    slug: Slug


GEOID_DIGITS = {"nation": 0, "state": 2, "county": 5, "place": 7}

AGENCY_KINDS = (
    "federal", "corrections", "law_enforcement", "legislature", "executive", "criminal_justice", "other",
)  # fmt: skip


@dataclass(frozen=True)
class Jurisdiction(NounRow):
    """The nation, a state or territory, a county or equivalent, or a place."""

    KEYS = (("slug",), ("geoid",))

    kind: Annotated[str, Choice(options=("nation", "state", "county", "place"))]
    name: Annotated[str, Text(longest=120)]
    full_name: Annotated[str, Text(longest=160)]
    geoid: Annotated[str, Pattern(blank=True, shape=r"US|\d{2}|\d{5}|\d{7}", example="US, 17, 17031 or 1714000")]
    state: State
    parent: Annotated[str, To(blank=True, table="jurisdictions")]
    counties: Annotated[tuple[str, ...], ToMany(table="jurisdictions")]
    coextensive_with: Annotated[str, To(blank=True, table="jurisdictions")]
    population: Annotated[int | None, Whole(blank=True)]
    population_year: Annotated[int | None, Whole(blank=True, least=1790, most=2100)]
    latitude: Annotated[Decimal | None, Degrees(most=90)]
    longitude: Annotated[Decimal | None, Degrees(most=180)]

    def faults(self) -> Iterator[Fault]:
        if (self.kind == "nation") == bool(self.state):
            yield Fault("state", "does not fit the kind", "The nation has no state, and everything below it has one.")
        digits = GEOID_DIGITS[self.kind]
        if self.geoid and self.geoid != ("US" if self.kind == "nation" else self.geoid[:digits].ljust(digits, "?")):
            yield Fault("geoid", f"is not that of a {self.kind}", "US, or 2 digits for a state, 5 a county, 7 a place.")
        if self.population_year is not None and self.population is None:
            yield Fault("population_year", "stands without a population", "Write the population too, or neither.")
        if (self.latitude is None) != (self.longitude is None):
            yield Fault("latitude", "stands without the other coordinate", "Write both coordinates, or neither.")


@dataclass(frozen=True)
class JurisdictionName(Row):
    """Another name of a place."""

    KEYS = (("jurisdiction", "name"),)

    jurisdiction: Annotated[str, To(table="jurisdictions")]
    name: Annotated[str, Text(longest=160)]


@dataclass(frozen=True)
class Agency(NounRow):
    """A body that acts for a jurisdiction."""

    KEYS = (("slug",), ("jurisdiction", "name"))

    name: Annotated[str, Text(longest=160)]
    short_name: Annotated[str, Text(blank=True, longest=40)]
    kind: Annotated[str, Choice(options=AGENCY_KINDS)]
    jurisdiction: Annotated[str, To(table="jurisdictions")]
    parent: Annotated[str, To(blank=True, table="agencies")]


@dataclass(frozen=True)
class LegalAuthority(NounRow):
    """A provision of law."""

    KEYS = (("slug",), ("citation",))

    citation: Annotated[str, Text(longest=120)]
    name: Annotated[str, Text(blank=True, longest=200)]
    summary: Prose
    url: Annotated[str, WebAddress(longest=500)]


@dataclass(frozen=True)
class GrantProgram(NounRow):
    """A federal grant programme."""

    KEYS = (("slug",), ("assistance_listing",))

    name: Annotated[str, Text(longest=200)]
    short_name: Annotated[str, Text(blank=True, longest=40)]
    assistance_listing: Annotated[str, Pattern(blank=True, shape=r"\d{2}\.\d{3}", example="16.738")]
    agency: Annotated[str, To(table="agencies")]


@dataclass(frozen=True)
class Codebook(NounRow):
    """One version of the questions."""

    KEYS = (("slug",), ("version",))

    version: Annotated[str, Text(longest=20)]
    title: Annotated[str, Text(longest=200)]
    introduction: Prose


@dataclass(frozen=True)
class Question(NounRow):
    """One question of a codebook."""

    KEYS = (("slug",), ("codebook", "position"))

    codebook: Annotated[str, To(table="codebooks")]
    position: Annotated[int, Whole(least=1, most=32_767)]
    text: Annotated[str, Text(longest=300)]
    guidance: Prose


@dataclass(frozen=True)
class Source(NounRow):
    """Something that was read. A source has no confidence of its own: all are published."""

    title: Annotated[str, Text(longest=400)]
    kind: Annotated[str, Choice(options=("primary", "official", "court", "news", "analysis", "advocacy", "secondary"))]
    publisher: Annotated[str, Text(blank=True, longest=200)]
    author: Annotated[str, Text(blank=True, longest=200)]
    published_on: Day
    url: Annotated[str, WebAddress(longest=1000)]
    archive_url: Annotated[str, WebAddress(longest=1000)]
    retrieved_on: Day
    sha256: Annotated[str, Pattern(blank=True, shape=r"[0-9a-f]{64}", example="64 hexadecimal digits")]
    note: Prose
    internal_notes: Prose
