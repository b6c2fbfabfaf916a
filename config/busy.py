"""503 on the public's surfaces, with the time to come again: when the database is away, locked or takes too long."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponseBase

from api import problems
from config.middleware import is_staff_path
from dashboard.views import errors

COME_AGAIN = "10"
"""Seconds after which the request may well be tried again."""
TOO_MUCH = "The database could not answer this in time. Please ask for less, or try again in a few seconds."


class BusyDatabaseMiddleware:
    """Answers for a view that the database did not answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """A page or a problem in place of an error of the database; anything else is Django's to tell."""
        if not isinstance(error, OperationalError) or is_staff_path(request.path_info):
            return None
        return busy(request, TOO_MUCH)


def busy(request: HttpRequest, why: str) -> HttpResponseBase:
    """503 in the way of the door that was asked, and when to come again."""
    status, headers = HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": COME_AGAIN}
    if problems.is_api_path(request):
        return problems.problem(status, why, headers)
    response = errors.busy(request, why)
    response.headers["Retry-After"] = COME_AGAIN
    return response
