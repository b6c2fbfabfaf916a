"""The page of a state or territory: everything on record in it, its counties and places included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from dashboard.hrefs import with_query
from dashboard.panels import Excerpt
from dashboard.records.place_records import described
from dashboard.related import listed
from dashboard.views import errors
from dashboard.views.frame import Edition, NoParameters, framed, page
from jurisdictions.models import STATES
from public.engine.select import find, select
from public.nouns import NOUNS

WITHIN = ("letters", "policies", "grants", "lawsuits", "designations", "statements", "agencies")
"""The lists that a state's page gives in short."""
RECORDED = "letters,policies,grants,designations"
"""What makes a place one with something on record."""


@page
def state(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    """Everything in the state of this postal code; the code in small letters leads here, any other code is no page."""
    if code.upper() not in STATES:
        return errors.not_found(request)
    if code != code.upper():
        address = reverse("state", args=[code.upper()])
        return HttpResponsePermanentRedirect(with_query(address, dict(request.GET.lists())))
    NoParameters(request.GET).accepted()
    on, as_of = edition.on, edition.as_of
    asked = {"state": code, **({"on": as_of.isoformat()} if as_of else {})}
    itself = _itself(code, on)
    excerpts = list(_excerpts(edition, on, asked))
    context = {
        "name": STATES[code],
        "itself": itself,
        "described": described(itself) if itself else [],
        "excerpts": [excerpt for excerpt in excerpts if excerpt.count],
        "nothing": [excerpt.table.title.lower() for excerpt in excerpts if not excerpt.count],
        "on": on,
    }
    return framed(request, "state.html", context, section="states", edition=edition)


def _itself(code: str, on: date) -> Any:
    """The state as a jurisdiction of its own; nothing while it is not published."""
    slug = NOUNS["jurisdictions"].rows(on).filter(kind="state", state=code).values_list("slug", flat=True).first()
    return find(NOUNS["jurisdictions"], slug, on=on) if slug else None


def _excerpts(edition: Edition, on: date, asked: Mapping[str, str]) -> Iterator[Excerpt]:
    """The lists of what happened in the state, and of its places with something on record."""
    for name in WITHIN:
        yield listed(select(NOUNS[name], asked, today=on), edition.version, without={"state"})
    places = select(NOUNS["jurisdictions"], {**asked, "has": RECORDED}, today=on)
    yield listed(places, edition.version, without={"state"}, title="Places with something on record")
