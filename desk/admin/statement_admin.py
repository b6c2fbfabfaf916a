"""Statements: who said what."""

from __future__ import annotations

from django.contrib import admin

from desk.admin.filters import SourceFilter
from desk.admin.noun_admin import RecordAdmin
from desk.admin.staff_site import site
from desk.admin.theme import ChoiceFilter
from tracker.models import Statement


@admin.register(Statement, site=site)
class StatementAdmin(RecordAdmin):
    """Claims, quotations and figures, each with its speaker."""

    list_display = ("speaker", "paraphrase", "said_on", "kind", "status_label", "public")
    list_filter = (("status", ChoiceFilter), ("kind", ChoiceFilter), SourceFilter)
    search_fields = ("speaker", "office", "paraphrase", "quote", "slug")
