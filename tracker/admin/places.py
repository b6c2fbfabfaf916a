"""Places and agencies."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from jurisdictions.models import Agency, Jurisdiction
from tracker.admin.base import ChoiceFilter
from tracker.admin.nouns import ReferenceAdmin
from tracker.admin.staff_site import site


@admin.register(Jurisdiction, site=site)
class JurisdictionAdmin(ReferenceAdmin):
    """The nation, states, counties and places, found by any name that they go by."""

    list_display = ("full_name", "kind", "state", "geoid", "population")
    list_filter = (("kind", ChoiceFilter), ("state", ChoiceFilter))
    search_fields = ("full_name", "name", "names__name", "state__iexact", "slug", "geoid__startswith")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find a place by any name that it is known by. "Cook County, IL" is three words and no comma."""
        found: tuple[QuerySet[Any], bool] = super().get_search_results(request, queryset, search_term.replace(",", " "))
        return found


@admin.register(Agency, site=site)
class AgencyAdmin(ReferenceAdmin):
    """Agencies, found by their own name or that of their jurisdiction."""

    list_display = ("name", "short_name", "kind", "jurisdiction")
    list_select_related = ("jurisdiction",)
    list_filter = (("kind", ChoiceFilter), ("state", ChoiceFilter))
    search_fields = ("name", "short_name", "jurisdiction__full_name", "state__iexact", "slug")
