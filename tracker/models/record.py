"""What every reviewed noun shares: a status that only actions change, staff fields, and its children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, ClassVar, TypeVar, cast

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from nouns.databases import PUBLISHED
from nouns.history import HistoryQuerySet, is_being_written
from nouns.noun import Declared, PublicNoun

ModelT = TypeVar("ModelT", bound=models.Model)


class Status(models.TextChoices):
    """Where a record stands on the desk. What the public sees is another matter: see `published_revision`."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


def staff_account(related_name: str) -> models.ForeignKey[Any, Any]:
    """A key to an account that stays empty in the published edition, where there are no accounts."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_constraint=False,
        related_name=related_name,
    )


class Record(PublicNoun):
    """A reviewed noun. Saving content makes it a draft again, while its published revision stays up unchanged.

    `status` moves only through `tracker.publishing.workflow`. In the edition every field of STAFF_FIELDS is empty.
    """

    STAFF_FIELDS: ClassVar[tuple[str, ...]] = (
        "status",
        "created_by",
        "submitted_by",
        "reviewed_by",
        "created_at",
        "review_note",
        "internal_notes",
    )
    NEEDS_CITATION: ClassVar[bool] = True

    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT, editable=False, blank=True)
    created_by = staff_account("+")
    submitted_by = staff_account("+")
    reviewed_by = staff_account("+")
    created_at = models.DateTimeField(default=timezone.now, null=True, editable=False)
    review_note = models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")
    internal_notes = models.TextField(blank=True, help_text="For staff only. Never leaves the record.")

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                # A comparison with an empty column is unknown, which a database lets pass: it is ruled out by name.
                condition=~Q(status="published")
                | Q(reviewed_by__isnull=False, published_revision__isnull=False, published_revision=F("revision")),
                name="%(class)s_published_has_a_reviewer_and_this_revision",
                violation_error_message="Only a reviewed revision is published.",
            ),
            models.CheckConstraint(condition=Q(status__in=["", *Status.values]), name="%(class)s_status_is_known"),
        )
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=["-updated_at", "-id"], name="%(class)s_newest_first"),
            # What waits for somebody, of whatever is there the least.
            models.Index(
                fields=["status", "-updated_at", "id"],
                condition=Q(status__in=["draft", "in_review"]),
                name="%(class)s_waiting",
            ),
        )

    def facts_to_cite(self) -> dict[str, str]:
        """The facts stated here that ought to have a citation of their own: what each is called, by its field."""
        return {}

    def save(self, *args: object, **kwargs: Any) -> None:
        """Save the content as the next revision, which is a draft whatever the last one was."""
        self.status = Status.DRAFT
        if fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*fields, "status"}
        super().save(*args, **kwargs)


class ChildQuerySet(HistoryQuerySet[ModelT]):
    """Rows below records. Writing many at once is an edit of each record that is in review or public: a new draft.

    So nobody approves rows that a reviewer has not read, and no record says that it is public as it stands when it is
    not. Drafts are left alone: what is being written is a draft.
    """

    def bulk_create(self, objs: Iterable[ModelT], *args: object, **kwargs: object) -> list[ModelT]:
        with transaction.atomic(using=self._write_alias()):
            created = super().bulk_create(objs, *args, **kwargs)
            self._revise_parents(created)
        return created

    def bulk_update(self, objs: Iterable[ModelT], *args: object, **kwargs: object) -> int:
        rows = list(objs)
        with transaction.atomic(using=self._write_alias()):
            updated = super().bulk_update(rows, *args, **kwargs)
            self._revise_parents(rows)
        return updated

    bulk_update.alters_data = True  # type: ignore[attr-defined]  # Django reads this mark to keep templates off.

    def update(self, **kwargs: Any) -> int:
        with transaction.atomic(using=self._write_alias()):
            before = list(self)  # An update may move rows to another record.
            keys = [row.pk for row in before]
            updated = super().update(**kwargs)
            self._revise_parents([*before, *self.model._base_manager.using(self._write_alias()).filter(pk__in=keys)])
        return updated

    update.alters_data = True  # type: ignore[attr-defined]  # The same.

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic(using=self._write_alias()):
            gone = list(self)
            deleted = super().delete()
            self._revise_parents(gone)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]  # The same.
    delete.queryset_only = True  # type: ignore[attr-defined]  # A manager deletes nothing without being asked for all.

    def _revise_parents(self, rows: Collection[ModelT]) -> None:
        if self._write_alias() == PUBLISHED:
            return
        children = cast("Collection[RecordChild]", rows)
        keys: dict[type[models.Model], set[int]] = defaultdict(set)
        for row in children:
            for name in row.parent_names():
                field: Any = row._meta.get_field(name)
                keys[field.related_model].add(getattr(row, field.attname))
        for model, found in keys.items():
            if issubclass(model, Record):
                open_to_others = Q(status__in=[Status.IN_REVIEW, Status.PUBLISHED])
                for record in model._base_manager.filter(open_to_others, pk__in=found - {None}):
                    record.save()


class RecordChild(Declared):
    """A row that belongs to a record and travels with it: an event, a party, an answer, a share, a citation.

    Adding, changing or removing one is an edit of its record: a new revision, and a draft. Inside
    `one_history_row(record)` the record's own save counts for all of its rows.
    """

    PARENT: ClassVar[str]

    class Meta:
        abstract = True

    @classmethod
    def parent_names(cls) -> tuple[str, ...]:
        """The keys of which one names the record that a row belongs to."""
        return (cls.PARENT,)

    def parent_record(self) -> PublicNoun:
        """The record that this row belongs to."""
        parent: PublicNoun = getattr(self, self.PARENT)
        return parent

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self._revise_parent()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        self._revise_parent()
        return deleted

    def _revise_parent(self) -> None:
        parent = self.parent_record()
        if not isinstance(parent, Record) or is_being_written(parent):
            return
        stored = type(parent)._base_manager.filter(pk=parent.pk).first()
        if stored is not None:
            current = parent.revision == stored.revision
            stored.save()
            if current:  # An older copy stays older, so that it cannot be saved over this.
                parent.revision, parent.status = stored.revision, stored.status
