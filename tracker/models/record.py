"""What every reviewed noun shares: a status that only actions change, staff fields, and its children."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jurisdictions.edition import Declared, PublicNoun, is_being_written


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

    `status` moves only through `tracker.actions`. In the published edition every field of STAFF_FIELDS is empty.
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
                condition=~Q(status="published") | Q(reviewed_by__isnull=False, published_revision=F("revision")),
                name="%(class)s_published_has_a_reviewer_and_this_revision",
                violation_error_message="Only a reviewed revision is published.",
            ),
            models.CheckConstraint(condition=Q(status__in=["", *Status.values]), name="%(class)s_status_is_known"),
        )

    def facts_to_cite(self) -> dict[str, str]:
        """The facts stated here that ought to have a citation of their own: what each is called, by its field."""
        return {}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the content as the next revision, which is a draft whatever the last one was."""
        self.status = Status.DRAFT
        if fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*fields, "status"}
        super().save(*args, **kwargs)


class RecordChild(Declared):
    """A row that belongs to a record and travels with it: an event, a party, an answer, a share, a citation.

    Adding, changing or removing one is an edit of its record: a new revision, and a draft. Inside
    `one_history_row(record)` the record's own save counts for all of its rows.
    """

    PARENT: ClassVar[str]

    class Meta:
        abstract = True

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
