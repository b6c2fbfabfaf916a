"""The ledger, to be read only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from desk.admin.filters import NounFilter
from desk.admin.long_lists import LongLists
from desk.admin.read_only import ReadOnlyAdmin
from desk.admin.staff_site import site
from desk.admin.theme import ChoiceFilter
from nouns.declarations import noun_models
from tracker.models import Publication


@admin.register(Publication, site=site)
class PublicationAdmin(LongLists, ReadOnlyAdmin):
    """The ledger, newest first. Nobody adds, changes or deletes a row of it by hand."""

    list_display = ("id", "at", "action", "noun", "slug", "revision", "account", "reason")
    list_filter = (("action", ChoiceFilter), NounFilter)
    list_filter_submit = True
    list_select_related = ("by",)
    search_fields = ("slug__exact",)
    search_help_text = "A record's whole address, such as chicago-il"
    ordering = ("-id",)
    fields = (
        "id",
        "at",
        "action",
        "noun",
        "slug",
        "revision",
        "account",
        "reason",
        "document",
        "previous_hash",
        "hash",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publication]:
        return super().get_queryset(request).defer("document")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The acts on records of this address, of whichever noun: the index of the ledger begins with the noun."""
        if not search_term:
            return queryset, False
        return queryset.filter(noun__in=list(noun_models()), slug=search_term.strip()), False

    @admin.display(description="By")
    def account(self, publication: Publication) -> str:
        """Whoever did it, by name; not every reader of the ledger may open accounts."""
        return str(publication.by or "-")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """A row of the ledger is its own history and has no other."""
        return super().change_view(request, object_id, form_url, {"show_history": False, **(extra_context or {})})
