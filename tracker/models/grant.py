"""Federal grants: the programmes, the awards, and how a joint award is shared, so that no dollar counts twice."""

from __future__ import annotations

import re
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from jurisdictions.models import Agency, Jurisdiction, StateField
from nouns.history import HistoryQuerySet
from nouns.noun import EditionManager, Reference
from nouns.partial_dates import PartialDateField, is_partial_date
from tracker.models.record import ChildQuerySet, Record, RecordChild
from tracker.querysets import GrantQuerySet


class GrantProgram(Reference):
    """A federal grant programme, known by its assistance listing (formerly CFDA number)."""

    NOUN: ClassVar[str] = "grant-programs"
    PUBLIC_FIELDS = ("name", "short_name", "assistance_listing", "agency")

    name = models.CharField(max_length=200, help_text="Official name of the programme.")
    short_name = models.CharField(max_length=40, blank=True, help_text="Usual abbreviation, such as JAG.")
    assistance_listing = models.CharField(
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^\d{2}\.\d{3}$", "An assistance listing looks like 16.738.")],
        help_text="Assistance listing number, such as 16.738; empty when not found.",
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="grant_programs", help_text="The agency that awards it."
    )

    objects = models.Manager.from_queryset(HistoryQuerySet)()
    edition = EditionManager.from_queryset(HistoryQuerySet)()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["assistance_listing"],
                condition=~Q(assistance_listing=""),
                name="grantprogram_assistance_listing_is_unique",
            ),
        )

    def __str__(self) -> str:
        return self.name


def normalise_award_id(text: str) -> str:
    """The award id (FAIN) without punctuation and in capitals, by which two spellings are recognised as one."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


class GrantAward(Record):
    """One award or allocation to one recipient. What somebody says about money is a Statement, not an award."""

    class AmountKind(models.TextChoices):
        AWARD = "award", "Award"
        ALLOCATION = "allocation", "Allocation"
        APPROXIMATE = "approximate", "Approximate"
        SUBGRANT_POOL = "subgrant_pool", "Subgrant pool"

    NOUN: ClassVar[str] = "grants"
    PUBLIC_FIELDS = (
        "program", "jurisdiction", "state", "recipient_as_written", "award_id", "award_id_normalised", "fiscal_year",
        "amount", "amount_kind", "subaward_count", "awarded_on", "award_status", "url", "note",
    )  # fmt: skip
    DERIVED_FIELDS = ("state", "award_id_normalised")
    CHILDREN = ("shares", "citations")

    program = models.ForeignKey(
        GrantProgram, on_delete=models.PROTECT, related_name="awards", help_text="The grant programme."
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        on_delete=models.PROTECT,
        related_name="awards",
        verbose_name="recipient jurisdiction",
        help_text="The jurisdiction that received it, or holds it for others.",
    )
    state = StateField()
    recipient_as_written = models.CharField(max_length=200, help_text="The recipient as the source names it.")
    award_id = models.CharField(
        "award ID (FAIN)", max_length=40, blank=True, help_text="Award number as written; empty when not found."
    )
    award_id_normalised = models.CharField(
        "award ID, normalised",
        max_length=40,
        blank=True,
        editable=False,
        db_index=True,
        help_text="Award number in capitals, without punctuation, for matching.",
    )
    fiscal_year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1990), MaxValueValidator(2100)], help_text="Federal fiscal year."
    )
    amount = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Amount in US dollars; empty when not found.",
    )
    amount_kind = models.CharField(
        max_length=13,
        choices=AmountKind,
        help_text="What the amount is: award, allocation, approximate, subgrant pool.",
    )
    subaward_count = models.PositiveIntegerField(
        "subawards",
        null=True,
        blank=True,
        help_text="Number of subawards made from it; empty when not found.",
    )
    awarded_on = PartialDateField(help_text="When it was awarded.")
    award_status = models.CharField(
        max_length=60, blank=True, help_text="Status as the awarding agency's page gives it."
    )
    url = models.URLField("address", max_length=500, blank=True, help_text="The award's page at the awarding agency.")
    note = models.TextField(blank=True, help_text="What a reader should know, attributed.")

    objects = models.Manager.from_queryset(GrantQuerySet)()
    edition = EditionManager.from_queryset(GrantQuerySet)()

    class Meta(Record.Meta):
        ordering = ("-fiscal_year", "recipient_as_written", "-pk")
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | ~Q(amount_kind="") & Q(amount__gte=0),
                name="grantaward_amount_has_a_kind",
                violation_error_message="An amount has a kind and is not negative.",
            ),
            models.CheckConstraint(condition=is_partial_date("awarded_on"), name="grantaward_awarded_on_is_a_date"),
            models.UniqueConstraint(
                fields=["award_id_normalised"],
                condition=~Q(award_id_normalised=""),
                name="grantaward_award_id_is_unique",
                violation_error_message="Another award has this award ID.",
            ),
        )
        indexes = (
            *Record.Meta.indexes,
            models.Index(fields=["-fiscal_year", "recipient_as_written", "-id"], name="grantaward_list_order"),
            models.Index(
                fields=["state", "-fiscal_year", "recipient_as_written", "-id"], name="grantaward_state_list_order"
            ),
            models.Index(fields=["program", "fiscal_year", "amount"], name="grantaward_program_year_amount"),
            models.Index(fields=["jurisdiction", "program", "fiscal_year"], name="grantaward_of_a_place_and_year"),
            models.Index(Upper("recipient_as_written"), name="grantaward_upper_recipient"),
        )

    def __str__(self) -> str:
        return f"{self.recipient_as_written}, FY{self.fiscal_year}"

    def clean(self) -> None:
        self.award_id_normalised = normalise_award_id(self.award_id)

    def derive(self) -> None:
        self.state = self.jurisdiction.state
        self.award_id_normalised = normalise_award_id(self.award_id)

    def facts_to_cite(self) -> dict[str, str]:
        return {"amount": "amount"} if self.amount is not None else {}

    def words_for_slug(self) -> str:
        return f"{self.fiscal_year}-{self.program.short_name or self.program.slug}-{self.jurisdiction.slug}"


class AwardShare(RecordChild):
    """The part of a joint award that is one jurisdiction's. What no share claims stays with the recipient."""

    PARENT = "award"
    PUBLIC_FIELDS = ("jurisdiction", "amount", "note")

    award = models.ForeignKey(GrantAward, on_delete=models.CASCADE, related_name="shares")
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="award_shares", help_text="Whose share it is."
    )
    amount = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="The share in US dollars; empty when not found.",
    )
    note = models.CharField(max_length=300, blank=True, help_text="How the share is known.")

    objects = models.Manager.from_queryset(ChildQuerySet)()
    edition = EditionManager.from_queryset(ChildQuerySet)()

    class Meta:
        ordering = (F("amount").desc(nulls_last=True), "pk")
        constraints = (
            models.UniqueConstraint(fields=["award", "jurisdiction"], name="awardshare_is_one_per_jurisdiction"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="awardshare_is_not_negative"
            ),
        )

    def __str__(self) -> str:
        return f"{self.jurisdiction}: {self.amount if self.amount is not None else 'amount not found'}"
