"""What lets caches keep what was read from the edition: how long it keeps, what it was made from, and 304."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response

from public.engine.dataset import DatasetVersion

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"
"""How long a cache may show an answer before it asks again, which costs one query, and while it asks."""
VERSION_HEADER = "X-Dataset-Version"


def without_making_it(request: HttpRequest, tag: str) -> HttpResponseBase | None:
    """What the request's conditions make of an answer with this ETag, None when it has to be made.

    `*` stands for any answer, so that one has to be made first.
    """
    if request.headers.get("If-None-Match", "*").strip() == "*":
        return None
    return get_conditional_response(request, etag=tag)


def mark(response: HttpResponseBase, version: DatasetVersion, tag: str = "") -> None:
    """Write on an answer what it was made from and how long it keeps, and its ETag where it has one."""
    if tag:
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers[VERSION_HEADER] = str(version.number)
