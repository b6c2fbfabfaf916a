"""The rows of the other reviewed records: federal actions, designations, policies, grants, statements, citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from seeds.cells import (
    AwardId,
    Choice,
    Confidence,
    Day,
    Dollars,
    Pattern,
    Prose,
    Slug,
    Text,
    To,
    ToMany,
    WebAddress,
    Whole,
    certainly_before,
)
from seeds.reference_rows import Fault, NounRow, Row

CITABLE = (
    "policies", "letter-batches", "letters", "grants", "lawsuits", "federal-actions", "designations", "statements",
)  # fmt: skip
"""The nouns that citations belong to, as addresses spell them; the tables have underscores for the hyphens."""

ACTION_KINDS = (
    "statute", "executive_order", "memorandum", "rule", "guidance", "grant_condition", "report", "list", "letters",
    "determination", "announcement", "program",
)  # fmt: skip
INSTRUMENTS = (
    "statute", "ordinance", "local_law", "resolution", "executive_order", "directive", "agency_policy",
    "board_policy", "consent_decree",
)  # fmt: skip
POLICY_EVENT_KINDS = (
    "proposed", "adopted", "effective", "reported", "amended", "vetoed", "enjoined", "upheld", "failed", "repealed",
    "superseded",
)  # fmt: skip


@dataclass(frozen=True)
class FederalAction(NounRow):
    """A statute, order, memorandum, rule, condition, report, list or announcement."""

    title: Annotated[str, Text(longest=300)]
    kind: Annotated[str, Choice(options=ACTION_KINDS)]
    issuer: Annotated[str, Text(longest=200)]
    agency: Annotated[str, To(blank=True, table="agencies")]
    issued_on: Day
    effective_on: Day
    ended_on: Day
    end_reason: Annotated[str, Text(blank=True, longest=300)]
    citation: Annotated[str, Text(blank=True, longest=200)]
    federal_register_number: Annotated[str, Pattern(blank=True, shape=r"[0-9A-Z-]{1,20}", example="2017-02102")]
    federal_register_on: Day
    url: Annotated[str, WebAddress(longest=500)]
    summary: Prose
    internal_notes: Prose
    confidence: Confidence

    def faults(self) -> Iterator[Fault]:
        if certainly_before(self.ended_on, self.issued_on):
            yield Fault("ended_on", "lies before issued_on", "An action ends on the day of its issue or later.")


@dataclass(frozen=True)
class Designation(NounRow):
    """A list names a jurisdiction as something."""

    KEYS = (("slug",), ("federal_action", "named_as"))

    federal_action: Annotated[str, To(table="federal_actions")]
    jurisdiction: Annotated[str, To(table="jurisdictions")]
    named_as: Annotated[str, Text(longest=160)]
    designated_as: Annotated[str, Text(longest=200)]
    designated_on: Day
    removed_on: Day
    note: Prose
    internal_notes: Prose
    confidence: Confidence

    def faults(self) -> Iterator[Fault]:
        if certainly_before(self.removed_on, self.designated_on):
            yield Fault("removed_on", "lies before designated_on", "A name is removed after it is listed.")


@dataclass(frozen=True)
class Policy(NounRow):
    """What a jurisdiction decided about cooperation."""

    title: Annotated[str, Text(longest=300)]
    jurisdiction: Annotated[str, To(table="jurisdictions")]
    issuing_agency: Annotated[str, To(blank=True, table="agencies")]
    instrument: Annotated[str, Choice(options=INSTRUMENTS)]
    citation: Annotated[str, Text(blank=True, longest=200)]
    stance: Annotated[str, Choice(blank=True, options=("limits", "requires", "mixed"))]
    summary: Prose
    outcome: Annotated[str, Choice(options=("adopted", "proposed", "failed"))]
    adopted_on: Day
    effective_on: Day
    ended_on: Day
    end_reason: Annotated[str, Text(blank=True, longest=200)]
    supersedes: Annotated[tuple[str, ...], ToMany(table="policies")]
    internal_notes: Prose
    confidence: Confidence

    def faults(self) -> Iterator[Fault]:
        if certainly_before(self.ended_on, self.adopted_on) or certainly_before(self.ended_on, self.effective_on):
            yield Fault("ended_on", "lies before the start", "A policy ends on the day of its start or later.")
        if self.outcome != "adopted" and (self.effective_on or self.ended_on):
            yield Fault("outcome", "is not that of a policy with an effect", "Only an adopted policy starts or ends.")


@dataclass(frozen=True)
class PolicyEvent(Row):
    """Something that happened to a policy."""

    KEYS = (("summary", "on", "kind", "policy"),)

    policy: Annotated[str, To(table="policies")]
    kind: Annotated[str, Choice(options=POLICY_EVENT_KINDS)]
    on: Day
    summary: Prose


@dataclass(frozen=True)
class PolicyAnswer(Row):
    """How a policy answers a question of the codebook."""

    KEYS = (("policy", "question"),)

    policy: Annotated[str, To(table="policies")]
    question: Annotated[str, To(table="questions")]
    answer: Annotated[str, Choice(options=("yes", "no", "partly", "unclear", "none_found"))]
    quote: Prose
    locator: Annotated[str, Text(blank=True, longest=120)]


@dataclass(frozen=True)
class Grant(NounRow):
    """One award or allocation."""

    KEYS = (("slug",), ("award_id",))

    program: Annotated[str, To(table="grant_programs")]
    jurisdiction: Annotated[str, To(table="jurisdictions")]
    recipient_as_written: Annotated[str, Text(longest=200)]
    award_id: Annotated[str, AwardId(blank=True, longest=40)]
    fiscal_year: Annotated[int, Whole(least=1990, most=2100)]
    amount: Dollars
    amount_kind: Annotated[str, Choice(options=("award", "allocation", "approximate", "subgrant_pool"))]
    awarded_on: Day
    award_status: Annotated[str, Text(blank=True, longest=60)]
    url: Annotated[str, WebAddress(longest=500)]
    note: Prose
    internal_notes: Prose
    confidence: Confidence


@dataclass(frozen=True)
class AwardShare(Row):
    """One jurisdiction's part of a joint award."""

    KEYS = (("award", "jurisdiction"),)

    award: Annotated[str, To(table="grants")]
    jurisdiction: Annotated[str, To(table="jurisdictions")]
    amount: Dollars
    note: Annotated[str, Text(blank=True, longest=300)]


@dataclass(frozen=True)
class Statement(NounRow):
    """Who said what, when, about whom."""

    speaker: Annotated[str, Text(longest=200)]
    office: Annotated[str, Text(blank=True, longest=200)]
    said_on: Day
    kind: Annotated[str, Choice(options=("claim", "quote", "figure"))]
    paraphrase: Annotated[str, Text()]
    quote: Prose
    amount: Dollars
    period: Annotated[str, Text(blank=True, longest=80)]
    jurisdictions: Annotated[tuple[str, ...], ToMany(table="jurisdictions")]
    note: Prose
    internal_notes: Prose
    confidence: Confidence

    def faults(self) -> Iterator[Fault]:
        if self.kind == "quote" and not self.quote:
            yield Fault("quote", "is empty", "A quotation holds the exact words.")
        if self.amount is not None and not self.period:
            yield Fault("period", "is empty", "A figure says what period it covers.")


@dataclass(frozen=True)
class Citation(Row):
    """One source for one record, or for one field of it."""

    KEYS = (("locator", "stance", "field", "source", "noun", "record"),)

    noun: Annotated[str, Choice(options=CITABLE)]
    record: Slug
    source: Annotated[str, To(table="sources")]
    field: Annotated[str, Pattern(blank=True, shape=r"[a-z_]{1,60}", example="sent_on")]
    stance: Annotated[str, Choice(options=("supports", "contradicts"))]
    locator: Annotated[str, Text(blank=True, longest=120)]
    quote: Prose

    @property
    def table(self) -> str:
        """The table of the record that it belongs to."""
        return self.noun.replace("-", "_")
