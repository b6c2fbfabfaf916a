"""The ledger, to be read only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.admin.base import ChoiceFilter, ThemedAdmin
from tracker.admin.filters import NounFilter
from tracker.admin.staff_site import site
from tracker.models import Publication


@admin.register(Publication, site=site)
class PublicationAdmin(ThemedAdmin):
    """The ledger, newest first. Nobody adds, changes or deletes a row of it by hand."""

    list_display = ("id", "at", "action", "noun", "slug", "revision", "by", "reason")
    list_filter = (("action", ChoiceFilter), NounFilter)
    list_filter_submit = True
    list_select_related = ("by",)
    search_fields = ("slug", "reason")
    ordering = ("-id",)
    show_full_result_count = False
    fields = ("id", "at", "action", "noun", "slug", "revision", "by", "reason", "document", "previous_hash", "hash")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
