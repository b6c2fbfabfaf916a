"""Lawsuits."""

from __future__ import annotations

from django.contrib import admin

from desk.admin.noun_admin import RecordAdmin
from desk.admin.staff_site import site
from tracker.models import Lawsuit


@admin.register(Lawsuit, site=site)
class LawsuitAdmin(RecordAdmin):
    """Cases, found by caption, court, docket number or party."""

    address_words = ("caption",)
    list_display = ("caption", "court", "docket_number", "filed_on", "status_label", "public")
    search_fields = ("caption", "court", "docket_number", "parties__name", "slug")
