"""Letters: a mailing, each letter of it, and what followed, from which a letter's standing on a day is computed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from jurisdictions.models import Agency, Jurisdiction, StateField
from nouns.noun import EditionManager
from nouns.partial_dates import PartialDateField, is_partial_date, not_before
from tracker.models.federal import LegalAuthority
from tracker.models.grant import GrantAward
from tracker.models.record import ChildQuerySet, Record, RecordChild
from tracker.querysets import LetterBatchQuerySet, LetterQuerySet, Standing


class LetterBatch(Record):
    """One mailing: letters of one day and one text to several recipients."""

    NOUN: ClassVar[str] = "letter-batches"
    PUBLIC_FIELDS = (
        "title", "sent_on", "announced_on", "sender_agency", "legal_authorities", "demand", "threatened_consequences",
        "count_claimed", "summary",
    )  # fmt: skip
    CHILDREN = ("citations",)
    LATER = {"announced_on": ()}
    _history_m2m_fields = ("legal_authorities",)

    title = models.CharField(max_length=200, help_text="What the mailing is called here.")
    sent_on = PartialDateField(help_text="The day that the letters bear.")
    announced_on = PartialDateField(help_text="When the sender announced them.")
    sender_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="letter_batches", help_text="The agency that sent them."
    )
    legal_authorities = models.ManyToManyField(
        LegalAuthority, blank=True, related_name="letter_batches", help_text="The law that the letters rely on."
    )
    demand = models.TextField(blank=True, help_text="What the letters ask for.")
    threatened_consequences = models.TextField(blank=True, help_text="What the letters say may follow.")
    count_claimed = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many letters the sender says it sent."
    )
    summary = models.TextField(blank=True, help_text="What the mailing was, in the tracker's words.")

    objects = models.Manager.from_queryset(LetterBatchQuerySet)()
    edition = EditionManager.from_queryset(LetterBatchQuerySet)()

    class Meta(Record.Meta):
        ordering = ("-sent_on", "-pk")
        verbose_name_plural = "letter batches"
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=is_partial_date("sent_on") & is_partial_date("announced_on"),
                name="letterbatch_dates_are_dates",
            ),
        )
        indexes = (
            *Record.Meta.indexes,
            models.Index(fields=["-sent_on", "-id"], name="letterbatch_list_order"),
        )

    def __str__(self) -> str:
        return self.title

    def facts_to_cite(self) -> dict[str, str]:
        return {"sent_on": "date sent"} if self.sent_on else {}

    def words_for_slug(self) -> str:
        return self.sent_on or self.title


class Letter(Record):
    """One letter of the Department of Justice to one recipient.

    The recipient is kept as written; its jurisdiction stays empty while the words fit more than one place.
    """

    NOUN: ClassVar[str] = "letters"
    PUBLIC_FIELDS = (
        "batch", "sender_agency", "signatory", "signatory_title", "recipient_as_written", "jurisdiction", "state",
        "recipient_agency", "addressee", "addressee_title", "sent_on", "received_on", "legal_authorities", "demand",
        "threatened_consequences", "cited_awards", "summary",
    )  # fmt: skip
    COMPUTED_FIELDS: ClassVar[tuple[str, ...]] = ("standing", "due_on")
    CHILDREN = ("events", "citations")
    LATER = {"received_on": ()}
    _history_m2m_fields = ("legal_authorities", "cited_awards")

    batch = models.ForeignKey(
        LetterBatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        help_text="The mailing that it belongs to.",
    )
    sender_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="letters_sent", help_text="The agency that sent it."
    )
    signatory = models.CharField(max_length=120, blank=True, help_text="Who signed it; empty when not found.")
    signatory_title = models.CharField(max_length=160, blank=True, help_text="The signatory's office.")
    recipient_as_written = models.CharField(
        max_length=200, help_text="The recipient as the letter or the list names it."
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name="recipient jurisdiction",
        help_text="The jurisdiction that received it; empty while the words fit more than one.",
    )
    state = StateField()
    recipient_agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters_received",
        help_text="The agency it was addressed to, where it was one.",
    )
    addressee = models.CharField(
        max_length=120, blank=True, help_text="The person addressed, as the source names them."
    )
    addressee_title = models.CharField(max_length=160, blank=True, help_text="The addressee's office.")
    sent_on = PartialDateField(help_text="The day that the letter bears.")
    received_on = PartialDateField(help_text="When it arrived, where that is stated.")
    legal_authorities = models.ManyToManyField(
        LegalAuthority, blank=True, related_name="letters", help_text="The law that the letter relies on."
    )
    demand = models.TextField(blank=True, help_text="What the letter asks for.")
    threatened_consequences = models.TextField(blank=True, help_text="What the letter says may follow.")
    cited_awards = models.ManyToManyField(
        GrantAward, blank=True, related_name="cited_in_letters", help_text="The grant awards that the letter cites."
    )
    summary = models.TextField(blank=True, help_text="What a reader should know, attributed.")

    objects = models.Manager.from_queryset(LetterQuerySet)()
    edition = EditionManager.from_queryset(LetterQuerySet)()

    standing: str
    due_on: str

    class Meta(Record.Meta):
        ordering = ("-sent_on", "recipient_as_written", "-pk")
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=is_partial_date("sent_on") & is_partial_date("received_on"), name="letter_dates_are_dates"
            ),
            models.CheckConstraint(
                condition=not_before("received_on", "sent_on"),
                name="letter_is_not_received_before_it_is_sent",
                violation_error_message="It is received before it is sent.",
            ),
            models.CheckConstraint(condition=~Q(recipient_as_written=""), name="letter_names_its_recipient"),
        )
        indexes = (
            *Record.Meta.indexes,
            models.Index(fields=["-sent_on", "recipient_as_written", "-id"], name="letter_list_order"),
            models.Index(fields=["state", "-sent_on", "recipient_as_written", "-id"], name="letter_state_list_order"),
            models.Index(Upper("recipient_as_written"), name="letter_upper_recipient"),
        )

    def __str__(self) -> str:
        return f"{self.recipient_as_written}, {self.sent_on or 'undated'}"

    def derive(self) -> None:
        if self.jurisdiction is not None:
            self.state = self.jurisdiction.state

    def facts_to_cite(self) -> dict[str, str]:
        facts = {
            "sent_on": ("date sent", self.sent_on),
            "recipient_as_written": ("recipient", self.recipient_as_written),
            "events": ("deadline", any(event.due_on for event in self.events.all())),
            "legal_authorities": ("authority", self.legal_authorities.all()),
        }
        return {name: words for name, (words, stated) in facts.items() if stated}

    def words_for_slug(self) -> str:
        recipient = self.jurisdiction.slug if self.jurisdiction else self.recipient_as_written
        return f"{self.sent_on}-{recipient}"

    def get_standing_display(self) -> str:
        """The label of the standing that `LetterQuerySet.with_standing` computed."""
        return Standing(self.standing).label


class LetterEvent(RecordChild):
    """What happened to a letter: a deadline set or moved, a reply, an assessment, an escalation, a withdrawal."""

    class Kind(models.TextChoices):
        DEADLINE = "deadline", "Deadline"
        EXTENSION = "extension", "Extension"
        RESPONSE = "response", "Reply"
        ASSESSMENT = "assessment", "Assessment"
        ESCALATION = "escalation", "Escalation"
        WITHDRAWAL = "withdrawal", "Withdrawal"

    class Outcome(models.TextChoices):
        CLEARED = "cleared", "Cleared: no violation found"
        ADVERSE = "adverse", "Adverse: may violate or violates"

    PARENT = "letter"
    PUBLIC_FIELDS = ("kind", "on", "due_on", "outcome", "by", "summary")
    DECIDING = frozenset({Kind.RESPONSE, Kind.ASSESSMENT, Kind.WITHDRAWAL})
    """What decides on a letter's standing by having happened; a deadline does by being set."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind, help_text="What happened.")
    on = PartialDateField(help_text="When it happened; for a deadline, the day that it was set.")
    due_on = PartialDateField(help_text="The day that a deadline or extension falls on.")
    outcome = models.CharField(
        max_length=7, choices=Outcome, blank=True, help_text="What an assessment found, as its author says."
    )
    by = models.CharField(max_length=200, blank=True, help_text="Who did it, as the source names them.")
    summary = models.TextField(blank=True, help_text="What happened, in a sentence, attributed.")

    objects = models.Manager.from_queryset(ChildQuerySet)()
    edition = EditionManager.from_queryset(ChildQuerySet)()

    class Meta:
        ordering = ("on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=is_partial_date("on") & is_partial_date("due_on"), name="letterevent_dates_are_dates"
            ),
            models.CheckConstraint(
                condition=not_before("due_on", "on"),
                name="letterevent_is_not_due_before_it_is_set",
                violation_error_message="A deadline is not before the day that it was set.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["deadline", "extension"]) | ~Q(due_on=""),
                name="letterevent_deadline_has_a_day",
                violation_error_message="A deadline or an extension says when it is due.",
            ),
            models.CheckConstraint(
                condition=Q(kind="assessment") & ~Q(outcome="") | ~Q(kind="assessment") & Q(outcome=""),
                name="letterevent_assessment_and_outcome_go_together",
                violation_error_message="An assessment has an outcome, and nothing else has one.",
            ),
        )
        indexes = (
            models.Index(fields=["letter", "-on", "-id"], name="letterevent_latest_first"),
            models.Index(fields=["due_on", "letter"], condition=~Q(due_on=""), name="letterevent_by_deadline"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on or self.on}".strip()
