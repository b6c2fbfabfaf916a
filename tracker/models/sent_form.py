"""The forms that made something. It is bookkeeping of the staff's site and stays in the record."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class SentForm(models.Model):
    """A form that was sent and made a record. Its key is spent: the same form sent again leads to what it made."""

    key = models.CharField(max_length=32, unique=True, help_text="The one-time key that the form was opened with.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was sent.")
    address = models.CharField(max_length=500, help_text="The page of what it made.")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.key}, which made {self.address}"
