"""What lets caches keep what was read from the edition: how long it keeps, what it was made from, and 304."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response

from public.engine.dataset import DatasetVersion

CACHE_CONTROL = "public, max-age=4, must-revalidate"
"""A withdrawal is public everywhere within five seconds: one here, and four in caches in front, which then ask."""
ASK_FIRST = "public, no-cache"
"""For what is made from more than the edition: a cache asks each time, and is told whether anything changed."""
VERSION_HEADER = "X-Dataset-Version"
ROOMS_OF_ANSWERS = ("api", "dashboard", "snapshots", "public", "tracker", "jurisdictions", "nouns")


def code_fingerprint() -> str:
    """A fingerprint of this release and its code, so that an answer from before an upgrade is not used again."""
    return hashlib.sha256(f"{settings.RELEASE} {_code()}".encode()).hexdigest()[:16]


@cache
def _code() -> str:
    root = Path(__file__).parent.parent.parent
    files = sorted(
        path
        for room in ROOMS_OF_ANSWERS
        for path in (root / room).rglob("*.*")
        if path.suffix in {".css", ".html", ".js", ".py"}
    )
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def without_making_it(request: HttpRequest, tag: str) -> HttpResponseBase | None:
    """What the request's conditions make of an answer with this ETag, None when it has to be made.

    `*` stands for any answer, so that one has to be made first.
    """
    if request.headers.get("If-None-Match", "*").strip() == "*":
        return None
    return get_conditional_response(request, etag=tag)


def mark(
    response: HttpResponseBase, version: DatasetVersion, tag: str = "", *, cache_control: str = CACHE_CONTROL
) -> None:
    """Write on an answer what it was made from and how long it keeps, and its ETag where it has one."""
    if tag:
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = cache_control
    response.headers[VERSION_HEADER] = str(version.number)
