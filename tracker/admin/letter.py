"""Letters and their mailings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tracker.admin.base import ChoiceFilter, RelatedFilter
from tracker.admin.filters import SourceFilter
from tracker.admin.nouns import RecordAdmin
from tracker.admin.pasted_list import PastedList
from tracker.admin.staff_site import site
from tracker.models import Letter, LetterBatch


@admin.register(LetterBatch, site=site)
class LetterBatchAdmin(PastedList, RecordAdmin):
    """Mailings."""

    list_display = ("title", "sent_on", "sender_agency", "stands", "public")
    list_select_related = ("sender_agency",)
    search_fields = ("title", "slug", "sent_on")


@admin.register(Letter, site=site)
class LetterAdmin(RecordAdmin):
    """Letters, with where each stands today."""

    list_display = ("recipient_as_written", "state", "sent_on", "due", "standing_today", "stands", "public")
    list_filter = (
        ("status", ChoiceFilter),
        ("state", ChoiceFilter),
        ("batch", RelatedFilter),
        SourceFilter,
    )
    search_fields = ("recipient_as_written", "jurisdiction__full_name", "addressee", "slug", "sent_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        letters: QuerySet[Letter] = Letter.objects.with_standing(timezone.localdate())
        return letters

    @admin.display(description="Due", ordering="due_on")
    def due(self, letter: Any) -> str:
        """The deadline that counts today."""
        return letter.due_on or "-"

    @admin.display(description="Standing today", ordering="standing")
    def standing_today(self, letter: Any) -> str:
        """Where the letter stands today, computed from its events."""
        text: str = letter.get_standing_display()
        return text
