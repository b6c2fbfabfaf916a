"""What lets caches keep an answer: an ETag from the version of the dataset, and 304 to whoever has it already."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from tracker.public.ledger import DatasetVersion

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"
VERSION_HEADER = "X-Dataset-Version"


def entity_tag(version: DatasetVersion, day: date | None, media: str) -> str:
    """The ETag of an answer: what is published, the day where the answer depends on it, and the format."""
    parts = [str(version.number), version.hash[:16], day.isoformat() if day else "", media]
    return f'"{"-".join(part for part in parts if part)}"'


def not_modified(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304, when the request names this very tag. `*` stands for any answer, so that one has to be made first."""
    if request.headers.get("If-None-Match", "*").strip() == "*":
        return None
    response = get_conditional_response(request, etag=tag)
    return response if isinstance(response, HttpResponse) and response.status_code == 304 else None


def mark(response: HttpResponseBase, version: DatasetVersion, tag: str) -> None:
    """Write on an answer what it was made from, and how long it keeps."""
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers[VERSION_HEADER] = str(version.number)
