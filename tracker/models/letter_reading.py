"""What documents propose for the letters that are logged from them. It is the desk's own and stays in the record."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils import timezone

from tracker.models.source import Source


class LetterReading(models.Model):
    """A source that a letter is logged from: asked for at its desk, found by the worker.

    What is proposed holds for one text alone; a source that has another one since proposes nothing.
    """

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="letter_reading")
    asked_at = models.DateTimeField(default=timezone.now)
    proposals = models.JSONField(null=True, help_text="What is proposed, with page and words; null until it was read.")
    text_sha256 = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the text that proposes it.")
    fault = models.CharField(max_length=300, blank=True, help_text="Why nothing could be looked for.")

    def __str__(self) -> str:
        return f"What {self.source} proposes"

    @property
    def waits(self) -> bool:
        """Whether the worker has not looked yet."""
        return self.proposals is None

    def is_of(self, source: Source) -> bool:
        """Whether what is proposed was read from the text that the source has now."""
        return self.text_sha256 == self.digest_of(source)

    @staticmethod
    def digest_of(source: Source) -> str:
        """The SHA-256 of a source's text, in hexadecimal digits."""
        return hashlib.sha256(source.extracted_text.encode()).hexdigest()
