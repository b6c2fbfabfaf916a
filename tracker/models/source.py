"""Sources, and the citations that tie each fact to them."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from nouns.history import HistoryQuerySet
from nouns.noun import EditionManager
from nouns.partial_dates import PartialDateField, is_partial_date
from tracker.models.record import ChildQuerySet, Record, RecordChild


def random_name(_source: models.Model, filename: str) -> str:
    """A name for a stored file that tells nothing and cannot be guessed; the extension stays."""
    return f"sources/{secrets.token_hex(16)}{PurePosixPath(filename).suffix.lower()}"


LARGEST_DOCUMENT = 25 * 1024 * 1024
"""Bytes of a kept document."""


def is_a_pdf(document: File[bytes]) -> None:
    """Raise ValidationError unless a new file is a PDF by its name and by its content, and not too large to keep."""
    if getattr(document, "_committed", False):
        return  # It is stored already, and was checked then.
    if document.size > LARGEST_DOCUMENT:
        raise ValidationError(f"A document may have {LARGEST_DOCUMENT // 1024**2} MB; this one is larger.")
    if PurePosixPath(document.name or "").suffix.lower() != ".pdf":
        raise ValidationError("Only PDF files are kept, with a name that ends in .pdf.")
    document.seek(0)
    if not document.read(5).startswith(b"%PDF-"):
        raise ValidationError("This is not a PDF, whatever its name says: it does not begin as a PDF does.")


def digest_of(document: File[bytes]) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    document.seek(0)
    digest = hashlib.sha256()
    for chunk in document.chunks():
        digest.update(chunk)
    document.seek(0)
    return digest.hexdigest()


class Source(Record):
    """Something that was read: a letter, a release, an ordinance, a court paper, an article.

    Its document is kept under a random name. The checksum is taken when the document is saved, its text is read later
    (see `tracker.evidence`), and the public can fetch it as long as the source is published.
    """

    class Kind(models.TextChoices):
        PRIMARY = "primary", "Primary document"
        OFFICIAL = "official", "Official publication"
        COURT = "court", "Court paper"
        NEWS = "news", "News report"
        ANALYSIS = "analysis", "Analysis"
        ADVOCACY = "advocacy", "Advocacy group"
        SECONDARY = "secondary", "Secondary copy or aggregator"

    class TextState(models.TextChoices):
        """How far the reading of the kept document is. Empty while there is none."""

        WAITING = "waiting", "Waiting to be read"
        READ = "read", "Read"
        NO_TEXT = "no_text", "A scan: there is no text in it"
        FAILED = "failed", "Could not be read"

    class LinkState(models.TextChoices):
        """What the last check of the address found. Empty while nobody checked."""

        ALIVE = "alive", "Answers as before"
        CHANGED = "changed", "Answers with something else than before"
        DEAD = "dead", "Does not answer"

    NOUN: ClassVar[str] = "sources"
    NEEDS_CITATION: ClassVar[bool] = False
    PUBLIC_FIELDS = (
        "title", "kind", "publisher", "author", "published_on", "url", "archive_url", "retrieved_on", "sha256", "note",
    )  # fmt: skip
    INTERNAL_FIELDS = (
        "file", "text_state", "text_fault", "extracted_text", "link_state", "link_checked_at", "link_sha256",
    )  # fmt: skip

    title = models.CharField(max_length=400, help_text="Title as published, or a description of an untitled paper.")
    kind = models.CharField(max_length=9, choices=Kind, help_text="What kind of document it is.")
    publisher = models.CharField(max_length=200, blank=True, help_text="Who published it; empty when not stated.")
    author = models.CharField(max_length=200, blank=True, help_text="Who wrote it, where named.")
    published_on = PartialDateField(help_text="Day, month or year of publication.")
    url = models.URLField("address", max_length=1000, blank=True, help_text="Where it was read.")
    archive_url = models.URLField("archived copy", max_length=1000, blank=True, help_text="A kept copy.")
    retrieved_on = PartialDateField(help_text="When it was read.")
    file = models.FileField(
        "document",
        upload_to=random_name,
        blank=True,
        validators=[is_a_pdf],
        help_text="The document itself, as a PDF of at most 25 MB. Private until this source is published.",
    )
    sha256 = models.CharField(
        "SHA-256",
        max_length=64,
        blank=True,
        validators=[RegexValidator(r"^[0-9a-f]{64}$", "A SHA-256 is 64 hexadecimal digits in lower case.")],
        help_text="Checksum of the kept document.",
    )
    text_state = models.CharField("text", max_length=7, choices=TextState, blank=True, editable=False)
    text_fault = models.CharField(max_length=300, blank=True, editable=False, help_text="Why no text could be read.")
    extracted_text = models.TextField(
        blank=True, editable=False, help_text="Text of the document, for search by staff; form feeds part its pages."
    )
    link_state = models.CharField("address check", max_length=7, choices=LinkState, blank=True, editable=False)
    link_checked_at = models.DateTimeField("address checked", null=True, blank=True, editable=False)
    link_sha256 = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Checksum of what the address answered at first."
    )
    note = models.TextField(blank=True, help_text="What the source covers, or how it should be read.")

    objects = models.Manager.from_queryset(HistoryQuerySet)()
    edition = EditionManager.from_queryset(HistoryQuerySet)()

    class Meta(Record.Meta):
        ordering = ("title", "pk")
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(condition=is_partial_date("published_on"), name="source_published_on_is_a_date"),
            models.CheckConstraint(condition=is_partial_date("retrieved_on"), name="source_retrieved_on_is_a_date"),
            models.CheckConstraint(condition=Q(file="") | ~Q(sha256=""), name="source_document_has_a_checksum"),
            models.UniqueConstraint(
                fields=["sha256"],
                condition=~Q(file=""),
                name="source_document_is_kept_once",
                violation_error_message="This document is already kept with another source.",
            ),
        )
        indexes = (
            *Record.Meta.indexes,
            models.Index(fields=["title", "id"], name="source_list_order"),
            models.Index(Upper("title"), name="source_upper_title"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def has_new_document(self) -> bool:
        """Whether a document was chosen that is not stored yet."""
        # Django's files say it in no other way.
        return bool(self.file) and not self.file._committed  # type: ignore[attr-defined]  # noqa: SLF001

    def clean(self) -> None:
        """Take the checksum of a new document, and name the source that keeps the same one already."""
        super().clean()
        if not self.has_new_document:
            return
        self.sha256 = digest_of(self.file)
        twin = Source.objects.filter(sha256=self.sha256).exclude(pk=self.pk).exclude(file="").first()
        if twin is not None:
            raise ValidationError(
                {"file": f"This very document is already kept with the source “{twin}” ({twin.slug})."}
            )

    def save(self, *args: object, **kwargs: object) -> None:
        if self.has_new_document:
            self.sha256 = digest_of(self.file)
            self.text_state = Source.TextState.WAITING
            self.text_fault = self.extracted_text = ""
        elif not self.file and self.text_state:
            self.text_state = self.text_fault = self.extracted_text = ""  # They were the removed document's.
        if self.link_state and Source._base_manager.filter(pk=self.pk).exclude(url=self.url).exists():
            self.link_state, self.link_sha256, self.link_checked_at = "", "", None  # They were the other address's.
        super().save(*args, **kwargs)


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

    objects = models.Manager.from_queryset(ChildQuerySet)()
    edition = EditionManager.from_queryset(ChildQuerySet)()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=exactly_one_is_set(CITED),
                name="citation_belongs_to_exactly_one_record",
                violation_error_message="A citation belongs to exactly one record.",
            ),
        )
        indexes = (models.Index(fields=["source"], condition=Q(stance="contradicts"), name="citation_contradictions"),)

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.source}"

    @classmethod
    def parent_names(cls) -> tuple[str, ...]:
        return CITED

    def parent_record(self) -> Record:
        """The one record that this citation belongs to."""
        for name in CITED:
            if getattr(self, f"{name}_id") is not None:
                record: Record = getattr(self, name)
                return record
        raise ValueError("A citation belongs to exactly one record.")
