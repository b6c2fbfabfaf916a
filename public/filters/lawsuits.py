"""Filters of lawsuits."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from public.engine.filter_kinds import AfterFilter, AsOfFilter, BeforeFilter, SlugsFilter, TextFilter
from public.engine.parameters import WHERE
from public.filters.places import PlaceFilterSet
from tracker.models import FederalAction, Lawsuit, Letter, Policy

CHALLENGED: tuple[type[FederalAction | Letter | Policy], ...] = (FederalAction, Letter, Policy)
"""What a case can challenge."""


class LawsuitFilterSet(PlaceFilterSet):
    """Filters of lawsuits. They belong to the states and jurisdictions that are party to them."""

    GROUPED_BY = {"state": "parties__jurisdiction__state", "jurisdiction": "parties__jurisdiction"}

    court = TextFilter(
        verb="in_court", label="Court", help_text="CourtListener's identifier of the court, such as cand, or its name."
    )
    party = TextFilter(
        verb="with_party_named",
        label="Party",
        legend=WHERE,
        help_text="Words of the name of a party, as the source names it.",
    )
    challenges = SlugsFilter(
        models=CHALLENGED,
        method="challenging",
        label="Challenges",
        typed=True,
        invitation="Title, such as of an order",
        help_text="Slug of a federal action, a letter or a policy that the case challenges, or several.",
    )
    filed_after = AfterFilter("filed_on", label="Filed on or after", help_text="Filed on this day or later.")
    filed_before = BeforeFilter("filed_on", label="Filed on or before", help_text="Filed on this day or earlier.")
    on = AsOfFilter(
        verb="as_of",
        help_text="Only cases filed by this day, or on a day not known, and where they stood then.",
    )

    class Meta:
        model = Lawsuit
        fields = ()

    def suggestions(self) -> dict[str, list[str]]:
        """The names of what cases challenge."""
        cases = self.rows(self.day).order_by().values("pk")
        rows = (record for model in CHALLENGED for record in model.edition.filter(lawsuits__in=cases).distinct())
        return {"challenges": sorted({str(record) for record in rows})}

    def challenging(self, queryset: QuerySet[Any], name: str, challenged: list[Any]) -> QuerySet[Any]:
        """Cases that challenge any of these."""
        lawsuits: Any = queryset
        chosen: QuerySet[Any] = lawsuits.challenging(challenged)
        return chosen
