"""How policies answer the questions of the codebook: all that are selected, and those of each jurisdiction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Model, QuerySet

from jurisdictions.models import Jurisdiction
from tracker.models import PolicyAnswer, Question
from tracker.querysets import NOT_RESEARCHED

ANSWERS: dict[str, str] = {**dict(PolicyAnswer.Answer.choices), NOT_RESEARCHED: "Not researched"}
"""Every answer there is, by code; the last one is that nobody has asked."""


@dataclass(frozen=True)
class Answered:
    """How many policies there are, and by the key of each question how many of them answer how (codes of ANSWERS)."""

    policies: int
    answers: Mapping[int, Counter[str]]


@dataclass(frozen=True)
class Answers:
    """The questions in order, all policies, and the jurisdictions by state and name, each with its own policies.

    `jurisdictions_in_all` may be more than are here.
    """

    questions: list[Question]
    everything: Answered
    jurisdictions: list[tuple[Jurisdiction, Answered]]
    jurisdictions_in_all: int


def answers_of(policies: QuerySet[Model], *, most: int) -> Answers:
    """The answers of these policies, with the first `most` of their jurisdictions, in a constant number of queries.

    Coextensive jurisdictions are one, as the filters of places have it.
    """
    rows = policies.order_by()
    questions = list(Question.edition.order_by("codebook", "position"))
    places = Jurisdiction.edition.filter(pk__in=rows.values("jurisdiction"))
    shown = list(places.order_by("state", "name", "pk")[:most])
    same = {place.coextensive_with_id: place.pk for place in shown if place.coextensive_with_id}
    numbers: Counter[int] = Counter()
    for place, number in rows.filter(jurisdiction__in=shown).values_list("jurisdiction").annotate(number=Count("pk")):
        numbers[same.get(place, place)] += number
    given = PolicyAnswer.edition.filter(policy__in=rows.values("pk")).order_by()
    counts: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    by_place = given.filter(policy__jurisdiction__in=shown).values_list("policy__jurisdiction", "question", "answer")
    for place, question, answer, number in by_place.annotate(number=Count("pk")):
        counts[same.get(place, place)].append((question, answer, number))
    in_all = given.values_list("question", "answer").annotate(number=Count("pk"))
    return Answers(
        questions=questions,
        everything=_answered(rows.count(), questions, in_all),
        jurisdictions=[
            (place, _answered(numbers[place.pk], questions, counts[place.pk])) for place in shown if numbers[place.pk]
        ],
        jurisdictions_in_all=len(shown) if len(shown) < most else places.count(),
    )


def _answered(policies: int, questions: Iterable[Question], found: Iterable[tuple[int, str, int]]) -> Answered:
    """The answers found, completed by the policies that were not asked."""
    answers: dict[int, Counter[str]] = {question.pk: Counter() for question in questions}
    for question, answer, number in found:
        answers[question][answer] += number
    for counter in answers.values():
        if missing := policies - counter.total():
            counter[NOT_RESEARCHED] = missing
    return Answered(policies, answers)
