"""Filters of grant awards and of the programmes that they belong to."""

from __future__ import annotations

from jurisdictions.models import Agency
from public.engine.filter_kinds import (
    AmountFilter,
    AsOfFilter,
    ChoicesFilter,
    SlugsFilter,
    WholeNumberFilter,
    YearsFilter,
)
from public.engine.filterset import StrictFilterSet
from public.filters.places import PlaceFilterSet
from tracker.models import GrantAward, GrantProgram


class GrantProgramFilterSet(StrictFilterSet):
    """Filters of grant programmes."""

    agency = SlugsFilter(label="Agency", models=[Agency], help_text="Slug of the agency that awards it, or several.")

    class Meta:
        model = GrantProgram
        fields = ()


class GrantFilterSet(PlaceFilterSet):
    """Filters of grant awards and allocations."""

    program = SlugsFilter(
        label="Programme",
        models=[GrantProgram],
        also="assistance_listing",
        help_text="Assistance listing of the programme, such as 16.738, or its slug, or several.",
    )
    fiscal_year = YearsFilter(label="Fiscal year", help_text="Federal fiscal year, or several separated by commas.")
    amount_min = AmountFilter("amount", lookup_expr="gte", label="Amount from", help_text="At least this many dollars.")
    amount_max = AmountFilter("amount", lookup_expr="lte", label="Amount to", help_text="At most this many dollars.")
    amount_kind = ChoicesFilter(
        label="Kind of amount",
        choices=GrantAward.AmountKind.choices,
        help_text="Award, allocation, approximate amount or subgrant pool, or several.",
    )
    subaward_count_min = WholeNumberFilter(
        "subaward_count", lookup_expr="gte", label="Subawards from", help_text="At least this many subawards."
    )
    subaward_count_max = WholeNumberFilter(
        "subaward_count", lookup_expr="lte", label="Subawards to", help_text="At most this many subawards."
    )
    on = AsOfFilter(
        verb="as_of",
        help_text="Only what was awarded by this day; where the day of the award is not known, what belongs to a "
        "fiscal year that had begun.",
    )

    class Meta:
        model = GrantAward
        fields = ()
