"""The pages of what is not there, was withdrawn, or failed. None of them asks a database."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from dashboard.addresses import with_query
from dashboard.views.frame import framed


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


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed on our side."""
    context = {
        "heading": "This page could not be made",
        "message": "The fault is ours, and has been noted. Please try again in a while.",
    }
    return framed(request, "error.html", context, status=HTTPStatus.INTERNAL_SERVER_ERROR)
