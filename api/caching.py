"""The ETag of the API's answers, and 304 to whoever has the answer already."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponseBase

from public.engine.caching import code_fingerprint, without_making_it
from public.engine.dataset import DatasetVersion


def entity_tag(version: DatasetVersion, day: date | None, media: str) -> str:
    """The ETag of an answer: what is published, the code that made it, the day that it depends on, and the format."""
    parts = [str(version.number), version.hash[:16], code_fingerprint(), day.isoformat() if day else "", media]
    return f'"{"-".join(part for part in parts if part)}"'


def not_modified(request: HttpRequest, tag: str) -> HttpResponseBase | None:
    """304, when the request names this very tag."""
    response = without_making_it(request, tag)
    return response if response is not None and response.status_code == 304 else None
