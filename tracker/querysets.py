"""Verbs that say, once, what the record's words mean: in force, overdue, in a state. Managers and filters use them.

Nothing here imports a model of the tracker, so that the models can hold these querysets as their managers.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from jurisdictions.models import Jurisdiction
from nouns.dated import DatedQuerySet
from nouns.partial_dates import PartialDateField, on_or_before, surely_after, surely_before

ModelT = TypeVar("ModelT", bound=models.Model)


class Standing(models.TextChoices):
    """Where a letter stands on a day, computed from its events, never typed."""

    NOT_SENT = "not_sent", "Not yet sent"
    AWAITING = "awaiting", "Awaiting a reply"
    DUE = "due", "Reply due"
    OVERDUE = "overdue", "Overdue: no reply on record"
    ANSWERED = "answered", "Answered"
    CLEARED = "cleared", "Cleared"
    ADVERSE = "adverse", "Adverse assessment"
    WITHDRAWN = "withdrawn", "Withdrawn"


NOT_RESEARCHED = "not_researched"
"""The answer of a policy that nobody has asked a question; no row of PolicyAnswer stands for it."""


def _places(alias: str, slugs: Collection[str]) -> models.QuerySet[Jurisdiction]:
    """The jurisdictions that a reader means by these slugs: a consolidated city is its county too."""
    return Jurisdiction.objects.using(alias).and_coextensive(*slugs).order_by()


class StateQuerySet(DatedQuerySet[ModelT]):
    """Rows of what happened in a place: they carry a state and a jurisdiction."""

    def in_state(self, *codes: str) -> Self:
        """Rows of these states and territories."""
        return self.filter(state__in=codes)

    def in_jurisdiction(self, *slugs: str) -> Self:
        """Rows of these jurisdictions and of those coextensive with them, not of their parts."""
        return self.filter(jurisdiction__in=_places(self.db, slugs))


class LetterBatchQuerySet(DatedQuerySet[ModelT]):
    """Mailings."""

    BEGINS = "sent_on"

    def relying_on(self, *slugs: str) -> Self:
        """Mailings that rely on any of these legal authorities; each once."""
        return self.filter(_linked(self, "legal_authorities", legalauthority__slug__in=slugs))


class GrantQuerySet(StateQuerySet[ModelT]):
    """Grant awards."""

    BEGINS = "awarded_on"

    def in_jurisdiction(self, *slugs: str) -> Self:
        """Awards to these jurisdictions, and joint awards that they have a share of; each once."""
        shared = _below(self, "shares").filter(jurisdiction__in=_places(self.db, slugs)).order_by()
        own = self.model._base_manager.using(self.db).filter(jurisdiction__in=_places(self.db, slugs)).order_by()
        # A union lets the database follow an index for each part, where OR would read every award.
        return self.filter(pk__in=own.values("pk").union(shared.values("award"), all=True))

    def begun_by(self, on: date) -> Self:
        """Awards made by the day `on`; those without a day count from the start of their fiscal year, 1 October."""
        fiscal_year = on.year + (on.month >= 10)
        return self.filter(on_or_before("awarded_on", on) | Q(awarded_on="", fiscal_year__lte=fiscal_year))


class DesignationQuerySet(StateQuerySet[ModelT]):
    """Designations."""

    BEGINS = "designated_on"


class StatementQuerySet(DatedQuerySet[ModelT]):
    """Statements, which may be about several jurisdictions."""

    BEGINS = "said_on"

    def in_state(self, *codes: str) -> Self:
        """Statements about any jurisdiction of these states; each once."""
        return self.filter(_linked(self, "jurisdictions", jurisdiction__state__in=codes))

    def in_jurisdiction(self, *slugs: str) -> Self:
        """Statements about any of these jurisdictions; each once."""
        return self.filter(_linked(self, "jurisdictions", jurisdiction__in=_places(self.db, slugs)))


class LawsuitQuerySet(DatedQuerySet[ModelT]):
    """Lawsuits, which belong to the jurisdictions that are party to them."""

    BEGINS = "filed_on"

    def as_of(self, on: date) -> Self:
        """Cases filed by the day `on`, each with `latest_kind` and `latest_on` of what had last happened by then.

        `moved_on` says whether anything happened later.
        """
        own = _below(self, "events").filter(lawsuit=OuterRef("pk"))
        latest = own.filter(on_or_before("on", on)).order_by("-on", "-pk")
        return (
            super()
            .as_of(on)
            .annotate(
                latest_kind=Subquery(latest.values("kind")[:1]),
                latest_on=Subquery(latest.values("on")[:1], output_field=PartialDateField()),
                moved_on=Exists(own.filter(surely_after("on", on))),
            )
        )

    def in_state(self, *codes: str) -> Self:
        """Cases with a party of these states; each once."""
        return self._with_party(jurisdiction__state__in=codes)

    def in_jurisdiction(self, *slugs: str) -> Self:
        """Cases with any of these jurisdictions as a party; each once."""
        return self._with_party(jurisdiction__in=_places(self.db, slugs))

    def with_party_named(self, words: str) -> Self:
        """Cases with a party whose name contains these words; each once."""
        return self._with_party(name__icontains=words)

    def in_court(self, court: str) -> Self:
        """Cases in the court of this CourtListener identifier, or whose name contains these words."""
        return self.filter(Q(court_id=court) | Q(court__icontains=court))

    def challenging(self, challenged: Collection[models.Model]) -> Self:
        """Cases that challenge any of these federal actions, letters or policies; each once."""
        keys: dict[type[models.Model], list[object]] = {}
        for record in challenged:
            keys.setdefault(type(record), []).append(record.pk)
        condition = Q(pk__in=[])
        for relation in ("federal_actions", "letters", "policies"):
            target = self.model._meta.get_field(relation).related_model
            if target in keys:
                condition |= Q(_linked(self, relation, **{f"{target._meta.model_name}__in": keys[target]}))
        return self.filter(condition)

    def _with_party(self, **condition: object) -> Self:
        return self.filter(Exists(_below(self, "parties").filter(lawsuit=OuterRef("pk"), **condition)))


def _ended(on: date) -> Q:
    """What no longer applied on a day: the day of an end is the first day on which it did not."""
    return surely_before("ended_on", on) | Q(ended_on=on.isoformat())


class PolicyQuerySet(StateQuerySet[ModelT]):
    """Policies."""

    BEGINS = "adopted_on"

    def begun_by(self, on: date) -> Self:
        """Policies adopted by the day `on`, those that had ended too.

        A policy whose adoption nobody dated counts from its day of effect, else from the first event on record, else as
        undated.
        """
        dated = _below(self, "events").filter(policy=OuterRef("pk")).exclude(on="")
        undated = Q(adopted_on="", effective_on="")
        return self.filter(
            on_or_before("adopted_on", on)
            | Q(adopted_on="") & on_or_before("effective_on", on)
            | undated & (Exists(dated.filter(on_or_before("on", on))) | ~Exists(dated))
        )

    def in_force(self, on: date) -> Self:
        """Adopted policies that had started by `on` and had not ended.

        The start is the day of effect, else of adoption. A policy whose start nobody found counts from the first event
        that shows it in force. The day of the end is the first day on which a policy no longer applies.
        """
        events = _below(self, "events")
        shown = events.filter(on_or_before("on", on), policy=OuterRef("pk"), kind__in=events.model.IN_FORCE)
        started = (
            on_or_before("effective_on", on)
            | Q(effective_on="") & on_or_before("adopted_on", on)
            | Q(effective_on="", adopted_on="") & Exists(shown)
        )
        return self.filter(started, outcome="adopted").exclude(_ended(on))

    def answering(self, questions: Collection[int], answers: Collection[str]) -> Self:
        """Policies that answer one of these questions (by key) in one of these ways; NOT_RESEARCHED is one."""
        given = _below(self, "answers").filter(policy=OuterRef("pk"))
        condition = Q(Exists(given.filter(question__in=questions, answer__in=answers)))
        if NOT_RESEARCHED in answers:
            for question in questions:
                condition |= ~Q(Exists(given.filter(question=question)))
        return self.filter(condition)


class ActionQuerySet(DatedQuerySet[ModelT]):
    """Federal actions."""

    BEGINS = "issued_on"

    def standing(self, on: date) -> Self:
        """Actions that had been issued by the day `on`, in effect or not yet, and had not ended."""
        return self.as_of(on).exclude(_ended(on))

    def in_force(self, on: date) -> Self:
        """Actions that had been issued, or had taken effect where that came later, and had not ended by `on`."""
        started = on_or_before("effective_on", on) | Q(effective_on="") & on_or_before("issued_on", on)
        return self.filter(started).exclude(_ended(on))


class LetterQuerySet(StateQuerySet[ModelT]):
    """Letters."""

    BEGINS = "sent_on"

    def with_standing(self, on: date) -> Self:
        """Annotate `standing` (a Standing) and `due_on` (partial date or empty) as they were on the day `on`.

        The latest event by that day decides: a withdrawal, an assessment, a reply, or a deadline that was set or
        moved. Events without a date count, as having happened at some time before the others. A letter that nobody
        can see is never overdue; rows of the edition are known by having no status.
        """
        in_public = Q(status="") | Q(published_revision__isnull=False)
        events = _below(self, "events")
        known = events.filter(on_or_before("on", on) | Q(on=""), letter=OuterRef("pk"))
        deciding = known.filter(Q(kind__in=events.model.DECIDING) | ~Q(due_on="")).order_by("-on", "-pk")
        deadlines = known.exclude(due_on="").order_by("-on", "-pk")
        return self.annotate(
            _kind=Subquery(deciding.values("kind")[:1]),
            _outcome=Subquery(deciding.values("outcome")[:1]),
            due_on=Coalesce(Subquery(deadlines.values("due_on")[:1]), Value(""), output_field=PartialDateField()),
        ).annotate(standing=_standing("_kind", "_outcome", on, in_public=in_public))

    def with_settled_standing(self, on: date) -> Self:
        """The same for letters of the edition, which keeps the periods in which nothing happened to them."""
        begun = Q(standing_periods__since__lte=on.isoformat())
        lasting = Q(standing_periods__until="") | Q(standing_periods__until__gt=on.isoformat())
        return self.annotate(
            _period=FilteredRelation("standing_periods", condition=begun & lasting), due_on=F("_period__due_on")
        ).annotate(standing=_standing("_period__kind", "_period__outcome", on, in_public=Q()))

    def standing_in(self, standings: Collection[str], on: date) -> Self:
        """Letters that stood in one of these ways on the day `on`."""
        return self.with_standing(on).filter(standing__in=standings)

    def overdue(self, on: date) -> Self:
        """Public letters sent, unanswered and past their deadline on the day `on`."""
        return self.standing_in([Standing.OVERDUE], on)

    def relying_on(self, *slugs: str) -> Self:
        """Letters that rely on any of these legal authorities; each once."""
        return self.filter(_linked(self, "legal_authorities", legalauthority__slug__in=slugs))

    def alike(self, letter: Any, awards: Collection[models.Model]) -> Self:
        """Letters that may be the one that somebody is about to store, which cites these awards.

        They come from the same sender, and went to the same recipient on the same day or cite one of the awards.
        """
        recipient = Q(recipient_as_written__iexact=letter.recipient_as_written)
        if letter.jurisdiction_id:
            recipient |= Q(jurisdiction=letter.jurisdiction_id)
        same = recipient & Q(sent_on=letter.sent_on)
        if awards:
            same |= Q(_linked(self, "cited_awards", grantaward__in=awards))
        return self.filter(same, sender_agency=letter.sender_agency_id).exclude(pk=letter.pk)


def _standing(kind: str, outcome: str, on: date, *, in_public: Q) -> Case:
    """The standing on a day, from what decided last by then (columns of its kind and outcome) and from `due_on`."""
    return Case(
        When(sent_on__gt=on.isoformat(), then=Value(Standing.NOT_SENT)),
        When(**{kind: "withdrawal"}, then=Value(Standing.WITHDRAWN)),
        When(**{kind: "assessment", outcome: "cleared"}, then=Value(Standing.CLEARED)),
        When(**{kind: "assessment"}, then=Value(Standing.ADVERSE)),
        When(**{kind: "response"}, then=Value(Standing.ANSWERED)),
        When(due_on="", then=Value(Standing.AWAITING)),
        When(surely_before("due_on", on) & in_public, then=Value(Standing.OVERDUE)),
        default=Value(Standing.DUE),
        output_field=models.CharField(),
    )


def _below(rows: models.QuerySet[models.Model], relation: str) -> models.QuerySet[Any]:
    """The rows of a relation of these, in the database that these are read from."""
    related: Any = rows.model._meta.get_field(relation).related_model
    below: models.QuerySet[Any] = related._base_manager.using(rows.db)
    return below


def _linked(rows: models.QuerySet[models.Model], relation: str, **condition: object) -> Exists:
    """Whether a row's many-to-many relation holds any that satisfy the condition, which is on the linking table."""
    many: Any = rows.model._meta.get_field(relation)
    links = many.remote_field.through._base_manager.using(rows.db)
    return Exists(links.filter(**{many.m2m_field_name(): OuterRef("pk")}, **condition))
