"""A reader's report of a mistake, the places that limit how many one address sends, and the staff's answer."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from inbox import INBOX
from nouns.databases import PUBLISHED

LONGEST_TEXT = 5000
"""Characters of what a reader tells."""
LONGEST_NAME = 200
LONGEST_URL = 2000
MOST_AN_HOUR = 5
"""Reports that one address may send in an hour."""


class State(models.TextChoices):
    """What became of a report."""

    NEW = "new", "New"
    TAKEN_UP = "taken_up", "Taken up"
    CORRECTED = "corrected", "Corrected"
    DECLINED = "declined", "Declined"


class Place(models.Model):
    """One of the few reports that an address may send in an hour, taken.

    The database refuses to give a place away twice, which counts for all processes together and asks nobody to read.
    `sender` is a keyed hash of the address and the hour, so that addresses are neither kept nor told apart later.
    """

    DATABASE: ClassVar = INBOX

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sender = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint("sender", "number", name="place_is_taken_once"),
            models.CheckConstraint(condition=Q(number__range=(1, MOST_AN_HOUR)), name="place_is_one_of_an_hours"),
        )

    def __str__(self) -> str:
        return f"place {self.number}"


class Report(models.Model):
    """What a reader told us about one public record, and what the staff made of it.

    The key is given by us and not by the database, since a role that may only insert cannot be told a key.
    `dataset_version` is what the reader saw. `correction` is the number of the correction in the ledger.
    """

    DATABASE: ClassVar = INBOX

    id = models.UUIDField(primary_key=True)
    receipt_hash = models.CharField(max_length=64, unique=True, editable=False)
    noun = models.CharField(max_length=40)
    slug = models.CharField("record", max_length=160)
    dataset_version = models.PositiveBigIntegerField()
    wrong = models.TextField("what is wrong", max_length=LONGEST_TEXT)
    right = models.TextField("what would be right", max_length=LONGEST_TEXT, blank=True)
    source_url = models.URLField("where one can read that", max_length=LONGEST_URL, blank=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    email = models.EmailField("e-mail", max_length=LONGEST_NAME, blank=True)
    may_name = models.BooleanField("may be named", default=False)
    sent_at = models.DateTimeField("sent")

    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    words = models.TextField(
        "answer", blank=True, help_text="The reporter reads this. A report is declined with a reason."
    )
    correction = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="The correction in the ledger that came of it."
    )
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-sent_at", "pk")
        verbose_name = "report of a mistake"
        verbose_name_plural = "reports of mistakes"
        constraints = (
            models.CheckConstraint(condition=~Q(wrong=""), name="report_says_what_is_wrong"),
            models.CheckConstraint(condition=Q(may_name=False) | ~Q(name=""), name="report_to_be_named_has_a_name"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="report_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.NEW, words="", answered_by="", answered_at=None)
                | ~Q(state=State.NEW) & ~Q(answered_by="") & Q(answered_at__isnull=False),
                name="report_answer_has_an_author_and_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECLINED) | ~Q(words=""),
                name="report_declined_has_a_reason",
                violation_error_message="Say why it is declined: the reporter reads it.",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CORRECTED, correction__isnull=False)
                | ~Q(state=State.CORRECTED) & Q(correction=None),
                name="report_corrected_names_its_correction",
                violation_error_message="A correction belongs to a report that is corrected, and to no other.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.noun}/{self.slug}"


class Answer(models.Model):
    """What came of a report, in the published database: found by the hash of its receipt, and by nothing else.

    `credit` is the reporter's name where they wish to be named with the correction that came of it.
    """

    DATABASE: ClassVar = PUBLISHED

    receipt_hash = models.CharField(max_length=64, primary_key=True)
    noun = models.CharField(max_length=40)
    slug = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=State.choices)
    words = models.TextField(blank=True)
    correction = models.PositiveBigIntegerField(null=True, db_index=True)
    credit = models.CharField(max_length=LONGEST_NAME, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=(State.TAKEN_UP, State.CORRECTED, State.DECLINED)), name="answer_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(state=State.DECLINED) | ~Q(words=""), name="answer_declines_with_why"),
            models.CheckConstraint(
                condition=Q(credit="") | Q(correction__isnull=False), name="answer_credits_with_a_correction"
            ),
        )

    def __str__(self) -> str:
        return f"{self.noun}/{self.slug}: {self.state}"
