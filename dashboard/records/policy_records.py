"""What a policy has on its page: whether it is in force and since when, and its answers to the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from dashboard.records.own_parts import Asked, Own, Part
from dashboard.records.sentences import Clause, dated, sentence
from public.nouns import NOUNS

_LATER = frozenset({"amended", "enjoined", "upheld"})
"""Kinds of events that a sentence about a policy in force goes on with."""
_BEFORE = frozenset({"proposed", "failed", "vetoed"})
"""Kinds of events of a policy that was not adopted."""


@dataclass(frozen=True)
class Answered:
    """A question of the codebook with the policy's answer to it, None when nobody has asked it of this policy."""

    question: Any
    answer: Any | None


def policy(asked: Asked) -> Own:
    """Whether it is in force, and every question of the codebook with its answer."""
    record = asked.record
    in_force = NOUNS["policies"].rows(asked.on).in_force(asked.on).filter(pk=record.pk).exists()  # type: ignore[attr-defined]
    answers = answered(record)
    return Own(
        sentences=[force_sentence(record, asked.on, in_force=in_force)],
        after=[Part("answers.html", answers)] if answers else [],
    )


def answered(policy: Any) -> list[Answered]:
    """All questions of the codebooks, in order; nothing as long as the policy answers none."""
    given = {answer.question_id: answer for answer in policy.answers.all()}
    if not given:
        return []
    books = {answer.question.codebook_id for answer in given.values()}
    questions = NOUNS["questions"].rows(date.max).filter(codebook__in=books).order_by("codebook", "position")
    return [Answered(question, given.get(question.pk)) for question in questions]


def force_sentence(policy: Any, on: date, *, in_force: bool) -> SafeString:
    """Whether the policy is in force on a day, since when and until when, from what was known to have happened by then.

    `in_force` is what the list's filter says, so that page and list agree.
    """
    happened = [event for event in policy.events.all() if event.on <= on.isoformat()]
    if policy.outcome != "adopted":
        return sentence(list(_not_adopted(policy, happened)))
    later = [dated(event.kind, event.on) for event in happened if event.kind in _LATER]
    if in_force:
        return sentence([*_since(policy, happened), *later, *_end_ahead(policy)])
    if policy.ended_on and policy.ended_on <= on.isoformat():
        return sentence(list(_until(policy)))
    if start := policy.effective_on or policy.adopted_on:
        return sentence([dated("adopted", policy.adopted_on), Clause("not in force before", start)])
    return sentence([Clause("adopted, but no day on which it was in force is on record")])


def _not_adopted(policy: Any, happened: list[Any]) -> Iterator[Clause]:
    yield from (dated(event.kind, event.on) for event in happened if event.kind in _BEFORE)
    yield Clause("never adopted" if policy.outcome == "failed" else "not adopted as far as is on record")


def _since(policy: Any, happened: list[Any]) -> Iterator[Clause]:
    if policy.effective_on:
        if policy.adopted_on and policy.adopted_on != policy.effective_on:
            yield dated("adopted", policy.adopted_on)
        yield Clause("in force since", policy.effective_on)
    elif policy.adopted_on:
        yield dated("adopted", policy.adopted_on)
        yield Clause("in force since then as far as is on record")
    else:
        shown = [event.on for event in happened if event.on and event.kind in event.IN_FORCE]
        yield Clause("in force by", shown[0])
        yield Clause("since when was not found")


def _end_ahead(policy: Any) -> Iterator[Clause]:
    if policy.ended_on:
        yield Clause("to end", policy.ended_on, _why(policy))


def _until(policy: Any) -> Iterator[Clause]:
    if start := policy.effective_on or policy.adopted_on:
        yield Clause("in force from", start)
        yield Clause("until", policy.ended_on, _why(policy), joint=" ")
    else:
        yield Clause("in force until", policy.ended_on, _why(policy))


def _why(policy: Any) -> str:
    return f" ({policy.end_reason})" if policy.end_reason else ""
