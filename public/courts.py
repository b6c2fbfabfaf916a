"""What courts decided, among all that happened in a lawsuit."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from nouns.partial_dates import surely_after
from tracker.models import Lawsuit, LawsuitEvent

Kind = LawsuitEvent.Kind

RESTRAINTS = frozenset({Kind.TEMPORARY_RESTRAINING_ORDER, Kind.PRELIMINARY_INJUNCTION, Kind.PERMANENT_INJUNCTION})
"""Orders that forbid or command something at once."""

DECISIONS = RESTRAINTS | {
    Kind.ORDER, Kind.OPINION, Kind.STAY, Kind.SUMMARY_JUDGMENT, Kind.CONSENT_JUDGMENT, Kind.DISMISSAL,
    Kind.APPEAL_DECISION, Kind.REHEARING, Kind.CERT_DENIED,
}  # fmt: skip
"""What a court did; everything else is what a party did."""


def is_decision(event: LawsuitEvent) -> bool:
    """Whether a court did it."""
    return event.kind in DECISIONS


def is_restraint(event: LawsuitEvent) -> bool:
    """Whether it is an injunction or a temporary restraining order."""
    return event.kind in RESTRAINTS


def with_events(lawsuits: QuerySet[Lawsuit], *, until: date | None = None) -> QuerySet[Lawsuit]:
    """The lawsuits with their `events` in order, up to a day if one is given, in one more query."""
    return lawsuits.prefetch_related(Prefetch("events", queryset=_events(until).order_by("on", "pk")))


def _events(until: date | None) -> QuerySet[LawsuitEvent]:
    return LawsuitEvent.edition.exclude(surely_after("on", until)) if until else LawsuitEvent.edition.all()


def decisions_on_federal_acts(since: str, *, until: date | None = None) -> list[LawsuitEvent]:
    """Dated decisions since a day (and up to another), in lawsuits that challenge federal actions or letters.

    Each comes with its lawsuit.
    """
    links = [
        Exists(relation.through._base_manager.using(Lawsuit.edition.db).filter(lawsuit=OuterRef("lawsuit")))
        for relation in (Lawsuit.federal_actions, Lawsuit.letters)
    ]
    rows = _events(until).filter(links[0] | links[1], kind__in=DECISIONS, on__gte=since)
    return list(rows.select_related("lawsuit").order_by("on", "pk"))
