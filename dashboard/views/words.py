"""Pages of words: what this record is and how it is made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from dashboard.views.frame import Edition, NoParameters, framed, page


@page
def about(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What the record is, its method, whose words it uses, and how corrections are made."""
    NoParameters(request.GET).accepted()
    return framed(request, "about.html", {}, section="about", edition=edition)
