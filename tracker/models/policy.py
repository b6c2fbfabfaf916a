"""Policies: what a jurisdiction decided about cooperation, what became of it, and how it answers the codebook."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from jurisdictions.models import Agency, Jurisdiction, StateField
from nouns.history import HistoryQuerySet
from nouns.noun import EditionManager, Reference
from nouns.partial_dates import PartialDateField, is_partial_date, not_before
from tracker.models.record import ChildQuerySet, Record, RecordChild
from tracker.querysets import PolicyQuerySet


class Codebook(Reference):
    """One version of the questions that policies are coded by."""

    NOUN: ClassVar[str] = "codebooks"
    PUBLIC_FIELDS = ("version", "title", "introduction")

    version = models.CharField(max_length=20, help_text="Version of the codebook, such as 1.0.")
    title = models.CharField(max_length=200, help_text="Title.")
    introduction = models.TextField(blank=True, help_text="How to code a policy.")

    objects = models.Manager.from_queryset(HistoryQuerySet)()
    edition = EditionManager.from_queryset(HistoryQuerySet)()

    class Meta:
        ordering = ("version", "pk")
        constraints = (models.UniqueConstraint(fields=["version"], name="codebook_version_is_unique"),)

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def words_for_slug(self) -> str:
        return f"codebook-{self.version}"


class Question(Reference):
    """One question of a codebook."""

    NOUN: ClassVar[str] = "questions"
    PUBLIC_FIELDS = ("codebook", "position", "text", "guidance")

    codebook = models.ForeignKey(
        Codebook, on_delete=models.PROTECT, related_name="questions", help_text="The codebook it belongs to."
    )
    position = models.PositiveSmallIntegerField(help_text="Place in the codebook, from 1.")
    text = models.CharField(max_length=300, help_text="The question.")
    guidance = models.TextField(blank=True, help_text="How to answer it.")

    objects = models.Manager.from_queryset(HistoryQuerySet)()
    edition = EditionManager.from_queryset(HistoryQuerySet)()

    class Meta:
        ordering = ("codebook", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["codebook", "position"], name="question_position_is_unique_in_its_codebook"
            ),
        )

    def __str__(self) -> str:
        return self.text


class Policy(Record):
    """An ordinance, statute, order, resolution or directive about cooperation with federal immigration enforcement."""

    class Instrument(models.TextChoices):
        STATUTE = "statute", "State statute"
        ORDINANCE = "ordinance", "Ordinance"
        LOCAL_LAW = "local_law", "Local law"
        RESOLUTION = "resolution", "Resolution"
        EXECUTIVE_ORDER = "executive_order", "Executive order"
        DIRECTIVE = "directive", "Directive"
        AGENCY_POLICY = "agency_policy", "Agency policy"
        BOARD_POLICY = "board_policy", "Board policy"
        CONSENT_DECREE = "consent_decree", "Consent decree"

    class Stance(models.TextChoices):
        LIMITS = "limits", "Limits cooperation"
        REQUIRES = "requires", "Requires cooperation"
        MIXED = "mixed", "Limits and requires"

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", "Adopted"
        PROPOSED = "proposed", "Proposed"
        FAILED = "failed", "Failed"

    NOUN: ClassVar[str] = "policies"
    PUBLIC_FIELDS = (
        "title", "jurisdiction", "state", "issuing_agency", "instrument", "citation", "stance", "summary",
        "outcome", "adopted_on", "effective_on", "ended_on", "end_reason", "supersedes",
    )  # fmt: skip
    DERIVED_FIELDS = ("state",)
    CHILDREN = ("events", "answers", "citations")
    LATER = {"ended_on": ("end_reason",)}
    _history_m2m_fields = ("supersedes",)

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="policies", help_text="The jurisdiction that decided."
    )
    state = StateField()
    issuing_agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="policies",
        help_text="The body that adopted or issued it.",
    )
    title = models.CharField(max_length=300, help_text="Official or usual title.")
    instrument = models.CharField(max_length=15, choices=Instrument, help_text="What kind of act it is.")
    citation = models.CharField(
        max_length=200, blank=True, help_text="How it is cited: code section, order number, file."
    )
    stance = models.CharField(
        max_length=8,
        choices=Stance,
        blank=True,
        help_text="Whether its text limits cooperation, requires it, or does both; empty when not coded.",
    )
    summary = models.TextField(blank=True, help_text="What it says, in the tracker's words.")
    outcome = models.CharField(max_length=8, choices=Outcome, help_text="Adopted, proposed or failed.")
    adopted_on = PartialDateField(help_text="When it was adopted, signed or issued.")
    effective_on = PartialDateField(help_text="When it took effect, where that is stated.")
    ended_on = PartialDateField(help_text="The first day on which it no longer applied.")
    end_reason = models.CharField(max_length=200, blank=True, help_text="How it ended.")
    supersedes = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="superseded_by",
        help_text="Policies that it amended or replaced.",
    )

    objects = models.Manager.from_queryset(PolicyQuerySet)()
    edition = EditionManager.from_queryset(PolicyQuerySet)()

    class Meta(Record.Meta):
        ordering = ("-adopted_on", "-pk")
        verbose_name_plural = "policies"
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=is_partial_date("adopted_on") & is_partial_date("effective_on") & is_partial_date("ended_on"),
                name="policy_dates_are_dates",
            ),
            models.CheckConstraint(
                condition=not_before("ended_on", "adopted_on") & not_before("ended_on", "effective_on"),
                name="policy_does_not_end_before_it_starts",
                violation_error_message="The end is before the start.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="adopted") | Q(effective_on="", ended_on=""),
                name="policy_takes_effect_only_when_adopted",
                violation_error_message="Only an adopted policy takes effect or ends.",
            ),
        )
        indexes = (
            *Record.Meta.indexes,
            models.Index(fields=["-adopted_on", "-id"], name="policy_list_order"),
            models.Index(fields=["state", "-adopted_on", "-id"], name="policy_state_list_order"),
            models.Index(Upper("title"), name="policy_upper_title"),
        )

    def __str__(self) -> str:
        return self.title

    def derive(self) -> None:
        self.state = self.jurisdiction.state

    def words_for_slug(self) -> str:
        return f"{self.title[:80]}-{self.jurisdiction.slug}"


class PolicyEvent(RecordChild):
    """Something that happened to a policy on a day, a month or a year."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ADOPTED = "adopted", "Adopted"
        EFFECTIVE = "effective", "Took effect"
        REPORTED = "reported", "Reported as in force"
        AMENDED = "amended", "Amended"
        VETOED = "vetoed", "Vetoed"
        ENJOINED = "enjoined", "Enjoined"
        UPHELD = "upheld", "Upheld"
        FAILED = "failed", "Failed"
        REPEALED = "repealed", "Repealed"
        SUPERSEDED = "superseded", "Superseded"

    PARENT = "policy"
    PUBLIC_FIELDS = ("kind", "on", "summary")
    IN_FORCE = (Kind.ADOPTED, Kind.EFFECTIVE, Kind.REPORTED, Kind.AMENDED, Kind.UPHELD)
    """Kinds that show a policy to be in force where its own dates are unknown."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind, help_text="What happened.")
    on = PartialDateField(help_text="When it happened.")
    summary = models.TextField(blank=True, help_text="What happened, in a sentence.")

    objects = models.Manager.from_queryset(ChildQuerySet)()
    edition = EditionManager.from_queryset(ChildQuerySet)()

    class Meta:
        ordering = ("on", "pk")
        constraints = (models.CheckConstraint(condition=is_partial_date("on"), name="policyevent_on_is_a_date"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}".strip()


class PolicyAnswer(RecordChild):
    """How a policy answers one question of the codebook, with the words that say so.

    No row means not researched; `none_found` means searched without result; `no` means that the text says no.
    """

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        PARTLY = "partly", "Partly"
        UNCLEAR = "unclear", "Unclear"
        NONE_FOUND = "none_found", "Searched, none found"

    PARENT = "policy"
    PUBLIC_FIELDS = ("question", "answer", "quote", "locator")

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="answers", help_text="The question answered."
    )
    answer = models.CharField(max_length=10, choices=Answer, help_text="The answer.")
    quote = models.TextField(blank=True, help_text="The words of the policy that answer it.")
    locator = models.CharField(max_length=120, blank=True, help_text="Where in the policy: section, page.")

    objects = models.Manager.from_queryset(ChildQuerySet)()
    edition = EditionManager.from_queryset(ChildQuerySet)()

    class Meta:
        ordering = ("question__position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["policy", "question"], name="policyanswer_answers_a_question_once"),
        )

    def __str__(self) -> str:
        return f"{self.question} {self.get_answer_display()}"
