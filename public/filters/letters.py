"""Filters of letters and of the mailings that they belong to."""

from __future__ import annotations

from jurisdictions.models import Agency
from public.engine.filter_kinds import AfterFilter, AsOfFilter, BeforeFilter, ChoicesFilter, SlugsFilter
from public.engine.filterset import StrictFilterSet
from public.filters.places import PlaceFilterSet
from tracker.models import LegalAuthority, Letter, LetterBatch
from tracker.querysets import Standing


class LetterBatchFilterSet(StrictFilterSet):
    """Filters of mailings."""

    GROUPED_BY = {"authority": "legal_authorities"}

    sender = SlugsFilter(
        "sender_agency", label="Sender", models=[Agency], help_text="Slug of the agency that sent it, or several."
    )
    authority = SlugsFilter(
        label="Legal authority",
        models=[LegalAuthority],
        verb="relying_on",
        help_text="Slug of a law that the letters rely on, such as 8-usc-1373, or several.",
    )
    sent_after = AfterFilter("sent_on", label="Sent on or after", help_text="Sent on this day or later.")
    sent_before = BeforeFilter("sent_on", label="Sent on or before", help_text="Sent on this day or earlier.")
    on = AsOfFilter(verb="as_of", help_text="Only mailings sent by this day, or on a day not known.")

    class Meta:
        model = LetterBatch
        fields = ()


class LetterFilterSet(PlaceFilterSet):
    """Filters of letters. Standing and deadline are those of the day `on`."""

    GROUPED_BY = {**PlaceFilterSet.GROUPED_BY, "authority": "legal_authorities"}

    batch = SlugsFilter(
        label="Mailing", models=[LetterBatch], help_text="Slug of the mailing, such as 2017-04-21, or several."
    )
    standing = ChoicesFilter(
        label="Standing",
        choices=Standing.choices,
        help_text="Where the letter stands on the day `on`, or several: overdue,due.",
    )
    on = AsOfFilter(
        verb="as_of",
        help_text="Only letters sent by this day, with their standing and deadline as they were on it. Default: today, "
        "and every letter.",
    )
    sender = SlugsFilter(
        "sender_agency", label="Sender", models=[Agency], help_text="Slug of the agency that sent it, or several."
    )
    agency = SlugsFilter(
        "recipient_agency",
        label="Recipient agency",
        models=[Agency],
        help_text="Slug of the agency it was addressed to, or several.",
    )
    authority = SlugsFilter(
        label="Legal authority",
        models=[LegalAuthority],
        verb="relying_on",
        help_text="Slug of a law that the letter relies on, such as 8-usc-1373, or several.",
    )
    sent_after = AfterFilter("sent_on", label="Sent on or after", help_text="Sent on this day or later.")
    sent_before = BeforeFilter("sent_on", label="Sent on or before", help_text="Sent on this day or earlier.")
    due_after = AfterFilter("due_on", label="Due on or after", help_text="Deadline on this day or later.")
    due_before = BeforeFilter("due_on", label="Due on or before", help_text="Deadline on this day or earlier.")

    class Meta:
        model = Letter
        fields = ()
