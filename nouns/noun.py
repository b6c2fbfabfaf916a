"""What every public noun shares, wherever it lives: an edition beside the record, a history, and declared fields.

A noun says once, in its declarations, which of its fields may ever leave the record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.base import ModelState
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone

from nouns.databases import PUBLISHED, RECORD
from nouns.history import HISTORY

ModelT = TypeVar("ModelT", bound=models.Model)


class StaleRevision(ValidationError):
    """Somebody else saved this record since it was read; nothing was written."""


class PublishedStays(ValidationError):
    """Something tried to delete what was public once; nothing was deleted."""


class EditionManager(models.Manager[ModelT]):
    """Reads the published edition. `public` uses it for everything; nothing else needs to."""

    def get_queryset(self) -> models.QuerySet[ModelT]:
        return super().get_queryset().using(PUBLISHED)


class Declared(models.Model):
    """Anything whose fields are declared public or internal, noun or child.

    PUBLIC_FIELDS and INTERNAL_FIELDS name, in reading order, every field that is not structure (key, slug, parent,
    revision, dates of publication). A test fails until each field stands in exactly one. DERIVED_FIELDS names those of
    them that follow from others: they are shown, and nobody types them.
    """

    PUBLIC_FIELDS: ClassVar[tuple[str, ...]] = ()
    INTERNAL_FIELDS: ClassVar[tuple[str, ...]] = ()
    DERIVED_FIELDS: ClassVar[tuple[str, ...]] = ()

    objects: models.Manager[Self]
    edition: EditionManager[Self]
    history = HISTORY

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], *, fetch_mode: Any = None
    ) -> Self:
        """A row read from a database, without the general way of `__init__`, which takes ten times as long.

        From Django 6.1 on it says what happens when a field is read that was not fetched.
        """
        row = cls.__new__(cls)
        row.__dict__.update(zip(field_names, values, strict=True), _state=ModelState())
        row._state.adding, row._state.db = False, db
        if fetch_mode is not None:
            row._state.fetch_mode = fetch_mode
        return row

    @classmethod
    def many_to_many_fields(cls) -> list[models.ManyToManyField[Any, Any]]:
        """The public many-to-many fields, in reading order."""
        fields = [cls._meta.get_field(name) for name in cls.PUBLIC_FIELDS]
        return [field for field in fields if isinstance(field, models.ManyToManyField)]


class PublicNoun(Declared):
    """A thing with an address of its own: a slug that never changes once public, a revision, and a place in the ledger.

    NOUN is the plural used in every URL and in the ledger. CHILDREN names the reverse relations that travel with it.
    LATER names the partial dates of what comes after the noun began, such as its end, with the texts that tell of it.
    `revision` grows with each save of content, and is checked: saving a copy that somebody else has saved since raises
    StaleRevision.
    """

    NOUN: ClassVar[str]
    CHILDREN: ClassVar[tuple[str, ...]] = ()
    LATER: ClassVar[dict[str, tuple[str, ...]]] = {}

    slug = models.SlugField(
        max_length=140,
        unique=True,
        help_text="Readable identifier used in addresses. Never changes once published.",
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    published_revision = models.PositiveIntegerField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """The address of the public page; it answers only for what is published."""
        return f"/{self.NOUN}/{self.slug}/"

    def forget_after(self, on: date) -> None:
        """Let this copy say only what was so on the day `on`: empty each date of LATER that certainly lies after it.

        What LATER names beside the date goes with it.
        """
        for name, told_with_it in self.LATER.items():
            if getattr(self, name) > on.isoformat():
                for field in (name, *told_with_it):
                    setattr(self, field, "")

    def words_for_slug(self) -> str:
        """The words that a new noun's slug is made of when nobody typed one."""
        return str(self)

    def derive(self) -> None:
        """Fill the fields that follow from others. Every save does."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the content as the next revision.

        Raises StaleRevision when the stored revision is not the one this copy was read at, and ValidationError when
        the slug of something already published would change.
        """
        with transaction.atomic(using=RECORD):
            self._refuse_stale()
            self.derive()
            self.revision += 1
            self.updated_at = timezone.now()
            if fields := kwargs.get("update_fields"):
                kwargs["update_fields"] = {*fields, "revision", "updated_at"}
            super().save(*args, **kwargs)

    def _refuse_stale(self) -> None:
        stored = (
            type(self)._base_manager.using(RECORD).select_for_update().filter(pk=self.pk).values("revision", "slug")
            if self.pk
            else []
        )
        for row in stored:
            if row["revision"] != self.revision:
                raise StaleRevision(
                    f"{self} was saved by somebody else since you opened it (revision {row['revision']}, "
                    f"yours is {self.revision})."
                )
            if self.published_revision is not None and row["slug"] != self.slug:
                raise ValidationError({"slug": f"A published address never changes: {row['slug']!r} stays."})

    def save_bookkeeping(self, *fields: str) -> None:
        """Save fields that are not content (status, dates of publication) without making a new revision."""
        super().save(update_fields=fields)


@receiver(pre_delete)
def keep_what_was_published(sender: type[models.Model], instance: models.Model, using: str, **_signal: Any) -> None:
    """Refuse to delete a noun that the ledger names, whoever asks: a form, the shell, a queryset, or a cascade."""
    if not isinstance(instance, PublicNoun) or using != RECORD:
        return
    if sender._base_manager.using(RECORD).filter(pk=instance.pk, published_at__isnull=False).exists():
        raise PublishedStays(f"{instance} was published, so the ledger names it: it cannot be deleted.")


class Settled(models.Model):
    """What the edition keeps ready about a noun, worked out of its document when that is written there.

    A subclass has one foreign key, to the noun that it is about. Its rows stay empty in the record, and are no facts of
    their own: whoever writes the edition makes them anew.
    """

    class Meta:
        abstract = True

    @classmethod
    def of(cls, key: int, children: Mapping[str, Sequence[Mapping[str, Any]]]) -> Sequence[Self]:
        """The rows about the noun of this key, from the children of its document by relation."""
        raise NotImplementedError


class Totals(models.Model):
    """What the edition's nouns of one model come to. Each row counts in `records` those that agree in COLUMNS.

    OF is the model. COLUMNS are filters of the noun, and columns of the totals of the same name.
    """

    OF: ClassVar[type[PublicNoun]]
    COLUMNS: ClassVar[frozenset[str]]

    edition: EditionManager[Self]

    class Meta:
        abstract = True


class Reference(PublicNoun):
    """A noun without review: published as soon as somebody who may edit it saves it (places, agencies, programmes)."""

    class Meta:
        abstract = True
