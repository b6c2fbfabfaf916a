"""The page about the record: its method, its codebook, how much of it is researched, and whose words it uses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from dashboard.coverage import covered
from dashboard.views.frame import Edition, NoParameters, framed, page
from public.dollars import RULE
from public.nouns import NOUNS


@page
def about(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What the record is, how it is made, and how far it has come."""
    NoParameters(request.GET).accepted()
    questions = list(NOUNS["questions"].rows(edition.today).select_related("codebook").order_by("codebook", "position"))
    figures = covered(questions, edition.version, edition.today, edition.as_of)
    context = {"questions": questions, "covered": figures, "rule": RULE}
    return framed(request, "about.html", context, section="about", edition=edition)
