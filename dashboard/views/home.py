"""The first page: the record in figures that lead to exactly their rows, the latest letters, and the deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from dashboard.addresses import with_query
from dashboard.views.frame import Edition, NoParameters, framed, page
from tracker.public.pages import count
from tracker.public.select import select

ROWS = 6
"""Letters of each kind on the page."""


@dataclass(frozen=True)
class Figure:
    """A number and the list of exactly what it counts."""

    what: str
    count: int
    url: str


@dataclass(frozen=True)
class SomeLetters:
    """The first letters of a list, how many it has, and its address."""

    letters: list[Any]
    count: int
    url: str


@page
def home(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Everything as of today."""
    NoParameters(request.GET).accepted()
    today = edition.today.isoformat()
    figures = [
        _figure(edition, "letters on record", "letters", {}),
        _figure(edition, "jurisdictions that received one", "jurisdictions", {"has": "letters"}),
        _figure(edition, "policies in force today", "policies", {"in_force_on": today}),
        _figure(edition, "lawsuits", "lawsuits", {}),
        _figure(edition, "grant awards", "grants", {}),
    ]
    context = {
        "figures": figures,
        "latest": _letters(edition, {}),
        "ahead": _letters(edition, {"standing": "due", "ordering": "due_on"}),
        "missed": _letters(edition, {"standing": "overdue", "ordering": "-due_on"}),
    }
    return framed(request, "home.html", context, section="home", edition=edition)


def _figure(edition: Edition, what: str, noun: str, params: dict[str, str]) -> Figure:
    selection = select(noun, params, today=edition.today)
    return Figure(what, count(selection, edition.version), with_query(f"/{noun}/", params))


def _letters(edition: Edition, params: dict[str, str]) -> SomeLetters:
    selection = select("letters", params, today=edition.today)
    url = with_query("/letters/", params)
    return SomeLetters(list(selection.queryset[:ROWS]), count(selection, edition.version), url)
