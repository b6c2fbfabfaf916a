"""`known_at` as a parameter: from its text to the last publication by then, and what was taken back since."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from public.engine.errors import BadQuery, ParameterError
from public.engine.knowledge import KNOWN_AT, Knowledge, TakenBack
from public.engine.parameters import Parameter, refusal
from public.engine.strict import Params, StrictForm, multi
from tracker.models import Publication

HELP = (
    "What this record said at a past moment: a day such as 2026-03-01, to its end, or a moment such as "
    "2026-03-01T12:00:00Z; in UTC. What was withdrawn since is left out."
)


class KnownAtField(Parameter, forms.CharField):
    """A past moment. A day means its end, a second its end too, so that what was published in it is there."""

    def clean(self, value: object) -> datetime | None:
        text: str = super().clean(value)
        if not text:
            return None
        try:
            day = date.fromisoformat(text) if len(text) == 10 else None
            given = datetime.combine(day, time.max, UTC) if day else datetime.fromisoformat(text)
        except ValueError:
            message = f"{text!r} is neither a day such as 2026-03-01 nor a moment such as 2026-03-01T12:00:00Z."
            raise refusal(message, text) from None
        moment = given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC)
        now = timezone.now()
        if (day > now.date()) if day else (moment > now):
            raise refusal(f"This moment has not come yet. It is {now:%Y-%m-%dT%H:%M:%SZ} now.", text)
        return moment if moment.microsecond else moment.replace(microsecond=999_999)


class KnownAt(StrictForm):
    """The one parameter."""

    known_at = KnownAtField(required=False, help_text=HELP)


def asked(params: Params) -> Knowledge | None:
    """What the parameters look back to; None when they do not. Reads the present edition's ledger.

    Raises BadQuery when `known_at` cannot be obeyed, because it is no moment, in the future, or before anything was
    published.
    """
    given = multi(params).getlist(KNOWN_AT)
    moment: datetime | None = KnownAt({KNOWN_AT: given}).accepted()[KNOWN_AT]
    if moment is None:
        return None
    ledger = Publication.edition.order_by("-at", "-id")
    found = ledger.filter(at__lte=moment).values("id", "hash").first()
    if found is None:
        raise BadQuery([ParameterError(KNOWN_AT, given[0], _nothing_yet())])
    last = Publication.edition.order_by("-id").values_list("id", flat=True)[0]
    return Knowledge(
        given=given[0].strip(),
        moment=moment,
        publication=found["id"],
        hash=found["hash"],
        is_present=found["id"] == last,
        taken_back=_taken_back_since(found["id"]),
    )


def _nothing_yet() -> str:
    first = Publication.edition.order_by("id").values_list("at", flat=True).first()
    since = f" The first publication is of {first.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}." if first else ""
    return f"Nothing had been published at this moment.{since}"


def _taken_back_since(publication: int) -> tuple[TakenBack, ...]:
    """The records known at this publication that were withdrawn after it, last withdrawn first.

    What was merged into a record that was withdrawn went with it.
    """
    same = Publication.edition.filter(noun=OuterRef("noun"), slug=OuterRef("slug"))
    last, before = same.order_by("-id").values("id")[:1], same.filter(id__lte=publication)
    rows = (
        Publication.edition.filter(id__gt=publication, action__in=Publication.REMOVALS)
        .annotate(last_id=Subquery(last), known=Exists(before))
        .filter(id=F("last_id"))
        .order_by("-id")
    )
    removed: dict[tuple[str, Any], Any] = {(row.noun, row.slug): row for row in rows}
    found = []
    for row in removed.values():
        end, passed = row, {row.slug}
        while end and end.action == Publication.Action.MERGE:
            into = end.document[Publication.MERGED_INTO]
            end = None if into in passed else removed.get((row.noun, into))
            passed.add(into)
        if end and row.known:
            found.append(TakenBack(row.noun, row.slug, end.reason, end.at))
    return tuple(found)
