"""What should I do now? Tiles that count what waits for an account, and the list that each of them opens.

A tile's number and its list come from one condition, so that they cannot disagree. Neither reads more than MOST records
of a noun, or the letters of MOST deadlines; where there may be more, both say so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from desk.comparison import label_of
from desk.staff import staff
from nouns.declarations import noun_models, parent_key
from nouns.partial_dates import on_or_after, on_or_before
from tracker.models import (
    Citation,
    Designation,
    FederalAction,
    GrantAward,
    Lawsuit,
    Letter,
    LetterBatch,
    LetterEvent,
    Policy,
    Record,
    Source,
    Statement,
    Status,
)
from tracker.querysets import Standing

WEEK = timedelta(days=7)
_PLACED: tuple[type[Record], ...] = (
    Letter, LetterBatch, Policy, GrantAward, Lawsuit, FederalAction, Designation, Statement, Source,
)  # fmt: skip
_OTHERS = (each for each in noun_models().values() if issubclass(each, Record) and each not in _PLACED)
RECORDS: tuple[type[Record], ...] = (*_PLACED, *_OTHERS)
"""Every reviewed noun, in the order in which lists of work name them; what nobody placed comes last."""
CITED: tuple[type[Record], ...] = tuple(model for model in RECORDS if model.NEEDS_CITATION)
PAGE = 100
"""Lines of a list on one page."""
MOST = 1000
"""Records of one noun that are counted and listed."""
MOST_DEADLINES = 1000
"""Deadlines, those nearest to today, whose letters are looked at."""


@dataclass(frozen=True)
class Tile:
    """One number of the front page, with the list that shows exactly those. `more` says that there may be more."""

    name: str
    title: str
    count: int
    url: str
    more: bool = False


@dataclass(frozen=True)
class Desk:
    """Who asks, and on which day."""

    account: AbstractUser
    today: date

    def may(self, verb: str, model: type[Record]) -> bool:
        """Whether the account may do this with records of this kind."""
        return self.account.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")


@dataclass(frozen=True)
class Work:
    """One kind of waiting work: the records that it selects, and what a line of its list says of each."""

    name: str
    title: str
    models: tuple[type[Record], ...]
    condition: Callable[[type[Record], Desk], Q]
    detail: Callable[[Any, Desk], str]
    order: tuple[str, ...] = ("-updated_at", "pk")
    verb: str = "view"
    also: tuple[str, ...] = ()
    """Relations that `detail` reads."""
    deadlines: Callable[[Desk], QuerySet[LetterEvent]] | None = None
    """The deadlines among which it lies, where the condition asks where letters stand today, the nearest first."""


@dataclass(frozen=True)
class Line:
    """One record in the list of a tile."""

    title: str
    noun: str
    detail: str
    url: str


def _for_review(model: type[Record], desk: Desk) -> Q:
    own = Q(submitted_by=desk.account.pk)
    return Q(status=Status.IN_REVIEW) if settings.TEAM_OF_ONE else Q(status=Status.IN_REVIEW) & ~own


def _sent_back(model: type[Record], desk: Desk) -> Q:
    return Q(status=Status.DRAFT, submitted_by=desk.account.pk) & ~Q(review_note="")


def _own_drafts(model: type[Record], desk: Desk) -> Q:
    return Q(status=Status.DRAFT, created_by=desk.account.pk, review_note="")


def _coming(desk: Desk) -> QuerySet[LetterEvent]:
    coming = on_or_after("due_on", desk.today) & on_or_before("due_on", desk.today + WEEK)
    return LetterEvent.objects.filter(coming).order_by("due_on", "letter_id")


def _passed(desk: Desk) -> QuerySet[LetterEvent]:
    passed = LetterEvent.objects.filter(due_on__gt="", due_on__lt=desk.today.isoformat())
    return passed.order_by("-due_on", "-letter_id")


def _due_this_week(model: type[Record], desk: Desk) -> Q:
    # A draft past its deadline is not called overdue, since nobody could answer it; it is not due either.
    coming = on_or_after("due_on", desk.today) & on_or_before("due_on", desk.today + WEEK)
    return Q(standing=Standing.DUE) & coming


def _overdue(model: type[Record], desk: Desk) -> Q:
    return Q(standing=Standing.OVERDUE)


def _without_source(model: type[Record], desk: Desk) -> Q:
    return Q(status=Status.DRAFT) & cites_no_source(model)


def _unresolved(model: type[Record], desk: Desk) -> Q:
    return Q(jurisdiction__isnull=True) & ~Q(status=Status.WITHDRAWN)


def cites_no_source(model: type[Record]) -> Q:
    """The condition that a record of this kind should cite a source and cites none."""
    if not model.NEEDS_CITATION:
        return Q(pk__in=[])
    return Q(~Exists(Citation.objects.filter(**{parent_key(model, "citations"): OuterRef("pk")})))


def contradicted(model: type[Record]) -> Q:
    """The condition that a source contradicts what a record of this kind says."""
    against = Citation.objects.filter(stance=Citation.Stance.CONTRADICTS)
    return Q(Exists(against.filter(**{parent_key(model, "citations"): OuterRef("pk")})))


def _disputed(model: type[Record], desk: Desk) -> Q:
    return contradicted(model) & ~Q(status=Status.WITHDRAWN)


def _submitter(record: Record, desk: Desk) -> str:
    return f"submitted by {record.submitted_by or 'nobody known'}"


def _note(record: Record, desk: Desk) -> str:
    return record.review_note


def _nothing_more(record: Record, desk: Desk) -> str:
    return f"revision {record.revision}"


def days_left(due_on: str, today: date) -> str:
    """How far a deadline is away: "in 3 days", "today", "12 days ago"; nothing where only a month or year is known."""
    try:
        days = (date.fromisoformat(due_on) - today).days
    except ValueError:
        return ""
    if days == 0:
        return "today"
    many = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {many}" if days > 0 else f"{many} ago"


def _deadline(letter: Any, desk: Desk) -> str:
    left = days_left(letter.due_on, desk.today)
    return f"{letter.due_on.in_words}, {left}" if left else letter.due_on.in_words


def _as_written(letter: Letter, desk: Desk) -> str:
    return f"as written: {letter.recipient_as_written}"


def _disputed_facts(record: Any, desk: Desk) -> str:
    named = {citation.field for citation in record.citations.all() if citation.stance == Citation.Stance.CONTRADICTS}
    return ", ".join(label_of(type(record), name) if name else "the whole record" for name in sorted(named))


def _address_failed(model: type[Record], desk: Desk) -> Q:
    return Q(link_state__in=[Source.LinkState.DEAD, Source.LinkState.CHANGED]) & ~Q(status=Status.WITHDRAWN)


def _address_check(source: Source, desk: Desk) -> str:
    return f"{source.get_link_state_display()} ({source.url})"


WORK = (
    Work(
        "for-review", "Waiting for your review", RECORDS, _for_review, _submitter,
        ("updated_at", "pk"), verb="publish", also=("submitted_by",),
    ),
    Work("sent-back", "Sent back to you", RECORDS, _sent_back, _note, verb="change"),
    Work("due-this-week", "Due this week", (Letter,), _due_this_week, _deadline, ("due_on", "pk"), deadlines=_coming),
    Work("overdue", "Overdue", (Letter,), _overdue, _deadline, ("-due_on", "pk"), deadlines=_passed),
    Work("own-drafts", "Your drafts", RECORDS, _own_drafts, _nothing_more, verb="change"),
    Work("without-source", "Drafts without a source", CITED, _without_source, _nothing_more),
    Work("unresolved", "Unresolved recipients", (Letter,), _unresolved, _as_written),
    Work("disputed", "Disputed facts", CITED, _disputed, _disputed_facts, also=("citations",)),
    Work("addresses", "Addresses that died or changed", (Source,), _address_failed, _address_check, verb="change"),
)  # fmt: skip
"""Every kind of waiting work, the most urgent first."""


def desk_of(request: HttpRequest) -> Desk:
    """The account behind a request, today."""
    return Desk(staff(request), timezone.localdate())


def tiles(desk: Desk) -> list[Tile]:
    """The tiles of an account, each counted as far as its list goes."""
    made = []
    for work in WORK:
        if not (models := [model for model in work.models if desk.may(work.verb, model)]):
            continue
        counts = [_count(_rows(work, model, desk)) for model in models]
        more = any(more for _, more in counts) or _looks_no_further(work, desk)
        total = sum(number for number, _ in counts)
        made.append(Tile(work.name, work.title, total, reverse("admin:work", args=[work.name]), more))
    return made


def lines(work: Work, desk: Desk, start: int) -> tuple[list[Line], int, bool]:
    """One page of a tile's list, from the line `start` on, how many lines there are in all, and whether more may be."""
    found: list[Line] = []
    total, more = 0, _looks_no_further(work, desk)
    for model in work.models:
        if not desk.may(work.verb, model):
            continue
        rows = _rows(work, model, desk)
        number, beyond = _count(rows)
        first = max(start - total, 0)
        if first < number and len(found) < PAGE:
            chosen = rows.prefetch_related(*work.also)[first : min(first + PAGE - len(found), number)]
            found += [_line(record, work, desk) for record in chosen]
        total, more = total + number, more or beyond
    return found, total, more


def _count(rows: QuerySet[Record]) -> tuple[int, bool]:
    """How many records these are, counted as far as MOST, and whether there are more."""
    counted = rows.order_by().values("pk")[: MOST + 1].count()
    return min(counted, MOST), counted > MOST


def _looks_no_further(work: Work, desk: Desk) -> bool:
    """Whether there are deadlines beyond those whose letters are looked at."""
    return work.deadlines is not None and work.deadlines(desk)[MOST_DEADLINES : MOST_DEADLINES + 1].exists()


def _line(record: Record, work: Work, desk: Desk) -> Line:
    return Line(
        title=str(record),
        noun=capfirst(str(record._meta.verbose_name)),
        detail=work.detail(record, desk),
        url=reverse(f"admin:tracker_{record._meta.model_name}_change", args=[record.pk]),
    )


def _rows(work: Work, model: type[Record], desk: Desk) -> QuerySet[Record]:
    """The records of one noun that are such work, in the order in which they are to be done."""
    rows = model._base_manager.all()
    if work.deadlines is not None:
        near = work.deadlines(desk).values("letter")[:MOST_DEADLINES]
        rows = Letter.objects.with_standing(desk.today).filter(pk__in=near)
    return rows.filter(work.condition(model, desk)).order_by(*work.order)
