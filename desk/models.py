"""What the desk remembers: who follows what, which mail was sent to whom, and what was set aside.

All of it stays in the record: the router keeps this room out of the published edition.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from jurisdictions.models import StateField
from tracker.models import Letter

ATTEMPTS = 3
"""How often background work is tried before a person has to look at it."""


def account_key(related_name: str = "+") -> models.ForeignKey[Any, Any]:
    """The account that a row belongs to, and goes with."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name=related_name)


class Follow(models.Model):
    """An account follows one letter, every letter of one state, or every letter."""

    account = account_key("follows")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, null=True, blank=True, related_name="followed_by")
    state = StateField()
    everything = models.BooleanField(default=False)

    class Meta:
        verbose_name = "followed deadline"
        verbose_name_plural = "my deadlines"
        constraints = (
            models.CheckConstraint(
                condition=Q(letter__isnull=False, state="", everything=False)
                | Q(letter__isnull=True, everything=False) & ~Q(state="")
                | Q(letter__isnull=True, state="", everything=True),
                name="follow_is_of_one_thing",
                violation_error_message="Follow one letter, one state or everything.",
            ),
            models.UniqueConstraint(
                "account", "letter", condition=Q(letter__isnull=False), name="follow_of_a_letter_is_unique"
            ),
            models.UniqueConstraint("account", "state", condition=~Q(state=""), name="follow_of_a_state_is_unique"),
            models.UniqueConstraint("account", condition=Q(everything=True), name="follow_of_everything_is_unique"),
        )

    def __str__(self) -> str:
        return str(self.letter or self.get_state_display() or "Every letter")


class Preferences(models.Model):
    """What an account wants to be sent. An account without a row wants the digest and has no calendar."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.BooleanField(default=True, help_text="Send the weekly digest.")
    calendar_hash = models.CharField(  # noqa: DJ001  # No hash is no text, and texts are unique here.
        max_length=64, null=True, unique=True, editable=False, help_text="SHA-256 of the calendar's secret."
    )
    calendar_made_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return f"Preferences of {self.account}"


class Mail(models.Model):
    """One e-mail to one account. Written before it is sent, together with the work that sends it."""

    class Kind(models.TextChoices):
        REMINDERS = "reminders", "Reminders"
        DIGEST = "digest", "Weekly digest"

    account = account_key("mails")
    kind = models.CharField(max_length=9, choices=Kind)
    week = models.CharField(max_length=8, blank=True, help_text="The ISO week of a digest, such as 2017-W27.")
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, help_text="When it was sent, or found to have nothing left to say.")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="digest") & ~Q(week="") | Q(kind="reminders", week=""), name="mail_digest_has_a_week"
            ),
            models.UniqueConstraint("account", "week", condition=Q(kind="digest"), name="mail_one_digest_a_week"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.account}"


class Reminder(models.Model):
    """One account is reminded of one deadline of one letter, so many days before it; once and never again."""

    DAYS_BEFORE: ClassVar[tuple[int, ...]] = (14, 7, 1, -1)

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="reminders")
    account = account_key()
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField(help_text="The last day that the deadline can mean.")
    days_before = models.SmallIntegerField(help_text="Days before the deadline; -1 is the day after it.")

    class Meta:
        constraints = (
            models.UniqueConstraint("account", "letter", "due_on", "days_before", name="reminder_is_written_once"),
            models.CheckConstraint(condition=Q(days_before__in=[14, 7, 1, -1]), name="reminder_days_before_are_known"),
        )

    def __str__(self) -> str:
        return f"{self.letter}, due {self.due_on}, {self.days_before} days before"


class BackgroundWork(DBTaskResult):  # type: ignore[type-arg]  # Its parameters are those of a function we do not know.
    """Work that a worker carries out, as staff see it."""

    class Meta:
        proxy = True
        verbose_name = "background work"
        verbose_name_plural = "background work"

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        """The name of the work, in words."""
        return self.task_path.rsplit(".", 1)[-1].replace("_", " ").capitalize()

    @property
    def attempts(self) -> int:
        """How often a worker has begun it since somebody last asked for it."""
        return len(self.worker_ids)

    @property
    def error(self) -> str:
        """Why the last attempt failed, in one line."""
        lines = [line.strip() for line in self.traceback.splitlines() if line.strip()]
        return lines[-1] if lines else ""


class SetAside(models.Model):
    """Failed work that somebody looked at and decided to leave. It no longer waits on the work list."""

    work = models.OneToOneField(DBTaskResult, on_delete=models.CASCADE, related_name="set_aside")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "set aside"

    def __str__(self) -> str:
        return f"{self.work_id}, by {self.by}"


class StaffCache(models.Model):
    """The table of Django's database cache, where the processes of the staff count wrong passwords together."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "desk_staff_cache"

    def __str__(self) -> str:
        return self.cache_key
