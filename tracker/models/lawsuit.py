"""Lawsuits: who sued whom over what, in which court, and what the courts ordered."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from jurisdictions.models import Jurisdiction
from nouns.noun import EditionManager
from nouns.partial_dates import PartialDate, PartialDateField, is_partial_date
from tracker.models.federal import FederalAction
from tracker.models.letter import Letter
from tracker.models.policy import Policy
from tracker.models.record import ChildQuerySet, Record, RecordChild
from tracker.querysets import LawsuitQuerySet


class Lawsuit(Record):
    """One case in one court. An appeal is a lawsuit of its own that names the case it comes from."""

    NOUN: ClassVar[str] = "lawsuits"
    PUBLIC_FIELDS = (
        "caption", "court", "court_id", "docket_number", "filed_on", "judge", "challenged", "federal_actions",
        "letters", "policies", "appeal_of", "posture",
    )  # fmt: skip
    CHILDREN = ("parties", "events", "citations")
    _history_m2m_fields = ("federal_actions", "letters", "policies")

    caption = models.CharField(max_length=300, help_text="Name of the case.")
    court = models.CharField(max_length=120, blank=True, help_text="The court; empty when not found.")
    court_id = models.CharField(max_length=15, blank=True, help_text="CourtListener's identifier of the court.")
    docket_number = models.CharField(max_length=40, blank=True, help_text="Docket number; empty when not found.")
    filed_on = PartialDateField(help_text="When it was filed.")
    judge = models.CharField(max_length=120, blank=True, help_text="The judge, where named.")
    challenged = models.CharField(max_length=300, blank=True, help_text="What it challenges, as the sources say.")
    federal_actions = models.ManyToManyField(
        FederalAction, blank=True, related_name="lawsuits", help_text="The federal actions it challenges."
    )
    letters = models.ManyToManyField(
        Letter, blank=True, related_name="lawsuits", help_text="The letters it challenges."
    )
    policies = models.ManyToManyField(
        Policy, blank=True, related_name="lawsuits", help_text="The state or local policies it challenges."
    )
    appeal_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals",
        help_text="The case that it is an appeal of.",
    )
    posture = models.CharField(max_length=300, blank=True, help_text="Where it stood when last looked at.")

    objects = models.Manager.from_queryset(LawsuitQuerySet)()
    edition = EditionManager.from_queryset(LawsuitQuerySet)()

    moved_on: bool
    latest_kind: str | None
    latest_on: str

    class Meta(Record.Meta):
        ordering = ("-filed_on", "-pk")
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(condition=is_partial_date("filed_on"), name="lawsuit_filed_on_is_a_date"),
            models.UniqueConstraint(
                fields=["court_id", "docket_number"],
                condition=~Q(court_id="") & ~Q(docket_number=""),
                name="lawsuit_docket_is_unique_in_its_court",
                violation_error_message="Another lawsuit has this docket number in this court.",
            ),
            models.CheckConstraint(
                condition=Q(appeal_of__isnull=True) | ~Q(appeal_of=models.F("id")),
                name="lawsuit_is_not_its_own_appeal",
            ),
        )
        indexes = (
            *Record.Meta.indexes,
            models.Index(fields=["-filed_on", "-id"], name="lawsuit_list_order"),
            models.Index(Upper("caption"), name="lawsuit_upper_caption"),
        )

    def __str__(self) -> str:
        return self.caption

    def forget_after(self, on: date) -> None:
        """As every noun does. Where it stood is what had last happened by then, once anything happened later."""
        super().forget_after(on)
        if self.moved_on:
            kind = LawsuitEvent.Kind(self.latest_kind).label if self.latest_kind else ""
            self.posture = f"{kind}, {PartialDate(self.latest_on).in_words}" if self.latest_on else kind


class LawsuitParty(RecordChild):
    """A party: a jurisdiction of the record, or anybody else by name."""

    class Role(models.TextChoices):
        PLAINTIFF = "plaintiff", "Plaintiff"
        DEFENDANT = "defendant", "Defendant"
        INTERVENOR = "intervenor", "Intervenor"
        AMICUS = "amicus", "Amicus curiae"

    PARENT = "lawsuit"
    PUBLIC_FIELDS = ("role", "name", "jurisdiction")

    lawsuit = models.ForeignKey(Lawsuit, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, choices=Role, help_text="The side it is on.")
    name = models.CharField(max_length=200, help_text="The party as the source names it.")
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lawsuit_parties",
        help_text="The jurisdiction, where the party is one.",
    )

    objects = models.Manager.from_queryset(ChildQuerySet)()
    edition = EditionManager.from_queryset(ChildQuerySet)()

    class Meta:
        ordering = ("-role", "pk")
        verbose_name_plural = "lawsuit parties"
        constraints = (
            models.UniqueConstraint(fields=["lawsuit", "role", "name"], name="lawsuitparty_is_listed_once_per_role"),
            models.CheckConstraint(condition=~Q(name=""), name="lawsuitparty_has_a_name"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display().lower()})"


class LawsuitEvent(RecordChild):
    """A filing, a hearing or a decision."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", "Complaint"
        AMENDED_COMPLAINT = "amended_complaint", "Amended complaint"
        MOTION = "motion", "Motion"
        ORDER = "order", "Order"
        OPINION = "opinion", "Opinion"
        TEMPORARY_RESTRAINING_ORDER = "temporary_restraining_order", "Temporary restraining order"
        PRELIMINARY_INJUNCTION = "preliminary_injunction", "Preliminary injunction"
        PERMANENT_INJUNCTION = "permanent_injunction", "Permanent injunction"
        STAY = "stay", "Stay"
        SUMMARY_JUDGMENT = "summary_judgment", "Summary judgment"
        CONSENT_JUDGMENT = "consent_judgment", "Consent judgment"
        DISMISSAL = "dismissal", "Dismissal"
        APPEAL_DECISION = "appeal_decision", "Appeal decision"
        REHEARING = "rehearing", "Rehearing"
        CERT_PETITION = "cert_petition", "Petition for certiorari"
        CERT_DENIED = "cert_denied", "Certiorari denied"
        SETTLEMENT = "settlement", "Settlement"
        OTHER = "other", "Other"

    class Scope(models.TextChoices):
        NATIONWIDE = "nationwide", "Nationwide"
        PARTIES = "parties", "The parties"
        STATE = "state", "One state"

    PARENT = "lawsuit"
    PUBLIC_FIELDS = ("kind", "on", "court", "citation", "scope", "summary")

    lawsuit = models.ForeignKey(Lawsuit, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=27, choices=Kind, help_text="What it is.")
    on = PartialDateField(help_text="When it was filed or decided.")
    court = models.CharField(max_length=120, blank=True, help_text="The court that acted.")
    citation = models.CharField(max_length=200, blank=True, help_text="Reporter citation or docket entry.")
    scope = models.CharField(
        max_length=10, choices=Scope, blank=True, help_text="Whom an order binds; empty when not stated."
    )
    summary = models.TextField(blank=True, help_text="What happened, in a sentence.")

    objects = models.Manager.from_queryset(ChildQuerySet)()
    edition = EditionManager.from_queryset(ChildQuerySet)()

    class Meta:
        ordering = ("on", "pk")
        constraints = (models.CheckConstraint(condition=is_partial_date("on"), name="lawsuitevent_on_is_a_date"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}".strip()
