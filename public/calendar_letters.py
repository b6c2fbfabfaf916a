"""What a calendar of letters needs: those due nearest to a day, how often each was published, which were taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tracker.models import Letter, LetterEvent, Publication

MOST_DUE = 1000
"""Letters of a calendar, so that it stays one which programs take, whatever the record holds."""
MOST_TAKEN_BACK = 200
"""Letters taken back that a calendar calls off; what is older has long been called off by programs that ask daily."""


@dataclass(frozen=True)
class TakenBack:
    """A letter whose record is no longer published: its slug, why and when, and how many acts the ledger has of it."""

    slug: str
    reason: str
    at: datetime
    times_published: int


def due_nearest(letters: QuerySet[Any], today: date) -> list[Any]:
    """The letters with a deadline, in order: those due from today on first in line, then those due last before.

    They are those of the MOST_DUE deadlines nearest, each once, however often its deadline was moved. `letters` tell
    their `due_on`; each is given `times_published`, how many acts the ledger has of it, which only grows.
    """
    deadlines = LetterEvent.edition.filter(letter__in=letters.order_by().values("pk"))
    ahead = deadlines.filter(due_on__gte=today.isoformat()).order_by("due_on", "letter_id")
    before = deadlines.filter(due_on__gt="", due_on__lt=today.isoformat()).order_by("-due_on", "-letter_id")
    keys = list(ahead.values_list("letter", flat=True)[:MOST_DUE])
    keys += before.values_list("letter", flat=True)[: MOST_DUE - len(keys)]
    acts = Publication.edition.filter(noun=Letter.NOUN, slug=OuterRef("slug")).order_by().values("slug")
    counted = Coalesce(Subquery(acts.annotate(acts=Count("id")).values("acts")), 1)
    found = letters.filter(pk__in=set(keys)).exclude(due_on="").annotate(times_published=counted)
    return sorted(found, key=lambda letter: (letter.due_on, letter.pk))


def taken_back() -> list[TakenBack]:
    """The letters that were published once and are not any more, last taken back first, MOST_TAKEN_BACK at most."""
    removed = Publication.edition.filter(noun=Letter.NOUN, action__in=Publication.REMOVALS).order_by("-id")
    last = Publication.edition.filter(noun=Letter.NOUN, slug=OuterRef("slug")).order_by("-id")
    acts = last.order_by().values("slug").annotate(acts=Count("id")).values("acts")
    rows = removed.annotate(last_id=Subquery(last.values("id")[:1]), acts=Subquery(acts)).filter(id=F("last_id"))
    return [TakenBack(*values) for values in rows.values_list("slug", "reason", "at", "acts")[:MOST_TAKEN_BACK]]
