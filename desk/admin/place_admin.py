"""Places and agencies."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from desk.admin.noun_admin import ReferenceAdmin
from desk.admin.staff_site import site
from desk.admin.theme import ChoiceFilter
from jurisdictions.models import STATES, Agency, Jurisdiction

STATE_CODES = {name.casefold(): code for code, name in STATES.items()}


@admin.register(Jurisdiction, site=site)
class JurisdictionAdmin(ReferenceAdmin):
    """The nation, states, counties and places, found by any name that they go by."""

    list_display = ("full_name", "kind", "state", "geoid", "population")
    list_filter = (("kind", ChoiceFilter), ("state", ChoiceFilter))
    search_fields = ("full_name", "name", "names__name", "state__iexact", "slug", "geoid__istartswith")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find a place by any name that it is known by. "Cook County, Illinois" is looked for as Cook County IL."""
        name, comma, state = search_term.rpartition(",")
        words = f"{name} {STATE_CODES.get(state.strip().casefold(), state)}" if comma else search_term
        found: tuple[QuerySet[Model], bool] = super().get_search_results(request, queryset, words.replace(",", " "))
        return found

    def choice_words(self, place: Jurisdiction) -> str:
        """A place as a choice names it, with its kind: a city and a county may share a name."""
        return f"{place} ({place.get_kind_display().lower()})"


@admin.register(Agency, site=site)
class AgencyAdmin(ReferenceAdmin):
    """Agencies, found by their own name or that of their jurisdiction."""

    list_display = ("name", "short_name", "kind", "jurisdiction")
    list_select_related = ("jurisdiction",)
    list_filter = (("kind", ChoiceFilter), ("state", ChoiceFilter))
    search_fields = ("name", "short_name", "jurisdiction__full_name", "state__iexact", "slug")
