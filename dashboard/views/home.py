"""The first page: the record on a map, in figures that lead to exactly their rows, in time, and what is new in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from dashboard.acts_in_words import named, title_of
from dashboard.charts.on_the_map import MEASURES, map_of
from dashboard.charts.timeline import timeline
from dashboard.dates import ON, stops
from dashboard.hrefs import origin, with_query
from dashboard.structured import website
from dashboard.views.frame import Edition, NoParameters, framed, page
from public.changes import titles
from public.corrections import newest_corrections
from public.engine.list_parameters import ChoiceListField
from public.engine.pages import count
from public.engine.parameters import refusal
from public.engine.select import select
from public.key_days import of_all_mailings
from public.nouns import NOUNS

ROWS = 5
"""Letters of each kind on the page."""
CORRECTIONS = 3
"""Corrections on the page."""


class MeasureField(ChoiceListField):
    """What the map shows, one thing at a time."""

    several = False

    def values(self, words: list[str]) -> list[str]:
        if len(words) > 1:
            raise refusal("A map shows one thing at a time.", ",".join(words))
        return super().values(words)


class HomeAsked(NoParameters):
    """What the first page can be asked."""

    map = MeasureField(required=False, choices=[(measure.name, measure.label) for measure in MEASURES.values()])


@dataclass(frozen=True)
class Figure:
    """A number and the list of exactly what it counts."""

    what: str
    count: int
    url: str


@dataclass(frozen=True)
class Corrected:
    """A correction: of what, when, why, and what changed."""

    title: str
    url: str
    at: Any
    reason: str
    changes: list[str]


@dataclass(frozen=True)
class SomeLetters:
    """The first letters of a list, how many it has, and its address."""

    letters: list[Any]
    count: int
    url: str


@page
def home(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Everything as of the day."""
    asked = HomeAsked(request.GET).accepted()["map"]
    measure = MEASURES[asked[0] if asked else next(iter(MEASURES))]
    figures = [
        _figure(edition, "letters on record", "letters", {}),
        _figure(edition, "jurisdictions that received one", "jurisdictions", {"has": "letters"}),
        _figure(
            edition,
            "policies in force" if edition.as_of else "policies in force today",
            "policies",
            {"in_force_on": edition.on.isoformat()},
        ),
        _figure(edition, "lawsuits", "lawsuits", {}),
        _figure(edition, "grant awards", "grants", {}),
    ]
    context = {
        "key_days": stops(request, of_all_mailings(edition.today), edition.as_of, edition.today),
        "figures": figures,
        "structured": website(origin(request)),
        "page_url": f"{origin(request)}{with_query('/', {'map': measure.name})}",
        "measures": list(MEASURES.values()),
        "measure": measure,
        "map": map_of(measure, edition.version, today=edition.today, as_of=edition.as_of),
        "timeline": timeline(edition.version, today=edition.today, as_of=edition.as_of),
        "latest": _letters(edition, {}),
        "ahead": _letters(edition, {"standing": "due", "ordering": "due_on"}),
        "missed": _letters(edition, {"standing": "overdue", "ordering": "-due_on"}),
        "corrections": _corrections(),
    }
    return framed(request, "home.html", context, section="home", edition=edition)


def _figure(edition: Edition, what: str, noun: str, params: dict[str, str]) -> Figure:
    params = _as_of(edition, params)
    selection = select(NOUNS[noun], params, today=edition.today)
    return Figure(what, count(selection, edition.version), with_query(f"/{noun}/", params))


def _letters(edition: Edition, params: dict[str, str]) -> SomeLetters:
    params = _as_of(edition, params)
    selection = select(NOUNS["letters"], params, today=edition.today)
    url = with_query("/letters/", params)
    return SomeLetters(selection.first(ROWS), count(selection, edition.version), url)


def _corrections() -> list[Corrected]:
    found = newest_corrections(most=CORRECTIONS)
    known = titles(each.publication for each in found)
    return [
        Corrected(
            title=title_of(each.publication, known),
            url=f"/{each.publication.noun}/{each.publication.slug}/",
            at=each.publication.at,
            reason=each.publication.reason,
            changes=[named(difference) for difference in each.differences or ()],
        )
        for each in found
    ]


def _as_of(edition: Edition, params: dict[str, str]) -> dict[str, str]:
    return {**params, ON: edition.as_of.isoformat()} if edition.as_of else params
