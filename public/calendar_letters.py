"""What a calendar of letters needs from the ledger: how often each was published, and which were taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tracker.models import Letter, Publication


@dataclass(frozen=True)
class TakenBack:
    """A letter whose record is no longer published: its slug, why and when, and how many acts the ledger has of it."""

    slug: str
    reason: str
    at: datetime
    times_published: int


def with_times_published(letters: QuerySet[Model]) -> QuerySet[Model]:
    """The letters with `times_published`: how many acts the ledger has of each, which only grows."""
    acts = Publication.edition.filter(noun=Letter.NOUN, slug=OuterRef("slug")).order_by().values("slug")
    counted = Coalesce(Subquery(acts.annotate(acts=Count("id")).values("acts")), 1)
    annotated: QuerySet[Model] = letters.annotate(times_published=counted)
    return annotated


def taken_back() -> list[TakenBack]:
    """Every letter that was published once and is not any more, last taken back first."""
    removed = Publication.edition.filter(noun=Letter.NOUN, action__in=Publication.REMOVALS).order_by("-id")
    last = Publication.edition.filter(noun=Letter.NOUN, slug=OuterRef("slug")).order_by("-id")
    acts = last.order_by().values("slug").annotate(acts=Count("id")).values("acts")
    rows = removed.annotate(last_id=Subquery(last.values("id")[:1]), acts=Subquery(acts)).filter(id=F("last_id"))
    return [TakenBack(*values) for values in rows.values_list("slug", "reason", "at", "acts")]
