"""The ledger: every publication, in order, with the whole public document. It is only ever added to."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from nouns.noun import EditionManager
from tracker.models.record import staff_account

GENESIS = "0" * 64


class LedgerIsAppendOnly(TypeError):
    """Something tried to change or remove a row of the ledger."""


class LedgerQuerySet(models.QuerySet["Publication"]):
    """Publications in order. Changing and deleting are refused."""

    def update(self, **kwargs: object) -> int:
        raise LedgerIsAppendOnly("A publication is never changed; publish a further revision.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise LedgerIsAppendOnly("A publication is never deleted; withdraw the record.")


class Publication(models.Model):
    """One public act: a revision published, corrected or changed, or a record withdrawn or merged.

    `document` holds every public field and child of the revision, so that the published edition can be rebuilt from
    these rows alone. `hash` covers the row and the hash before it: a changed, removed or moved row breaks the chain.
    The account of who did it is kept in the record only, and outside the hash; the noun's history bears it out.
    """

    class Action(models.TextChoices):
        PUBLISH = "publish", "Published"
        CORRECT = "correct", "Corrected: our mistake"
        CHANGE = "change", "Changed: the world moved on"
        WITHDRAW = "withdraw", "Withdrawn"
        MERGE = "merge", "Merged into another record"

    REMOVALS: ClassVar[frozenset[str]] = frozenset({Action.WITHDRAW, Action.MERGE})
    """The actions after which the public no longer sees the record."""

    MERGED_INTO: ClassVar[str] = "merged_into"
    """The key under which the document of a merge holds the slug of the record that stays."""

    id = models.PositiveBigIntegerField(primary_key=True, help_text="Place in the ledger, from 1 without gaps.")
    noun = models.CharField(max_length=40, help_text="Kind of record, as in its address: letters.")
    slug = models.CharField(max_length=140, help_text="The record's address within its kind.")
    record_id = models.PositiveBigIntegerField(editable=False)
    revision = models.PositiveIntegerField(help_text="Revision of the record that was published.")
    action = models.CharField(max_length=8, choices=Action, help_text="What was done.")
    at = models.DateTimeField(help_text="When it was done.")
    reason = models.TextField(blank=True, help_text="Why, as the public is told.")
    document = models.JSONField(default=dict, blank=True, help_text="The whole public document of the revision.")
    previous_hash = models.CharField(max_length=64, help_text="Hash of the row before; 64 zeros for the first.")
    hash = models.CharField(max_length=64, help_text="SHA-256 of this row and previous_hash.")
    by = staff_account("+")

    objects = models.Manager.from_queryset(LedgerQuerySet)()
    edition = EditionManager.from_queryset(LedgerQuerySet)()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["hash"], name="publication_hash_is_unique"),
            models.UniqueConstraint(fields=["previous_hash"], name="publication_follows_one_other"),
            models.CheckConstraint(condition=Q(id__gte=1), name="publication_ids_start_at_one"),
            models.CheckConstraint(
                condition=~Q(action__in=["withdraw", "merge"]) | ~Q(reason=""),
                name="publication_withdrawal_has_a_reason",
                violation_error_message="A withdrawal or a merge says why.",
            ),
        )
        indexes = (
            models.Index(fields=["noun", "slug", "id"], name="publication_of_a_record"),
            models.Index(fields=["noun", "record_id", "id"], name="publication_of_a_key"),
            models.Index(fields=["at", "id"], name="publication_by_time"),
            models.Index(fields=["noun", "id"], name="publication_of_a_noun"),
            models.Index(fields=["id"], condition=Q(action__in=["withdraw", "merge"]), name="publication_removals"),
            models.Index(fields=["id"], condition=Q(action="correct"), name="publication_corrections"),
        )

    def __str__(self) -> str:
        return f"{self.id}. {self.noun}/{self.slug} {self.get_action_display().lower()}"

    def save(self, *args: object, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LedgerIsAppendOnly("A publication is never changed; publish a further revision.")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise LedgerIsAppendOnly("A publication is never deleted; withdraw the record.")

    def computed_hash(self) -> str:
        """SHA-256, in hexadecimal, over the row's public content in canonical JSON."""
        content = [
            self.previous_hash, self.id, self.noun, self.slug, self.record_id, self.revision, self.action,
            self.at.isoformat(), self.reason, self.document,
        ]  # fmt: skip
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
