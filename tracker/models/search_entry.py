"""The text by which a published noun is found. Filled from the ledger's documents, read by `public.search`."""

from __future__ import annotations

from django.db import models

from jurisdictions.models import StateField
from nouns.noun import EditionManager


class SearchEntry(models.Model):
    """What one published noun can be found by: its title and all its public words. Stays empty in the record."""

    noun = models.CharField(max_length=40)
    record_id = models.PositiveBigIntegerField()
    slug = models.CharField(max_length=140)
    state = StateField()
    title = models.TextField()
    body = models.TextField(blank=True)

    objects = models.Manager["SearchEntry"]()
    edition = EditionManager["SearchEntry"]()

    class Meta:
        verbose_name_plural = "search entries"
        constraints = (models.UniqueConstraint(fields=["noun", "record_id"], name="searchentry_is_one_per_record"),)

    def __str__(self) -> str:
        return self.title
