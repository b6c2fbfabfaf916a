"""The pages of what is not there, was withdrawn, cannot be asked for, or failed."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import dateformat

from dashboard.hrefs import with_query
from dashboard.views.frame import Edition, edition_of, framed, refused
from public.engine.errors import BadQuery


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing is published at this address: the same page for a draft as for what never existed."""
    context = {"heading": "Nothing is published here", "message": "This address leads to no page and no record."}
    return framed(request, "error.html", context, status=HTTPStatus.NOT_FOUND)


def withdrawn(request: HttpRequest, reason: str, at: datetime) -> HttpResponse:
    """What was published here was taken back; the reader is told when and why."""
    message = "A record was published at this address and has been taken back."
    context = {"heading": "This record was withdrawn", "message": message, "reason": reason, "at": at}
    return framed(request, "error.html", context, status=HTTPStatus.GONE)


def moved(request: HttpRequest, address: str, reason: str) -> HttpResponse:
    """What was published here was merged into another record; whoever does not follow is told why."""
    response = HttpResponsePermanentRedirect(with_query(address, request.GET.dict()))
    response.content = f"Merged into {address}: {reason}\n"
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    return response


def not_yet(request: HttpRequest, edition: Edition, on: date) -> HttpResponse:
    """What is published here came after the day that the reader looks from; the banner leads back to today."""
    message = f"What is on record at this address came after {dateformat.format(on, 'j F Y')}."
    context = {"heading": "Not yet on that day", "message": message}
    return framed(request, "error.html", context, edition=edition, status=HTTPStatus.NOT_FOUND)


def bad_query(request: HttpRequest, refusal: BadQuery) -> HttpResponse:
    """Parameters that cannot be obeyed, refused before the page that they were for was asked."""
    return refused(request, edition_of(request), refusal)


def busy(request: HttpRequest, message: str) -> HttpResponse:
    """Something is asked for that cannot be answered at this moment."""
    context = {"heading": "Not just now", "message": message}
    return framed(request, "error.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed on our side."""
    context = {
        "heading": "This page could not be made",
        "message": "The fault is ours, and has been noted. Please try again in a while.",
    }
    return framed(request, "error.html", context, status=HTTPStatus.INTERNAL_SERVER_ERROR)
