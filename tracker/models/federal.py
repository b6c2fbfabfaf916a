"""The federal side: the law relied on, what was ordered or announced, and whom a list named as what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Upper

from jurisdictions.models import Agency, Jurisdiction, StateField
from nouns.history import HistoryQuerySet
from nouns.noun import EditionManager, Reference
from nouns.partial_dates import PartialDateField, is_partial_date, not_before
from tracker.models.record import Record
from tracker.querysets import ActionQuerySet, DesignationQuerySet


class LegalAuthority(Reference):
    """A provision of law that letters and policies rely on, such as 8 U.S.C. 1373."""

    NOUN: ClassVar[str] = "legal-authorities"
    PUBLIC_FIELDS = ("citation", "name", "summary", "url")

    citation = models.CharField(max_length=120, help_text="The provision as lawyers cite it.")
    name = models.CharField(max_length=200, blank=True, help_text="What it is called.")
    summary = models.TextField(blank=True, help_text="What it says, in one or two sentences.")
    url = models.URLField("address", max_length=500, blank=True, help_text="Where its text can be read.")

    objects = models.Manager.from_queryset(HistoryQuerySet)()
    edition = EditionManager.from_queryset(HistoryQuerySet)()

    class Meta:
        ordering = ("citation", "pk")
        verbose_name_plural = "legal authorities"
        constraints = (models.UniqueConstraint(fields=["citation"], name="legalauthority_citation_is_unique"),)

    def __str__(self) -> str:
        return self.citation


class FederalAction(Record):
    """A statute, order, memorandum, rule, condition, report, list or announcement of the federal government."""

    class Kind(models.TextChoices):
        STATUTE = "statute", "Statute"
        EXECUTIVE_ORDER = "executive_order", "Executive order"
        MEMORANDUM = "memorandum", "Memorandum"
        RULE = "rule", "Rule"
        GUIDANCE = "guidance", "Guidance"
        GRANT_CONDITION = "grant_condition", "Grant condition"
        REPORT = "report", "Report"
        LIST = "list", "List"
        LETTERS = "letters", "Letters"
        DETERMINATION = "determination", "Determination"
        ANNOUNCEMENT = "announcement", "Announcement"
        PROGRAM = "program", "Programme"

    NOUN: ClassVar[str] = "federal-actions"
    PUBLIC_FIELDS = (
        "title", "kind", "issuer", "agency", "issued_on", "effective_on", "ended_on", "end_reason", "citation",
        "federal_register_number", "federal_register_on", "url", "summary",
    )  # fmt: skip
    CHILDREN = ("citations",)
    LATER = {"ended_on": ("end_reason",), "federal_register_on": ("federal_register_number",)}

    title = models.CharField(max_length=300, help_text="Title or description.")
    kind = models.CharField(max_length=15, choices=Kind, help_text="What kind of action it is.")
    issuer = models.CharField(max_length=200, help_text="Who issued it, as the source names them.")
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="federal_actions",
        help_text="The issuing agency.",
    )
    issued_on = PartialDateField(help_text="When it was signed, sent or announced.")
    effective_on = PartialDateField(help_text="When it took effect, where that is stated.")
    ended_on = PartialDateField(help_text="When it was revoked, withdrawn or ceased to apply.")
    end_reason = models.CharField(max_length=300, blank=True, help_text="How it ended, as the source says.")
    citation = models.CharField(max_length=200, blank=True, help_text="Legal citation, such as 82 FR 8799.")
    federal_register_number = models.CharField(
        max_length=20, blank=True, help_text="Federal Register document number, such as 2017-02102."
    )
    federal_register_on = PartialDateField(help_text="When the Federal Register published it.")
    url = models.URLField("address", max_length=500, blank=True, help_text="Where its text can be read.")
    summary = models.TextField(blank=True, help_text="What it does, in the tracker's words.")

    objects = models.Manager.from_queryset(ActionQuerySet)()
    edition = EditionManager.from_queryset(ActionQuerySet)()

    class Meta(Record.Meta):
        ordering = ("-issued_on", "-pk")
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=is_partial_date("issued_on")
                & is_partial_date("effective_on")
                & is_partial_date("ended_on")
                & is_partial_date("federal_register_on"),
                name="federalaction_dates_are_dates",
            ),
            models.CheckConstraint(
                condition=not_before("ended_on", "issued_on"),
                name="federalaction_does_not_end_before_it_is_issued",
                violation_error_message="The end is before the day of issue.",
            ),
        )
        indexes = (
            *Record.Meta.indexes,
            models.Index(fields=["-issued_on", "-id"], name="federalaction_list_order"),
            models.Index(Upper("title"), name="federalaction_upper_title"),
        )

    def __str__(self) -> str:
        return self.title


class Designation(Record):
    """A list or memorandum names a jurisdiction as something. The words are the list's own, never the tracker's."""

    NOUN: ClassVar[str] = "designations"
    PUBLIC_FIELDS = (
        "federal_action", "jurisdiction", "state", "named_as", "designated_as", "designated_on", "removed_on", "note",
    )  # fmt: skip
    DERIVED_FIELDS = ("state",)
    CHILDREN = ("citations",)
    LATER = {"removed_on": ()}

    federal_action = models.ForeignKey(
        FederalAction, on_delete=models.PROTECT, related_name="designations", help_text="The list or memorandum."
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="designations", help_text="The jurisdiction named."
    )
    state = StateField()
    named_as = models.CharField(max_length=160, help_text="How the list writes the name.")
    designated_as = models.CharField(max_length=200, help_text="What the list calls it, in the list's words.")
    designated_on = PartialDateField(help_text="When the list named it.")
    removed_on = PartialDateField(help_text="When it was taken off the list.")
    note = models.TextField(blank=True, help_text="What a reader should know, attributed.")

    objects = models.Manager.from_queryset(DesignationQuerySet)()
    edition = EditionManager.from_queryset(DesignationQuerySet)()

    class Meta(Record.Meta):
        ordering = ("-designated_on", "named_as", "-pk")
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=is_partial_date("designated_on") & is_partial_date("removed_on"),
                name="designation_dates_are_dates",
            ),
            models.CheckConstraint(
                condition=not_before("removed_on", "designated_on"),
                name="designation_is_not_removed_before_it_is_made",
                violation_error_message="The removal is before the designation.",
            ),
            models.UniqueConstraint(
                fields=["federal_action", "named_as"], name="designation_names_a_jurisdiction_once_per_list"
            ),
        )
        indexes = (
            *Record.Meta.indexes,
            models.Index(fields=["-designated_on", "named_as", "-id"], name="designation_list_order"),
        )

    def __str__(self) -> str:
        return f"{self.named_as}: {self.designated_as}"

    def derive(self) -> None:
        self.state = self.jurisdiction.state

    def words_for_slug(self) -> str:
        return f"{self.designated_on}-{self.federal_action.slug[:60]}-{self.jurisdiction.slug}"
