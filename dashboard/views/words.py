"""Pages of words: what this record is and how it is made, and how to take it with you."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from dashboard.addresses import origin
from dashboard.views.frame import Edition, NoParameters, framed, page
from tracker.public.nouns import NOUNS


@page
def about(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What the record is, its method, whose words it uses, and how corrections are made."""
    NoParameters(request.GET).accepted()
    return framed(request, "about.html", {}, section="about", edition=edition)


@page
def data(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Every list as data, the API, and how to cite a state of the record."""
    NoParameters(request.GET).accepted()
    context = {"nouns": list(NOUNS.values()), "home_url": f"{origin(request)}/"}
    return framed(request, "data.html", context, section="data", edition=edition)
