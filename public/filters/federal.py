"""Filters of the federal side: the law, the actions, and the lists that name jurisdictions."""

from __future__ import annotations

from jurisdictions.models import Agency
from public.engine.filter_kinds import AfterFilter, AsOfFilter, BeforeFilter, ChoicesFilter, DayFilter, SlugsFilter
from public.engine.filterset import StrictFilterSet
from public.filters.places import PlaceFilterSet
from tracker.models import Designation, FederalAction, LegalAuthority


class LegalAuthorityFilterSet(StrictFilterSet):
    """Filters of legal authorities."""

    class Meta:
        model = LegalAuthority
        fields = ()


class FederalActionFilterSet(StrictFilterSet):
    """Filters of federal actions."""

    kind = ChoicesFilter(
        label="Kind", choices=FederalAction.Kind.choices, help_text="Kind of action, or several separated by commas."
    )
    agency = SlugsFilter(label="Agency", models=[Agency], help_text="Slug of the issuing agency, or several.")
    issued_after = AfterFilter("issued_on", label="Issued on or after", help_text="Issued on this day or later.")
    issued_before = BeforeFilter("issued_on", label="Issued on or before", help_text="Issued on this day or earlier.")
    in_force_on = DayFilter(
        verb="in_force", label="In force on", help_text="Issued or in effect, and not ended, on this day."
    )
    on = AsOfFilter(
        verb="standing",
        help_text="Only what was issued by this day, or on a day not known, and had not ended.",
    )

    class Meta:
        model = FederalAction
        fields = ()


class DesignationFilterSet(PlaceFilterSet):
    """Filters of designations: a list names a jurisdiction as something."""

    federal_action = SlugsFilter(
        label="List", models=[FederalAction], help_text="Slug of the list or memorandum, or several."
    )
    designated_after = AfterFilter(
        "designated_on", label="Designated on or after", help_text="Named on this day or later."
    )
    designated_before = BeforeFilter(
        "designated_on", label="Designated on or before", help_text="Named on this day or earlier."
    )
    on = AsOfFilter(verb="as_of", help_text="Only those named by this day, or on a day not known.")

    class Meta:
        model = Designation
        fields = ()
