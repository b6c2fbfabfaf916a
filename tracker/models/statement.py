"""Who said or claimed what, when, about whom. The tracker attributes; it adopts nothing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.text import Truncator

from jurisdictions.models import Jurisdiction
from nouns.noun import EditionManager
from nouns.partial_dates import PartialDateField, is_partial_date
from tracker.models.record import Record
from tracker.querysets import StatementQuerySet


class Statement(Record):
    """A claim or a quotation, with its speaker. A figure that somebody claims is part of the statement, not a total."""

    class Kind(models.TextChoices):
        CLAIM = "claim", "Claim"
        QUOTE = "quote", "Quotation"
        FIGURE = "figure", "Figure"

    NOUN: ClassVar[str] = "statements"
    PUBLIC_FIELDS = (
        "speaker", "office", "said_on", "kind", "paraphrase", "quote", "amount", "period", "jurisdictions", "note",
    )  # fmt: skip
    CHILDREN = ("citations",)
    _history_m2m_fields = ("jurisdictions",)

    speaker = models.CharField(max_length=200, help_text="Who said it.")
    office = models.CharField(max_length=200, blank=True, help_text="Office, or where it was said.")
    said_on = PartialDateField(help_text="When it was said.")
    kind = models.CharField(max_length=6, choices=Kind, help_text="A claim, a quotation or a figure.")
    paraphrase = models.TextField(help_text="What was said, in the tracker's words and attributed.")
    quote = models.TextField(blank=True, help_text="The exact words.")
    amount = models.DecimalField(
        max_digits=16, decimal_places=2, null=True, blank=True, help_text="The figure claimed, in US dollars."
    )
    period = models.CharField(
        max_length=80, blank=True, help_text="What the figure covers: per year, fiscal year 2017."
    )
    jurisdictions = models.ManyToManyField(
        Jurisdiction, blank=True, related_name="statements", help_text="The jurisdictions it is about."
    )
    note = models.TextField(blank=True, help_text="What a reader should know, attributed.")

    objects = models.Manager.from_queryset(StatementQuerySet)()
    edition = EditionManager.from_queryset(StatementQuerySet)()

    class Meta(Record.Meta):
        ordering = ("-said_on", "-pk")
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(condition=is_partial_date("said_on"), name="statement_said_on_is_a_date"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | ~Q(period=""),
                name="statement_amount_has_a_period",
                violation_error_message="A figure says what period it covers.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="quote") | ~Q(quote=""),
                name="statement_quotation_has_its_words",
                violation_error_message="A quotation holds the exact words.",
            ),
        )
        indexes = (
            *Record.Meta.indexes,
            models.Index(fields=["-said_on", "-id"], name="statement_list_order"),
        )

    def __str__(self) -> str:
        return f"{self.speaker}: {Truncator(self.paraphrase).chars(80)}"

    def facts_to_cite(self) -> dict[str, str]:
        return {"amount": "amount"} if self.amount is not None else {}

    def words_for_slug(self) -> str:
        return f"{self.speaker}-{self.said_on}"
