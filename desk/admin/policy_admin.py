"""Policies, and the codebook that they are read by."""

from __future__ import annotations

from django.contrib import admin

from desk.admin.filters import SourceFilter
from desk.admin.noun_admin import RecordAdmin, ReferenceAdmin
from desk.admin.staff_site import site
from desk.admin.theme import ChoiceFilter, RelatedFilter
from tracker.models import Codebook, Policy, Question


@admin.register(Policy, site=site)
class PolicyAdmin(RecordAdmin):
    """Policies, with their events and their answers to the codebook."""

    list_display = ("title", "jurisdiction", "instrument", "stance", "outcome", "adopted_on", "status_label", "public")
    list_select_related = ("jurisdiction",)
    list_filter = (
        ("status", ChoiceFilter),
        ("state", ChoiceFilter),
        ("instrument", ChoiceFilter),
        ("stance", ChoiceFilter),
        ("outcome", ChoiceFilter),
        SourceFilter,
    )
    search_fields = ("title", "citation", "jurisdiction__full_name", "slug")


@admin.register(Codebook, site=site)
class CodebookAdmin(ReferenceAdmin):
    """Versions of the questions that policies are coded by."""

    list_display = ("title", "version")
    search_fields = ("title", "version")


@admin.register(Question, site=site)
class QuestionAdmin(ReferenceAdmin):
    """The questions, codebook by codebook."""

    list_display = ("text", "codebook", "position")
    list_select_related = ("codebook",)
    list_filter = (("codebook", RelatedFilter),)
    search_fields = ("text", "codebook__version")
    ordering = ("codebook__version", "position")
