"""How much is on record and researched, as tables in which each number leads to exactly the rows that it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.dates import ON
from dashboard.hrefs import with_query
from dashboard.tables import Cell, Table, figure, heading, table_of_figures
from jurisdictions.models import STATES
from public.coverage import Coverage, coverage
from public.engine.dataset import DatasetVersion
from public.engine.pages import count
from public.engine.select import Selection, select
from public.nouns import NOUNS
from public.summaries import summary_of

ANSWERS = next(field.choices for field in NOUNS["policies"].children[1].fields if field.name == "answer")
"""The codes of answers with their labels."""
NOT_RESEARCHED = "not_researched"


@dataclass(frozen=True)
class Covered:
    """What is on record by kind, by question and by state, and the states of which there is nothing."""

    nouns: Table
    questions: Table
    states: Table
    codes_without: list[tuple[str, str]]


def covered(questions: Sequence[Any], version: DatasetVersion, today: date, as_of: date | None) -> Covered:
    """The tables of today's edition, without what had not come by the day `as_of`, if one is given."""
    dates = {ON: as_of.isoformat()} if as_of else {}
    selections = {name: select(noun, dates, today=today) for name, noun in NOUNS.items()}
    found = coverage(selections["policies"].queryset)
    letters, grants = _by_state(selections["letters"]), _by_state(selections["grants"])
    codes = [code for code in STATES if found.policies[code] or letters.get(code) or grants.get(code)]
    headings = [
        "State or territory",
        "Letters",
        "Awards",
        "Policies",
        "Coded",
        *(f"Q{each.position}" for each in questions),
    ]
    rows = [
        [
            heading(STATES[code], f"/states/{code}/"),
            _number(letters.get(code, 0), "letters", state=code),
            _number(grants.get(code, 0), "grants", state=code),
            *_of_policies(code, found, questions),
        ]
        for code in codes
    ]
    return Covered(
        nouns=_nouns(selections, version),
        questions=_questions(questions, found),
        states=table_of_figures("How much is researched, by state and question", headings, rows),
        codes_without=[(code, name) for code, name in STATES.items() if code not in codes],
    )


def _of_policies(code: str, found: Coverage, questions: Sequence[Any]) -> Iterator[Cell]:
    """All policies of a state, those coded at all, and those researched for each question."""
    every = ",".join(each.slug for each in questions)
    yield _number(found.policies[code], "policies", state=code)
    yield _number(found.coded[code], "policies", state=code, question=every)
    for each in questions:
        yield _number(found.researched[code, each.slug], "policies", state=code, question=each.slug)


def _nouns(selections: Mapping[str, Selection], version: DatasetVersion) -> Table:
    rows = [
        [heading(NOUNS[name].heading), _number(count(selection, version), name)]
        for name, selection in selections.items()
    ]
    return table_of_figures("What is on record", ["Kind of record", "Published"], rows)


def _questions(questions: Sequence[Any], found: Coverage) -> Table:
    policies = sum(found.policies.values())
    rows = []
    for each in questions:
        given = [(code, found.answers[each.slug, code]) for code, _ in ANSWERS]
        open_ = (NOT_RESEARCHED, policies - sum(number for _, number in given))
        cells = [_number(number, "policies", question=each.slug, answer=code) for code, number in [*given, open_]]
        rows.append([heading(f"Q{each.position}. {each.text}", f"#{each.slug}"), *cells])
    labels = ["Question", *(label for _, label in ANSWERS), "Not researched"]
    return table_of_figures("How policies answer each question", labels, rows)


def _by_state(selection: Selection) -> dict[str, int]:
    return {row.groups["state"].code or "": row.count for row in summary_of(selection, "state").rows}


def _number(number: int, noun: str, **params: str) -> Cell:
    """A number of rows, which leads to them where there are any."""
    return figure(f"{number:,}", with_query(f"/{noun}/", params) if number else "")
