"""Filters of policies and of the codebook that they are coded by."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from tracker.models import Codebook, Policy, PolicyAnswer, Question
from tracker.public.errors import ParameterError
from tracker.public.filters.base import (
    AfterFilter,
    AsOfFilter,
    BeforeFilter,
    ChoicesFilter,
    DayFilter,
    SlugsFilter,
    StrictFilterSet,
)
from tracker.public.filters.places import PlaceFilterSet
from tracker.querysets import NOT_RESEARCHED


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
        choices=[*PolicyAnswer.Answer.choices, (NOT_RESEARCHED, "Not researched")],
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

    def groupings(self) -> dict[str, str]:
        """As the base's; questions are counted by their answers, as long as none of these is asked for alone."""
        return {
            **super().groupings(),
            **({} if self.form.cleaned_data["answer"] else {"question": "answers__question"}),
        }

    def answering(self, queryset: QuerySet[Any], name: str, questions: list[Question]) -> QuerySet[Any]:
        """Policies with one of the answers asked for, or any answer, to one of these questions."""
        policies: Any = queryset
        answers = self.form.cleaned_data["answer"] or PolicyAnswer.Answer.values
        chosen: QuerySet[Any] = policies.answering([question.pk for question in questions], answers)
        return chosen

    def answered(self, queryset: QuerySet[Any], name: str, answers: list[str]) -> QuerySet[Any]:
        """All of them: the answers are part of `answering`."""
        return queryset

    def parameter_errors(self) -> list[ParameterError]:
        """As the base's; an answer without its question is refused."""
        errors = super().parameter_errors()
        cleaned = self.form.cleaned_data
        if cleaned.get("answer") and not cleaned.get("question") and "question" not in self.form.errors:
            message = "Say with `question` what this is the answer to."
            errors.append(ParameterError("answer", ",".join(cleaned["answer"]), message))
        return errors
