"""Filters of sources and of statements."""

from __future__ import annotations

from public.engine.filter_kinds import AfterFilter, AsOfFilter, BeforeFilter, ChoicesFilter, TextFilter
from public.engine.filterset import StrictFilterSet
from public.filters.places import PlaceFilterSet
from tracker.models import Source, Statement


class SourceFilterSet(StrictFilterSet):
    """Filters of sources."""

    kind = ChoicesFilter(
        label="Kind", choices=Source.Kind.choices, help_text="Kind of document, or several separated by commas."
    )
    publisher = TextFilter(label="Publisher", help_text="Words of the publisher's name.")
    published_after = AfterFilter(
        "published_on", label="Published on or after", help_text="Published on this day or later."
    )
    published_before = BeforeFilter(
        "published_on", label="Published on or before", help_text="Published on this day or earlier."
    )

    class Meta:
        model = Source
        fields = ()


class StatementFilterSet(PlaceFilterSet):
    """Filters of statements. They belong to the states and jurisdictions that they are about."""

    GROUPED_BY = {"state": "jurisdictions__state", "jurisdiction": "jurisdictions"}

    speaker = TextFilter(label="Speaker", help_text="Words of the speaker's name.")
    kind = ChoicesFilter(
        label="Kind", choices=Statement.Kind.choices, help_text="A claim, a quotation or a figure, or several."
    )
    said_after = AfterFilter("said_on", label="Said on or after", help_text="Said on this day or later.")
    said_before = BeforeFilter("said_on", label="Said on or before", help_text="Said on this day or earlier.")
    on = AsOfFilter(verb="as_of", help_text="Only what was said by this day, or on a day not known.")

    class Meta:
        model = Statement
        fields = ()
