"""Places and agencies: the nation, states, counties and places of the US Census, and the bodies that act for them.

A leaf of the tree: nothing here knows of letters or policies.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from nouns.history import HistoryQuerySet
from nouns.noun import Declared, EditionManager, Reference

STATES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AS": "American Samoa", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida",
    "GA": "Georgia", "GU": "Guam", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa",
    "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts",
    "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska",
    "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "MP": "Northern Mariana Islands", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VI": "U.S. Virgin Islands", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin",
    "WY": "Wyoming",
}  # fmt: skip
"""The 56 states and territories by postal code."""


class StateField(models.CharField[str, str]):
    """Two-letter code of a state or territory; empty for the nation and for what belongs to no state."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Two-letter postal code of the state or territory; empty for the nation.")
        kwargs.update(max_length=2, blank=True, choices=list(STATES.items()))
        kwargs.setdefault("db_index", True)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "blank", "choices"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs


class JurisdictionQuerySet(HistoryQuerySet["Jurisdiction"]):
    """Jurisdictions."""

    def and_coextensive(self, *slugs: str) -> Self:
        """These jurisdictions and those coextensive with them: San Francisco is a city and a county."""
        return self.filter(
            Q(slug__in=slugs) | Q(coextensive_with__slug__in=slugs) | Q(coextensive_place__slug__in=slugs)
        )


class Jurisdiction(Reference):
    """The nation, a state or territory, a county or equivalent, or a place (city, town, consolidated government)."""

    class Kind(models.TextChoices):
        NATION = "nation", "Nation"
        STATE = "state", "State or territory"
        COUNTY = "county", "County or equivalent"
        PLACE = "place", "City or other place"

    NOUN: ClassVar[str] = "jurisdictions"
    PUBLIC_FIELDS = (
        "name", "full_name", "kind", "state", "geoid", "parent", "counties", "coextensive_with",
        "population", "population_year", "latitude", "longitude",
    )  # fmt: skip
    CHILDREN = ("names",)
    _history_m2m_fields = ("counties",)

    name = models.CharField(max_length=120, help_text="Short name: Cook, Chicago, Illinois.")
    full_name = models.CharField(
        max_length=160, help_text="Name with its type: Cook County, Orleans Parish, Baltimore city."
    )
    kind = models.CharField(
        max_length=6, choices=Kind, help_text="Nation, state or territory, county or equivalent, place."
    )
    state = StateField()
    geoid = models.CharField(
        "GEOID",
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^(US|\d{2}|\d{5}|\d{7})$", "A GEOID has 2, 5 or 7 digits; the nation's is US.")],
        help_text="Census Bureau identifier: 2 digits for a state, 5 for a county, 7 for a place. Empty when unknown.",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The state of a county or place; the nation of a state.",
    )
    counties = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="places",
        help_text="The counties that a place lies in: New York City lies in five.",
    )
    coextensive_with = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="coextensive_place",
        help_text="The county that a place shares its government or territory with, such as San Francisco's.",
    )
    population = models.PositiveIntegerField(null=True, blank=True, help_text="Census Bureau estimate.")
    population_year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1790), MaxValueValidator(2100)],
        help_text="Year of the population estimate.",
    )
    latitude = models.DecimalField(
        max_digits=10,
        decimal_places=7,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Internal point, degrees north.",
    )
    longitude = models.DecimalField(
        max_digits=10,
        decimal_places=7,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Internal point, degrees east.",
    )

    objects = models.Manager.from_queryset(JurisdictionQuerySet)()
    edition = EditionManager.from_queryset(JurisdictionQuerySet)()

    class Meta:
        ordering = ("full_name", "state", "pk")
        constraints = (
            models.UniqueConstraint(fields=["geoid"], condition=~Q(geoid=""), name="jurisdiction_geoid_is_unique"),
            models.CheckConstraint(
                condition=Q(kind="nation", state="") | (~Q(kind="nation") & ~Q(state="")),
                name="jurisdiction_below_the_nation_has_a_state",
                violation_error_message="Every jurisdiction but the nation names its state.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="jurisdiction_is_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(population_year__isnull=True) | Q(population__isnull=False),
                name="jurisdiction_population_year_has_a_population",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="jurisdiction_coordinates_are_a_pair_on_earth",
            ),
        )
        indexes = (
            models.Index(fields=["full_name", "state", "id"], name="jurisdiction_list_order"),
            models.Index(fields=["kind", "state"], name="jurisdiction_kind_state"),
            models.Index(Upper("full_name"), name="jurisdiction_upper_full_name"),
        )

    def __str__(self) -> str:
        if self.kind in {self.Kind.NATION, self.Kind.STATE}:
            return self.full_name
        return f"{self.full_name}, {self.state}"

    def words_for_slug(self) -> str:
        return self.full_name if self.kind in {self.Kind.NATION, self.Kind.STATE} else f"{self.full_name}-{self.state}"


class JurisdictionName(Declared):
    """Another name that a place goes by, so that search, import and letter entry find it."""

    PUBLIC_FIELDS = ("name",)

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=160, help_text="A name used for this place in letters, laws or the press.")

    objects = models.Manager.from_queryset(HistoryQuerySet)()
    edition = EditionManager.from_queryset(HistoryQuerySet)()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="jurisdiction_name_is_listed_once"),
        )
        indexes = (models.Index(Upper("name"), name="jurisdictionname_upper_name"),)

    def __str__(self) -> str:
        return self.name


class Agency(Reference):
    """A body that acts for a jurisdiction: a department, a sheriff, a council, a grant office."""

    class Kind(models.TextChoices):
        FEDERAL = "federal", "Federal agency"
        CORRECTIONS = "corrections", "Corrections"
        LAW_ENFORCEMENT = "law_enforcement", "Law enforcement"
        LEGISLATURE = "legislature", "Legislature or council"
        EXECUTIVE = "executive", "Executive office"
        CRIMINAL_JUSTICE = "criminal_justice", "Criminal justice planning"
        OTHER = "other", "Other"

    NOUN: ClassVar[str] = "agencies"
    PUBLIC_FIELDS = ("name", "short_name", "kind", "jurisdiction", "state", "parent")
    DERIVED_FIELDS = ("state",)

    name = models.CharField(max_length=160, help_text="Official name.")
    short_name = models.CharField(max_length=40, blank=True, help_text="Usual abbreviation, such as OJP.")
    kind = models.CharField(max_length=16, choices=Kind, help_text="What the agency does.")
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="agencies", help_text="The jurisdiction it acts for."
    )
    state = StateField(help_text="State of its jurisdiction; empty for a federal agency.")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The agency it is part of: the Office of Justice Programs is part of the Department of Justice.",
    )

    objects = models.Manager.from_queryset(HistoryQuerySet)()
    edition = EditionManager.from_queryset(HistoryQuerySet)()

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "agencies"
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="agency_name_is_unique_in_its_jurisdiction"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="agency_is_not_its_own_parent"
            ),
        )
        indexes = (
            models.Index(fields=["name", "id"], name="agency_list_order"),
            models.Index(Upper("name"), name="agency_upper_name"),
        )

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        self.state = self.jurisdiction.state
