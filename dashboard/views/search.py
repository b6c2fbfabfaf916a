"""Search over everything published, narrowed to a kind of record by a link."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from dashboard.dates import DATES
from dashboard.hrefs import with_query
from dashboard.views.frame import Edition, NoParameters, framed, page
from public.engine.errors import BadQuery
from public.nouns import NOUNS
from public.search.searching import SearchResult
from public.search.searching import search as find_words
from public.search_form import SearchOptions


@page
def search(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The best hits for `q`; an empty form without it; status 400 and the reasons for what cannot be sought."""
    query = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"query": query}
    if query or request.GET.keys() - {"q", *DATES}:
        try:
            context |= _found(**SearchOptions(request.GET).accepted())
        except BadQuery as refusal:
            context["errors"] = refusal.errors
    else:
        NoParameters({name: request.GET.getlist(name) for name in request.GET if name != "q"}).accepted()
    status = 400 if "errors" in context else 200
    return framed(request, "search.html", context, section="search", edition=edition, status=status)


def _found(*, q: str, noun: list[str], state: list[str], on: date | None, page_size: int) -> dict[str, Any]:
    everywhere = find_words(q, state=state, on=on, limit=page_size)
    result = find_words(q, noun=noun, state=state, on=on, limit=page_size) if noun else everywhere
    hits = [
        {
            "noun": NOUNS[hit.noun].label,
            "title": hit.title,
            "state": hit.state,
            "url": f"/{hit.noun}/{hit.slug}/",
            "pieces": hit.snippet.pieces(),
        }
        for hit in result.hits
    ]
    return {"result": result, "hits": hits, "kinds": _kinds(q, noun, state, everywhere), "most": page_size}


def _kinds(query: str, chosen: list[str], state: list[str], everywhere: SearchResult) -> list[dict[str, Any]]:
    """All hits and each kind of record among them, with their numbers and addresses, and which of these is shown."""
    kinds = [("", "Everything", everywhere.count, bool(everywhere.uncounted))]
    kinds += [
        (name, NOUNS[name].heading, everywhere.counts[name], name in everywhere.uncounted)
        for name in NOUNS
        if name in everywhere.counts
    ]
    return [
        {
            "label": label,
            "count": f"more than {number:,}" if capped else number,
            "current": name in chosen or not (name or chosen),
            "url": with_query("/search/", {"q": query, "noun": [name] if name else [], "state": state}),
        }
        for name, label, number, capped in kinds
    ]
