"""Policies as jurisdictions by questions. Not researched, searched without result and "no" never look alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.text import capfirst

from dashboard.charts.chart import Chart, Key
from dashboard.hrefs import narrowed
from dashboard.panels import Panel
from dashboard.tables import Table, figure, heading, table_of_figures
from jurisdictions.models import Jurisdiction
from public.engine.select import Selection
from public.policy_answers import ANSWERS, Answered, Answers, answers_of

MOST = 60
"""Jurisdictions that are drawn; where there are more, the first ones by state and name are."""


@dataclass(frozen=True)
class Mark:
    """One answer to a question: how many of a jurisdiction's policies give it, and the address of exactly those."""

    mark: str
    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Line:
    """One jurisdiction: its name, its policies with their address, and the marks of each question."""

    label: str
    policies: int
    url: str
    cells: list[list[Mark]]


@dataclass(frozen=True)
class Heading:
    """One question, in short and in full."""

    short: str
    full: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Matrix(Chart):
    """The questions across and the jurisdictions down."""

    template: ClassVar[str] = "charts/matrix.html"

    headings: list[Heading]
    lines: list[Line]


def policies_by_question(selection: Selection) -> Panel:
    """The policies of the selection: how each jurisdiction's answer each question."""
    found = answers_of(selection.queryset, most=MOST)
    left_out = found.jurisdictions_in_all - MOST
    return Panel(
        title="Policies by jurisdiction and question",
        note=f"The first {MOST} jurisdictions by state; {left_out:,} more are counted below." if left_out > 0 else "",
        chart=Matrix(
            headings=[
                Heading(_in_short(question), question.text, question.get_absolute_url()) for question in found.questions
            ],
            lines=[_line(selection, found.questions, place, answered) for place, answered in found.jurisdictions],
            legend=[Key(f"answer-{code}", label) for code, label in ANSWERS.items()],
        ),
        table=_totals(selection, found),
    )


def _in_short(question: Any) -> str:
    return str(capfirst(question.slug.replace("-", " ")))


def _line(selection: Selection, questions: list[Any], place: Jurisdiction, answered: Answered) -> Line:
    cells = [
        [
            Mark(
                mark=f"answer-{code}",
                label=ANSWERS[code],
                number=answered.answers[question.pk][code],
                url=narrowed(selection, jurisdiction=place.slug, question=question.slug, answer=code),
            )
            for code in ANSWERS
            if answered.answers[question.pk][code]
        ]
        for question in questions
    ]
    return Line(str(place), answered.policies, narrowed(selection, jurisdiction=place.slug), cells)


def _totals(selection: Selection, found: Answers) -> Table:
    """How many of all policies answer each question how."""
    rows = [
        [
            heading(question.text, question.get_absolute_url()),
            *(
                figure(str(number), narrowed(selection, question=question.slug, answer=code) if number else "")
                for code in ANSWERS
                for number in [found.everything.answers[question.pk][code]]
            ),
        ]
        for question in found.questions
    ]
    return table_of_figures("Policies by question and answer", ["Question", *ANSWERS.values()], rows)
