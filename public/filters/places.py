"""Filters of jurisdictions and agencies, and those that other nouns share because they happen in a place."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from jurisdictions.models import STATES, Agency, Jurisdiction
from public.engine.filter_kinds import AsOfFilter, ChoicesFilter, SlugsFilter
from public.engine.filterset import StrictFilterSet
from public.engine.parameters import WHERE
from tracker.models import Designation, GrantAward, Letter, Policy

STATE_HELP = "Two-letter code of a state or territory, or several separated by commas: CA,IL."

RECORDED: tuple[type[Letter | Policy | GrantAward | Designation], ...] = (Letter, Policy, GrantAward, Designation)
"""What `has` can ask of a jurisdiction."""


class StateFilter(ChoicesFilter):
    """States and territories."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="State",
            choices=list(STATES.items()),
            help_text=STATE_HELP,
            typed=True,
            legend=WHERE,
            invitation="Name of a state",
            **kwargs,
        )


class PlacesFilter(SlugsFilter):
    """Jurisdictions, by slug; people type their names."""

    def __init__(self, *, invitation: str = "Name, such as Chicago", **kwargs: Any) -> None:
        super().__init__(models=[Jurisdiction], typed=True, legend=WHERE, invitation=invitation, **kwargs)


class PlaceFilterSet(StrictFilterSet):
    """Filters of everything that belongs to places, through the verbs `in_state` and `in_jurisdiction`."""

    GROUPED_BY = {"state": "state", "jurisdiction": "jurisdiction"}

    state = StateFilter(verb="in_state")
    jurisdiction = PlacesFilter(
        label="Jurisdiction",
        verb="in_jurisdiction",
        help_text="Slug of a jurisdiction such as chicago-il, or several; coextensive ones count, parts do not.",
    )


class JurisdictionFilterSet(StrictFilterSet):
    """Filters of jurisdictions."""

    state = StateFilter()
    kind = ChoicesFilter(
        label="Kind",
        choices=Jurisdiction.Kind.choices,
        help_text="Kind of jurisdiction, or several.",
    )
    parent = PlacesFilter(
        label="Part of",
        invitation="Name of a state",
        help_text="Slug of the state (or nation) that it is directly part of, such as illinois, or several.",
    )

    has = ChoicesFilter(
        label="Has on record",
        choices=[(model.NOUN, str(model._meta.verbose_name_plural).capitalize()) for model in RECORDED],
        method="having",
        help_text="Only jurisdictions of which the record holds letters received, policies, grants or designations, or "
        "any of several.",
    )
    on = AsOfFilter(help_text="The day to look from: what `has` asks for must have been there by then.")

    class Meta:
        model = Jurisdiction
        fields = ()

    def one_by_one(self) -> dict[str, dict[Any, Any]]:
        """What the record holds of a jurisdiction is in other tables."""
        return {"has": {model.NOUN: [model.NOUN] for model in RECORDED}}

    def having(self, queryset: QuerySet[Any], name: str, nouns: list[str]) -> QuerySet[Any]:
        """Jurisdictions that at least one record of any of these nouns belongs to."""
        condition, day = Q(pk__in=[]), self.form.cleaned_data["on"]
        for model in RECORDED:
            if model.NOUN in nouns:
                rows = model.edition.begun_by(day) if day else model.edition.all()
                condition |= Q(Exists(rows.filter(jurisdiction=OuterRef("pk"))))
        return queryset.filter(condition)


class AgencyFilterSet(StrictFilterSet):
    """Filters of agencies."""

    state = StateFilter()
    jurisdiction = PlacesFilter(
        label="Jurisdiction", help_text="Slug of the jurisdiction that it acts for, or several."
    )
    kind = ChoicesFilter(label="Kind", choices=Agency.Kind.choices, help_text="Kind of agency, or several.")
    parent = SlugsFilter(
        label="Part of",
        models=[Agency],
        legend=WHERE,
        help_text="Slug of the agency that it is directly part of, or several.",
    )

    class Meta:
        model = Agency
        fields = ()
