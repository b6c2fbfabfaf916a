"""The tables that staff uploaded. It is bookkeeping of the staff's site and stays in the record."""

from __future__ import annotations

import secrets
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.utils import timezone

from nouns.history import LONGEST_REASON


def random_name(_table: models.Model, filename: str) -> str:
    """A name for the kept file that cannot be guessed; the extension says what it is, and stays."""
    return f"imports/{secrets.token_hex(16)}{PurePosixPath(filename).suffix.lower()}"


class TableImport(models.Model):
    """One table that an account uploaded: looked at first, and then carried out once, or never.

    `report` is that of `desk.tables.imports`: what the table would do, or did.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Being looked at"
        LOOKED_AT = "looked_at", "Looked at"
        WRITING = "writing", "Being carried out"
        DONE = "done", "Carried out"

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    noun = models.CharField(max_length=40)
    name = models.CharField("file", max_length=200)
    file = models.FileField(upload_to=random_name, blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    in_bulk = models.BooleanField(default=False, help_text="Whether the worker looks at it and carries it out.")
    rows_seen = models.PositiveIntegerField(default=0, help_text="How far the worker is.")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField("uploaded", default=timezone.now, db_index=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "import"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | ~models.Q(state="done") & models.Q(done_at__isnull=True),
                name="tableimport_done_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.name
