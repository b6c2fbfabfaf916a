"""Filters of policies and of the codebook that they are coded by."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from public.engine.errors import ParameterError
from public.engine.filter_kinds import AfterFilter, AsOfFilter, BeforeFilter, ChoicesFilter, DayFilter, SlugsFilter
from public.engine.filterset import StrictFilterSet
from public.filters.places import PlaceFilterSet
from public.policy_answers import ANSWERS
from tracker.models import Codebook, Policy, PolicyAnswer, Question

ASKED = frozenset({"question", "answer"})
"""The filters that ask the codebook."""


class CodebookFilterSet(StrictFilterSet):
    """Filters of codebooks."""

    class Meta:
        model = Codebook
        fields = ()


class QuestionFilterSet(StrictFilterSet):
    """Filters of a codebook's questions."""

    codebook = SlugsFilter(
        label="Codebook", models=[Codebook], help_text="Slug of the codebook that it belongs to, or several."
    )

    class Meta:
        model = Question
        fields = ()


class PolicyFilterSet(PlaceFilterSet):
    """Filters of policies."""

    instrument = ChoicesFilter(
        label="Instrument", choices=Policy.Instrument.choices, help_text="Kind of act, or several separated by commas."
    )
    stance = ChoicesFilter(
        label="Stance",
        choices=Policy.Stance.choices,
        help_text="Whether its text limits cooperation, requires it or does both, or several.",
    )
    outcome = ChoicesFilter(
        label="Outcome", choices=Policy.Outcome.choices, help_text="Adopted, proposed or failed, or several."
    )
    in_force_on = DayFilter(
        verb="in_force", label="In force on", help_text="Adopted, and in force on this day as far as is known."
    )
    question = SlugsFilter(
        label="Question",
        models=[Question],
        method="answering",
        help_text="Slug of a codebook question, or several: policies with an answer to any of them.",
    )
    answer = ChoicesFilter(
        label="Answer",
        choices=list(ANSWERS.items()),
        method="answered",
        help_text="The answer to `question`, which must be given too, or several.",
    )
    adopted_after = AfterFilter("adopted_on", label="Adopted on or after", help_text="Adopted on this day or later.")
    adopted_before = BeforeFilter("adopted_on", label="Adopted on or before", help_text="Adopted on it or earlier.")
    on = AsOfFilter(
        verb="as_of",
        help_text="Only policies adopted by this day or on a day not known, those that had ended too.",
    )

    class Meta:
        model = Policy
        fields = ()

    def one_condition(self, name: str) -> Collection[str]:
        """A question and its answers select together."""
        return ASKED if name in ASKED else super().one_condition(name)

    def groupings(self) -> dict[str, str]:
        """As the base's; questions are counted by their answers, as long as none of these is asked for alone."""
        return {
            **super().groupings(),
            **({} if self.form.cleaned_data["answer"] else {"question": "answers__question"}),
        }

    def one_by_one(self) -> dict[str, dict[Any, Any]]:
        """Answers to the questions that are asked; questions that have the answers that are asked for."""
        cleaned = self.form.cleaned_data
        answers = {code: [code] for code in ANSWERS} if cleaned["question"] else {}
        questions = {each.pk: [each] for each in Question.edition.all()} if cleaned["answer"] else {}
        return {name: choices for name, choices in (("answer", answers), ("question", questions)) if choices}

    def answering(self, queryset: QuerySet[Any], name: str, questions: list[Question]) -> QuerySet[Any]:
        """Policies with one of the answers asked for, or any answer, to one of these questions."""
        return _answering(queryset, questions, self.form.cleaned_data["answer"] or PolicyAnswer.Answer.values)

    def answered(self, queryset: QuerySet[Any], name: str, answers: list[str]) -> QuerySet[Any]:
        """Policies with one of these answers to one of the questions asked for."""
        return _answering(queryset, self.form.cleaned_data["question"], answers)

    def parameter_errors(self) -> list[ParameterError]:
        """As the base's; an answer without its question is refused."""
        errors = super().parameter_errors()
        cleaned = self.form.cleaned_data
        if cleaned.get("answer") and not cleaned.get("question") and "question" not in self.form.errors:
            message = "Say with `question` what this is the answer to."
            errors.append(ParameterError("answer", ",".join(cleaned["answer"]), message))
        return errors


def _answering(queryset: QuerySet[Any], questions: list[Question], answers: Collection[str]) -> QuerySet[Any]:
    policies: Any = queryset
    chosen: QuerySet[Any] = policies.answering([question.pk for question in questions], answers)
    return chosen
