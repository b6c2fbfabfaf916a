"""Grant programmes and awards."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError

from desk.admin.filters import FiscalYearFilter, SourceFilter
from desk.admin.forms import NounForm
from desk.admin.noun_admin import RecordAdmin, ReferenceAdmin
from desk.admin.staff_site import site
from desk.admin.theme import ChoiceFilter, RelatedFilter
from tracker.models import GrantAward, GrantProgram
from tracker.models.grant import normalise_award_id


@admin.register(GrantProgram, site=site)
class GrantProgramAdmin(ReferenceAdmin):
    """Grant programmes, found by name, abbreviation or assistance listing."""

    address_words = ("name",)
    list_display = ("name", "short_name", "assistance_listing", "agency")
    list_select_related = ("agency",)
    search_fields = ("name", "short_name", "assistance_listing")


class GrantAwardForm(NounForm):
    """The form of an award, which knows its award ID however it is spelt."""

    def clean_award_id(self) -> str:
        award_id: str = self.cleaned_data["award_id"]
        same = GrantAward.objects.filter(award_id_normalised=normalise_award_id(award_id)).exclude(pk=self.instance.pk)
        if normalise_award_id(award_id) and (other := same.first()):
            raise ValidationError(f"Another award has this award ID: {other} ({other.award_id}).")
        return award_id


@admin.register(GrantAward, site=site)
class GrantAwardAdmin(RecordAdmin):
    """Awards, found by recipient or by award ID in any spelling."""

    form = GrantAwardForm
    list_display = (
        "recipient_as_written", "state", "program", "fiscal_year", "amount", "amount_kind", "status_label", "public",
    )  # fmt: skip
    list_select_related = ("program",)
    list_filter = (
        ("status", ChoiceFilter),
        ("state", ChoiceFilter),
        ("program", RelatedFilter),
        FiscalYearFilter,
        ("amount_kind", ChoiceFilter),
        SourceFilter,
    )
    search_fields = ("recipient_as_written", "jurisdiction__full_name", "award_id", "award_id_normalised", "slug")
