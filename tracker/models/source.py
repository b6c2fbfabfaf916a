"""Sources, and the citations that tie each fact to them."""

from __future__ import annotations

import secrets
from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from jurisdictions.edition import EditionManager, HistoryQuerySet
from tracker.models.record import Record, RecordChild
from tracker.partial_dates import PartialDateField, is_partial_date


def random_name(_source: models.Model, filename: str) -> str:
    """A name for a stored file that tells nothing and cannot be guessed; the extension stays."""
    return f"sources/{secrets.token_hex(16)}{PurePosixPath(filename).suffix.lower()}"


class Source(Record):
    """Something that was read: a letter, a release, an ordinance, a court paper, an article."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", "Primary document"
        OFFICIAL = "official", "Official publication"
        COURT = "court", "Court paper"
        NEWS = "news", "News report"
        ANALYSIS = "analysis", "Analysis"
        ADVOCACY = "advocacy", "Advocacy group"
        SECONDARY = "secondary", "Secondary copy or aggregator"

    NOUN: ClassVar[str] = "sources"
    NEEDS_CITATION: ClassVar[bool] = False
    PUBLIC_FIELDS = (
        "title", "kind", "publisher", "author", "published_on", "url", "archive_url", "retrieved_on", "sha256", "note",
    )  # fmt: skip
    INTERNAL_FIELDS = ("file", "extracted_text")

    title = models.CharField(max_length=400, help_text="Title as published, or a description of an untitled paper.")
    kind = models.CharField(max_length=9, choices=Kind, help_text="What kind of document it is.")
    publisher = models.CharField(max_length=200, blank=True, help_text="Who published it; empty when not stated.")
    author = models.CharField(max_length=200, blank=True, help_text="Who wrote it, where named.")
    published_on = PartialDateField(help_text="Day, month or year of publication.")
    url = models.URLField("address", max_length=1000, blank=True, help_text="Where it was read.")
    archive_url = models.URLField("archived copy", max_length=1000, blank=True, help_text="A kept copy.")
    retrieved_on = PartialDateField(help_text="When it was read.")
    file = models.FileField(
        upload_to=random_name, blank=True, help_text="The document itself. Private until published."
    )
    sha256 = models.CharField(
        "SHA-256",
        max_length=64,
        blank=True,
        validators=[RegexValidator(r"^[0-9a-f]{64}$", "A SHA-256 is 64 hexadecimal digits in lower case.")],
        help_text="Checksum of the kept document.",
    )
    extracted_text = models.TextField(blank=True, help_text="Text of the document, for search by staff.")
    note = models.TextField(blank=True, help_text="What the source covers, or how it should be read.")

    objects = models.Manager.from_queryset(HistoryQuerySet)()
    edition = EditionManager.from_queryset(HistoryQuerySet)()

    class Meta(Record.Meta):
        ordering = ("title", "pk")
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(condition=is_partial_date("published_on"), name="source_published_on_is_a_date"),
            models.CheckConstraint(condition=is_partial_date("retrieved_on"), name="source_retrieved_on_is_a_date"),
        )
        indexes = (
            models.Index(fields=["title", "id"], name="source_list_order"),
            models.Index(Upper("title"), name="source_upper_title"),
        )

    def __str__(self) -> str:
        return self.title


CITED = (
    "policy",
    "letter_batch",
    "letter",
    "grant_award",
    "lawsuit",
    "federal_action",
    "designation",
    "statement",
)
"""The records that a citation can belong to, each by a foreign key of its own."""


def exactly_one_is_set(names: tuple[str, ...]) -> Q:
    """The condition that exactly one of the named keys is set."""
    condition = Q(pk__in=[])
    for chosen in names:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return condition


def cited_record(model: str) -> models.ForeignKey[Any, Any]:
    """The key to one kind of cited record."""
    return models.ForeignKey(
        f"tracker.{model}", on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )


class Citation(RecordChild):
    """One source for one record, or for one field of it, with the place in the source and its words."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", "Supports"
        CONTRADICTS = "contradicts", "Contradicts"

    PUBLIC_FIELDS = ("source", "field", "stance", "locator", "quote")

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="citing", help_text="The source that says it."
    )
    policy = cited_record("Policy")
    letter_batch = cited_record("LetterBatch")
    letter = cited_record("Letter")
    grant_award = cited_record("GrantAward")
    lawsuit = cited_record("Lawsuit")
    federal_action = cited_record("FederalAction")
    designation = cited_record("Designation")
    statement = cited_record("Statement")
    field = models.CharField(
        max_length=60, blank=True, help_text="The field that it is about, such as sent_on; empty for the whole record."
    )
    stance = models.CharField(
        max_length=11,
        choices=Stance,
        default=Stance.SUPPORTS,
        help_text="Whether the source supports what the record says or contradicts it.",
    )
    locator = models.CharField(max_length=120, blank=True, help_text="Where in the source: page, section, paragraph.")
    quote = models.TextField(blank=True, help_text="The words of the source.")

    objects = models.Manager.from_queryset(HistoryQuerySet)()
    edition = EditionManager.from_queryset(HistoryQuerySet)()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=exactly_one_is_set(CITED),
                name="citation_belongs_to_exactly_one_record",
                violation_error_message="A citation belongs to exactly one record.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.source}"

    def parent_record(self) -> Record:
        """The one record that this citation belongs to."""
        for name in CITED:
            if getattr(self, f"{name}_id") is not None:
                record: Record = getattr(self, name)
                return record
        raise ValueError("A citation belongs to exactly one record.")
