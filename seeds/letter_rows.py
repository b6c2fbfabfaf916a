"""The rows of letters and lawsuits: mailings, letters, cases, and what happened to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from seeds.cells import Choice, Confidence, Day, Prose, State, Text, To, ToMany, Whole, certainly_before
from seeds.reference_rows import Fault, NounRow, Row

LAWSUIT_EVENT_KINDS = (
    "complaint", "amended_complaint", "motion", "order", "opinion", "temporary_restraining_order",
    "preliminary_injunction", "permanent_injunction", "stay", "summary_judgment", "consent_judgment", "dismissal",
    "appeal_decision", "rehearing", "cert_petition", "cert_denied", "settlement", "other",
)  # fmt: skip


@dataclass(frozen=True)
class LetterBatch(NounRow):
    """One mailing of one text."""

    title: Annotated[str, Text(longest=200)]
    sent_on: Day
    announced_on: Day
    sender_agency: Annotated[str, To(table="agencies")]
    legal_authorities: Annotated[tuple[str, ...], ToMany(table="legal_authorities")]
    demand: Prose
    threatened_consequences: Prose
    count_claimed: Annotated[int | None, Whole(blank=True, least=1, most=32_767)]
    summary: Prose
    internal_notes: Prose
    confidence: Confidence


@dataclass(frozen=True)
class Letter(NounRow):
    """One letter to one recipient. `state` is written only while the words fit several jurisdictions."""

    KEYS = (("slug",), ("batch", "sent_on", "recipient_as_written"))

    batch: Annotated[str, To(blank=True, table="letter_batches")]
    sender_agency: Annotated[str, To(table="agencies")]
    signatory: Annotated[str, Text(blank=True, longest=120)]
    signatory_title: Annotated[str, Text(blank=True, longest=160)]
    recipient_as_written: Annotated[str, Text(longest=200)]
    jurisdiction: Annotated[str, To(blank=True, table="jurisdictions")]
    state: State
    recipient_agency: Annotated[str, To(blank=True, table="agencies")]
    addressee: Annotated[str, Text(blank=True, longest=120)]
    addressee_title: Annotated[str, Text(blank=True, longest=160)]
    sent_on: Day
    received_on: Day
    legal_authorities: Annotated[tuple[str, ...], ToMany(table="legal_authorities")]
    demand: Prose
    threatened_consequences: Prose
    cited_awards: Annotated[tuple[str, ...], ToMany(table="grants")]
    summary: Prose
    internal_notes: Prose
    confidence: Confidence

    def faults(self) -> Iterator[Fault]:
        if self.jurisdiction and self.state:
            yield Fault("state", "stands beside a jurisdiction", "Leave it empty: it is the jurisdiction's.")
        if certainly_before(self.received_on, self.sent_on):
            yield Fault("received_on", "lies before sent_on", "A letter arrives on the day that it is sent or later.")


@dataclass(frozen=True)
class LetterEvent(Row):
    """What happened to a letter."""

    KEYS = (("summary", "due_on", "on", "kind", "letter"),)

    letter: Annotated[str, To(table="letters")]
    kind: Annotated[
        str, Choice(options=("deadline", "extension", "response", "assessment", "escalation", "withdrawal"))
    ]
    on: Day
    due_on: Day
    outcome: Annotated[str, Choice(blank=True, options=("cleared", "adverse"))]
    by: Annotated[str, Text(blank=True, longest=200)]
    summary: Prose

    def faults(self) -> Iterator[Fault]:
        if self.kind in {"deadline", "extension"} and not self.due_on:
            yield Fault("due_on", "is empty", "A deadline or an extension says when it is due.")
        if certainly_before(self.due_on, self.on):
            yield Fault("due_on", "lies before the day that it was set", "Write the day that it is due.")
        if (self.kind == "assessment") != bool(self.outcome):
            yield Fault("outcome", "does not fit the kind", "An assessment has an outcome, and nothing else has one.")


@dataclass(frozen=True)
class Lawsuit(NounRow):
    """One case in one court."""

    KEYS = (("slug",), ("court_id", "docket_number"))

    caption: Annotated[str, Text(longest=300)]
    court: Annotated[str, Text(blank=True, longest=120)]
    court_id: Annotated[str, Text(blank=True, longest=15)]
    docket_number: Annotated[str, Text(blank=True, longest=40)]
    filed_on: Day
    judge: Annotated[str, Text(blank=True, longest=120)]
    challenged: Annotated[str, Text(blank=True, longest=300)]
    federal_actions: Annotated[tuple[str, ...], ToMany(table="federal_actions")]
    letters: Annotated[tuple[str, ...], ToMany(table="letters")]
    policies: Annotated[tuple[str, ...], ToMany(table="policies")]
    appeal_of: Annotated[str, To(blank=True, table="lawsuits")]
    posture: Annotated[str, Text(blank=True, longest=300)]
    internal_notes: Prose
    confidence: Confidence


@dataclass(frozen=True)
class LawsuitParty(Row):
    """A party of a case."""

    KEYS = (("lawsuit", "role", "name"),)

    lawsuit: Annotated[str, To(table="lawsuits")]
    role: Annotated[str, Choice(options=("plaintiff", "defendant", "intervenor", "amicus"))]
    name: Annotated[str, Text(longest=200)]
    jurisdiction: Annotated[str, To(blank=True, table="jurisdictions")]


@dataclass(frozen=True)
class LawsuitEvent(Row):
    """A filing, a hearing or a decision."""

    KEYS = (("summary", "court", "on", "kind", "lawsuit"),)

    lawsuit: Annotated[str, To(table="lawsuits")]
    kind: Annotated[str, Choice(options=LAWSUIT_EVENT_KINDS)]
    on: Day
    court: Annotated[str, Text(blank=True, longest=120)]
    citation: Annotated[str, Text(blank=True, longest=200)]
    scope: Annotated[str, Choice(blank=True, options=("nationwide", "parties", "state"))]
    summary: Prose
