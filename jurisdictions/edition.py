"""What every public noun shares, wherever it lives: two editions, one history, declared fields.

The record (alias `default`) is what staff write; the edition (alias `published`) is what the public reads. Both hold
the same models. A noun says once, in its declarations, which of its fields may ever leave the record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models, router, transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from simple_history.models import HistoricalRecords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AbstractBaseUser

RECORD = DEFAULT_DB_ALIAS
PUBLISHED = "published"

ModelT = TypeVar("ModelT", bound=models.Model)


LONGEST_REASON = 200
"""Characters of a reason that a line of the history keeps."""
HISTORY = HistoricalRecords(
    inherit=True, history_change_reason_field=models.CharField(max_length=LONGEST_REASON, null=True)
)
"""One recorder for every model below: who changed what, when and why, on every write path."""


class StaleRevision(ValidationError):
    """Somebody else saved this record since it was read; nothing was written."""


class PublishedStays(ValidationError):
    """Something tried to delete what was public once; nothing was deleted."""


class HistoryQuerySet(models.QuerySet[ModelT]):
    """A queryset whose bulk writes leave history rows too, which django-simple-history's signals cannot see.

    Rows of the published edition have no history: it is rebuilt from the ledger, which is theirs.
    """

    def bulk_create(self, objs: Iterable[ModelT], *args: Any, **kwargs: Any) -> list[ModelT]:
        with transaction.atomic(using=self._write_alias()):
            created = super().bulk_create(objs, *args, **kwargs)
            if self._write_alias() != PUBLISHED:
                write_histories(self.model, created, update=False)
        return created

    def bulk_update(self, objs: Iterable[ModelT], *args: Any, **kwargs: Any) -> int:
        """As Django's; the rows given must be whole and current, since their history is written from them."""
        rows = list(objs)
        with transaction.atomic(using=self._write_alias()):
            plain: models.QuerySet[Any] = models.QuerySet(self.model, using=self._write_alias())
            updated = plain.bulk_update(rows, *args, **kwargs)
            if self._write_alias() != PUBLISHED:
                write_histories(self.model, rows, update=True)
        return updated

    bulk_update.alters_data = True  # type: ignore[attr-defined]  # Django reads this mark to keep templates off.

    def update(self, **kwargs: Any) -> int:
        if self._write_alias() == PUBLISHED:
            return super().update(**kwargs)
        with transaction.atomic(using=self._write_alias()):
            keys = list(self.values_list("pk", flat=True))
            rows = super().update(**kwargs)
            write_histories(self.model, list(self.model._base_manager.filter(pk__in=keys)), update=True)
        return rows

    update.alters_data = True  # type: ignore[attr-defined]  # The same.

    def _write_alias(self) -> str:
        chosen: str | None = self._db  # type: ignore[attr-defined]  # A queryset's chosen database, which has no public name.
        return chosen or router.db_for_write(self.model)


def write_histories(model: type[models.Model], rows: Collection[models.Model], *, update: bool) -> None:
    """Write one history row for each of these stored rows of the record, their many-to-many links included.

    `_history_user` and `_change_reason` of a row say who changed it and why.
    """
    if not rows:
        return
    history: Any = model.history  # type: ignore[attr-defined]  # Added by HistoricalRecords.
    written = history.bulk_history_create(rows, batch_size=500, update=update)
    _write_many_to_many_history(model, {row.pk: entry for row, entry in zip(rows, written, strict=True)})


def _write_many_to_many_history(model: type[models.Model], entries: dict[int, Any]) -> None:
    """Add to freshly written history rows (by key of the row) the many-to-many links that the rows have now."""
    for name in getattr(model, "_history_m2m_fields", ()):
        field: Any = model._meta.get_field(name)
        through, recorder = field.remote_field.through, HISTORY.m2m_models[field]
        keys = list(entries)
        for start in range(0, len(keys), 500):
            links = through._base_manager.filter(**{f"{field.m2m_field_name()}__in": keys[start : start + 500]})
            recorder.objects.bulk_create(
                recorder(
                    history=entries[getattr(link, field.m2m_column_name())],
                    **{column.attname: getattr(link, column.attname) for column in through._meta.fields},
                )
                for link in links
            )


class EditionManager(models.Manager[ModelT]):
    """Reads the published edition. `tracker.public` uses it for everything; nothing else needs to."""

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

    history = HISTORY

    class Meta:
        abstract = True

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


class Reference(PublicNoun):
    """A noun without review: published as soon as somebody who may edit it saves it (places, agencies, programmes)."""

    class Meta:
        abstract = True


@contextmanager
def one_history_row(noun: Declared, *, by: AbstractBaseUser | None, reason: str = "") -> Iterator[None]:
    """Everything done to the noun inside leaves one history row, many-to-many changes included.

    Without it django-simple-history writes one row for the save and one for each many-to-many change.
    """
    created = noun.pk is None
    noun.skip_history_when_saving = True  # type: ignore[attr-defined]  # The flag that django-simple-history reads.
    try:
        yield
    finally:
        del noun.skip_history_when_saving  # type: ignore[attr-defined]
    write_history(noun, by=by, reason=reason, created=created)


def is_being_written(noun: Declared) -> bool:
    """Whether `one_history_row` is at work on this copy of a noun."""
    return getattr(noun, "skip_history_when_saving", False)


def write_history(noun: Declared, *, by: AbstractBaseUser | None, reason: str = "", created: bool = False) -> None:
    """Write the noun's present state, many-to-many included, as one history row."""
    noun._history_user = by  # type: ignore[attr-defined]  # Both are read by django-simple-history.
    noun._change_reason = reason or None  # type: ignore[attr-defined]
    HISTORY.create_historical_record(noun, "+" if created else "~")
