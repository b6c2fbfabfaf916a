"""The map, every chart and every table for other people's pages: framable by anyone, while nothing else is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from dashboard import layout
from dashboard.charts.of_lists import CHARTS, panel_of
from dashboard.charts.on_the_map import MEASURES, map_of
from dashboard.embeds import HEIGHT, WIDTH, Embed, embeds_of
from dashboard.hrefs import origin, with_query
from dashboard.tables import Table, columns, rows_of_nouns
from dashboard.views import errors
from dashboard.views.feeds import filtered
from dashboard.views.frame import Edition, NoParameters, framed, page
from dashboard.views.home import HomeAsked
from dashboard.views.listing import refuse_parameters_of_data
from public.engine.errors import BadQuery
from public.engine.pages import page as page_of
from public.engine.select import Selection, select
from public.nouns import NOUNS


@xframe_options_exempt
@page
def embedded_map(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The map of the first page, with its parameter."""
    try:
        asked = HomeAsked(request.GET).accepted()["map"]
    except BadQuery as refusal:
        return _refused(request, edition, refusal, "/")
    measure = MEASURES[asked[0] if asked else next(iter(MEASURES))]
    context = {
        "title": measure.title,
        "panel": map_of(measure, edition.version, today=edition.today, as_of=edition.as_of),
    }
    return _embedded(request, edition, with_query("/", {"map": measure.name}), context)


@xframe_options_exempt
@page
def embedded_chart(request: HttpRequest, edition: Edition, noun: str) -> HttpResponse:
    """The picture of a list, of what the list's own filters select."""
    try:
        selection = filtered(NOUNS[noun], request.GET, edition, "A chart has its own order and no pages.")
    except BadQuery as refusal:
        return _refused(request, edition, refusal, f"/{noun}/")
    context = {**_named(selection), "panel": panel_of(selection, edition.version)}
    return _embedded(request, edition, with_query(f"/{noun}/", selection.parameters), context)


@xframe_options_exempt
@page
def embedded_table(request: HttpRequest, edition: Edition, noun: str) -> HttpResponse:
    """The table of a list, with the list's own parameters."""
    asked = NOUNS[noun]
    try:
        refuse_parameters_of_data(asked, request)
        selection = select(asked, request.GET, today=edition.today)
        found = page_of(selection, edition.version)
    except BadQuery as refusal:
        return _refused(request, edition, refusal, f"/{noun}/")
    fields = layout.columns(asked)
    table = Table(asked.heading, columns(fields), rows_of_nouns(found.rows, fields))
    context = {**_named(selection), "table": table, "count": found.count, "noun": asked}
    return _embedded(request, edition, with_query(f"/{noun}/", dict(request.GET.lists())), context)


def _named(selection: Selection) -> dict[str, str]:
    """The words of a selection: the filters in use, and a title with them."""
    filters = ", ".join(f"{used.label}: {used.display}" for used in selection.active)
    return {"filters": filters, "title": f"{selection.noun.heading}, {filters}" if filters else selection.noun.heading}


def _embedded(request: HttpRequest, edition: Edition, url: str, context: dict[str, Any]) -> HttpResponse:
    """Something without our frame, with a line that leads to the page it is from."""
    shared = {"url": url, "version": edition.version.number, "today": edition.today}
    return render(request, "embed.html", {**shared, **context}, using="public")


def _refused(request: HttpRequest, edition: Edition, refusal: BadQuery, url: str) -> HttpResponse:
    response = _embedded(request, edition, url, {"title": "This cannot be shown", "errors": refusal.errors})
    response.status_code = 400
    return response


class EmbedAsked(NoParameters):
    """Which page is to be embedded."""

    url = forms.CharField(required=False)


@page
def embedding(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The lines to copy, for the page at `url` or else for everything that can be embedded."""
    url = EmbedAsked(request.GET).accepted()["url"]
    pages = [url] if url else [*(f"/?map={name}" for name in MEASURES), *(f"/{noun}/" for noun in CHARTS)]
    found = [each for address in pages for each in embeds_of(address)]
    snippets = [{"embed": each, "html": each.html(origin(request))} for each in found]
    return framed(request, "embedding.html", {"snippets": snippets, "url": url}, section="data", edition=edition)


class OEmbedAsked(NoParameters):
    """What a consumer of oEmbed asks (oembed.com)."""

    url = forms.CharField()
    format = forms.ChoiceField(required=False, choices=[("json", "json"), ("xml", "xml")])
    maxwidth = forms.IntegerField(required=False, min_value=1)
    maxheight = forms.IntegerField(required=False, min_value=1)


@page
def oembed(request: HttpRequest, edition: Edition) -> HttpResponse:
    """A page of ours as an oEmbed of type rich; 404 for what cannot be embedded, 501 for XML, as the format says."""
    asked = OEmbedAsked(request.GET).accepted()
    home = origin(request)
    if asked["format"] == "xml":
        return HttpResponse("This endpoint answers in JSON.\n", status=501, content_type="text/plain")
    found = embeds_of(asked["url"]) if urlsplit(asked["url"]).netloc == urlsplit(home).netloc else []
    if not found:
        return errors.not_found(request)
    return JsonResponse(_rich(found[0], home, asked["maxwidth"] or WIDTH, asked["maxheight"] or HEIGHT))


def _rich(embed: Embed, home: str, width: int, height: int) -> dict[str, Any]:
    return {
        "version": "1.0",
        "type": "rich",
        "title": embed.title,
        "provider_name": "Policy Tracker",
        "provider_url": f"{home}/",
        "cache_age": 3600,
        "html": embed.html(home),
        "width": min(width, WIDTH),
        "height": min(height, HEIGHT),
    }
