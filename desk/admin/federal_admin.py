"""The federal side: authorities, actions, and the designations that lists made."""

from __future__ import annotations

from django.contrib import admin

from desk.admin.filters import SourceFilter
from desk.admin.noun_admin import RecordAdmin, ReferenceAdmin
from desk.admin.staff_site import site
from desk.admin.theme import ChoiceFilter, RelatedFilter
from tracker.models import Designation, FederalAction, LegalAuthority


@admin.register(LegalAuthority, site=site)
class LegalAuthorityAdmin(ReferenceAdmin):
    """Provisions of law, found by their citation."""

    address_words = ("citation",)
    list_display = ("citation", "name")
    search_fields = ("citation", "name", "slug")


@admin.register(FederalAction, site=site)
class FederalActionAdmin(RecordAdmin):
    """What the federal government ordered, announced or listed."""

    address_words = ("title",)
    list_display = ("title", "kind", "issued_on", "ended_on", "status_label", "public")
    list_filter = (("status", ChoiceFilter), ("kind", ChoiceFilter), SourceFilter)
    search_fields = ("title", "citation", "federal_register_number", "slug")


@admin.register(Designation, site=site)
class DesignationAdmin(RecordAdmin):
    """Who was named as what, list by list."""

    list_display = (
        "named_as",
        "jurisdiction",
        "designated_as",
        "federal_action",
        "designated_on",
        "status_label",
        "public",
    )
    list_select_related = ("jurisdiction", "federal_action")
    list_filter = (
        ("status", ChoiceFilter),
        ("state", ChoiceFilter),
        ("federal_action", RelatedFilter),
        SourceFilter,
    )
    search_fields = ("named_as", "designated_as", "jurisdiction__full_name", "federal_action__title", "slug")
