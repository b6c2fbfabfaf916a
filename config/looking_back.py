"""`?known_at=` on every public address: the request is answered from the edition of a past moment, or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase

from api import problems
from config.busy import busy
from config.middleware import is_staff_path
from dashboard.views import errors
from public.engine.errors import BadQuery
from public.engine.knowledge import KNOWN_AT, Knowledge, looking_back
from public.engine.known_at import asked
from tracker.publishing import past_editions
from tracker.publishing.documents import Address

WITHOUT_EDITION = frozenset({"/healthz", "/api/v1/docs/", "/api/v1/schema/"})
"""Public addresses that say nothing of the record. They refuse the parameter, as any other that they do not know."""
BEING_PREPARED = "Other past states of the record are being prepared. Please try again in a few seconds."


class KnownAtMiddleware:
    """Understands `known_at`, and lets past editions stand in for the published one while the answer is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if is_staff_path(path) or path in WITHOUT_EDITION:
            return self.get_response(request)
        try:
            known = asked(request.GET) if KNOWN_AT in request.GET else None
        except BadQuery as refusal:
            return refused(request, refusal)
        except SuspiciousOperation:
            known = None  # The view meets it again, and says it in its own way.
        return self.get_response(request) if known is None else self._answer(request, known)

    def _answer(self, request: HttpRequest, known: Knowledge) -> HttpResponseBase:
        try:
            with reading(known):
                response = self.get_response(request)
        except past_editions.Busy:
            return busy(request, BEING_PREPARED)
        if getattr(response, "streaming", False):
            streamed: Any = response
            streamed.streaming_content = _read_later(known, streamed.streaming_content)
        return response


@contextmanager
def reading(known: Knowledge) -> Iterator[None]:
    """Answer as of this moment, from the edition that was published at it."""
    with ExitStack() as stack:
        stack.enter_context(looking_back(known))
        if not known.is_present:
            gone = [Address(each.noun, each.slug) for each in known.taken_back]
            stack.enter_context(past_editions.reading(known.publication, known.hash, without=gone))
        yield


def _read_later(known: Knowledge, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What is streamed is read after the middleware, and by the same process."""
    with reading(known):
        yield from chunks


def refused(request: HttpRequest, refusal: BadQuery) -> HttpResponseBase:
    """400, in the way of the door that was asked."""
    if problems.is_api_path(request):
        return problems.bad_query(refusal)
    return errors.bad_query(request, refusal)
