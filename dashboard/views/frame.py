"""What every page shares: the edition it was read from, its frame, its caching, and its refusals."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.dates import DATES, ON, banner, carried, in_use
from dashboard.hrefs import changed, origin, with_query
from dashboard.layout import NAVIGATION
from public.engine.caching import ASK_FIRST, CACHE_CONTROL, code_fingerprint, mark, without_making_it
from public.engine.dataset import DatasetVersion, dataset_version
from public.engine.errors import BadQuery, ParameterError
from public.engine.knowledge import today
from public.engine.parameters import AsOfField
from public.engine.strict import StrictForm
from public.nouns import NOUNS
from public.search.plan import TooCommon

Args = ParamSpec("Args")

CARD = "dashboard/cards/{}.png"
"""The picture that a shared link shows, baked by dashboard/cards/make_cards.py: one for each section."""


@dataclass(frozen=True)
class Edition:
    """What a page is made from: a state of the edition, today, and the day that the reader asked to look from, if any.

    Where the reader looks back to what was known at a past moment, the state is that one and today is its day.
    """

    version: DatasetVersion
    today: date
    as_of: date | None = None

    @property
    def on(self) -> date:
        """The day that the page is as of."""
        return self.as_of or self.today


class NoParameters(StrictForm):
    """The parameters of a page that takes none of its own."""

    on = AsOfField(required=False)


PageView = Callable[Concatenate[HttpRequest, Edition, Args], HttpResponse]


def page(
    view: PageView[Args], also: Callable[[], str] | None = None
) -> Callable[Concatenate[HttpRequest, Args], HttpResponseBase]:
    """Make a view of the edition into a page: GET and HEAD alone, cached by shared caches, 304 while nothing changed.

    `also` names what else the page is made from. A BadQuery that the view lets pass, or a search for what is too
    common, becomes a page with status 400 that names what is wrong.
    """

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        if blank := [name for name in DATES if name in request.GET and not any(request.GET.getlist(name))]:
            # The form of the dates sends both; the address to keep and share has those that were filled in.
            return HttpResponseRedirect(with_query(request.path, changed(request.GET, *blank)))
        edition = edition_of(request)
        etag = _etag(edition, also() if also else "")
        response = without_making_it(request, etag)
        if response is None:
            try:
                response = view(request, edition, *args, **kwargs)
            except BadQuery as refusal:
                response = refused(request, edition, refusal)
            except TooCommon as refusal:
                wrong = ParameterError("q", request.GET.get("q", ""), str(refusal))
                response = refused(request, edition, BadQuery([wrong]))
        if isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = carried(response.content.decode(), in_use(edition.as_of)).encode()
        tag, keeps = etag if response.status_code in {200, 304} else "", ASK_FIRST if also else CACHE_CONTROL
        mark(response, edition.version, tag, cache_control=keeps)
        return response

    return answer


def page_also_of(
    also: Callable[[], str],
) -> Callable[[PageView[Args]], Callable[Concatenate[HttpRequest, Args], HttpResponseBase]]:
    """`page` for what is made from something beside the edition, which `also` names."""
    return lambda view: page(view, also)


def edition_of(request: HttpRequest) -> Edition:
    """What this page is made from. A day that cannot be obeyed is none; the page's own parameters refuse it."""
    try:
        as_of = AsOfField(required=False).clean(request.GET.get(ON))
    except ValidationError:
        as_of = None
    return Edition(dataset_version(), today(), as_of)


def _etag(edition: Edition, also: str) -> str:
    """Changes with every publication, with the day, on which standings depend, with this code, and with `also`."""
    text = f"{edition.version.number} {edition.version.hash} {edition.today} {code_fingerprint()} {also}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def framed(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    section: str = "",
    edition: Edition | None = None,
    status: int = 200,
) -> HttpResponse:
    """A template inside the frame of every page. `section` is the entry of the navigation that the page belongs to."""
    frame = {
        "section": section,
        "navigation": [NOUNS[name] for name in NAVIGATION],
        "further": [noun for noun in NOUNS.values() if noun.name not in NAVIGATION],
        "version": edition.version.number if edition else None,
        "today": edition.today if edition else None,
        "release": settings.RELEASE,
        "origin": origin(request),
        "canonical": f"{origin(request)}{request.path}" if edition and status == HTTPStatus.OK else "",
        "address": f"{origin(request)}{request.get_full_path()}" if edition else "",
        "card": CARD.format(section if section in NAVIGATION else "home"),
        "dates": banner(request, edition.as_of) if edition else None,
    }
    return render(request, template, {**frame, **context}, status=status, using="public")


def refused(request: HttpRequest, edition: Edition, refusal: BadQuery) -> HttpResponse:
    """The page for parameters that cannot be obeyed, with a way on to the same page without them."""
    names = {error.name for error in refusal.errors}
    context = {"errors": refusal.errors, "without_url": with_query(request.path, changed(request.GET, *names))}
    return framed(request, "refused.html", context, edition=edition, status=400)
