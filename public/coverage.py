"""How much is researched: how many policies answer which question of the codebook how, and in which states."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Model, QuerySet

from tracker.models import Policy, PolicyAnswer


@dataclass(frozen=True)
class Coverage:
    """Numbers of policies: all by state, those coded at all by state, answers by question, researched by state.

    States are codes, questions are slugs. What is not in a dictionary counts none.
    """

    policies: Counter[str]
    coded: Counter[str]
    answers: Counter[tuple[str, str]]
    researched: Counter[tuple[str, str]]


def coverage(selected: QuerySet[Model]) -> Coverage:
    """How these policies of the edition are coded, in a constant number of queries."""
    keys = selected.order_by().values("pk")
    policies = Policy.edition.filter(pk__in=keys).order_by()
    answers = PolicyAnswer.edition.filter(policy__in=keys).order_by()
    by_answer = answers.values_list("question__slug", "answer").annotate(rows=Count("pk"))
    by_state = answers.values_list("policy__state", "question__slug").annotate(rows=Count("pk"))
    coded = policies.filter(answers__isnull=False).values_list("state").annotate(rows=Count("pk", distinct=True))
    return Coverage(
        policies=Counter(dict(policies.values_list("state").annotate(rows=Count("pk")))),
        coded=Counter(dict(coded)),
        answers=Counter({(question, answer): rows for question, answer, rows in by_answer}),
        researched=Counter({(state, question): rows for state, question, rows in by_state}),
    )
