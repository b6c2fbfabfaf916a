"""Everything that goes wrong under /api/, as application/problem+json (RFC 9457). The title is HTTP's own phrase."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework.exceptions import APIException

from public.engine.errors import BadQuery, NotPublished, NotYet, ParameterError, Withdrawn
from public.engine.serializers import timestamp
from public.search.plan import TooCommon

MEDIA_TYPE = "application/problem+json"
NOT_FOUND = "Nothing is published at this address."


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **members: Any) -> HttpResponse:
    """The answer to a request that cannot be served, never to be kept by a cache."""
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **members}
    text = json.dumps(content, ensure_ascii=False)
    return HttpResponse(
        text, status=status, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-store", **(headers or {})}
    )


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The exception handler of every view here. None leaves an error that nobody foresaw to Django, which logs it."""
    if isinstance(error, TooCommon):
        error = BadQuery([ParameterError("q", context["request"].GET.get("q", ""), str(error))])
    match error:
        case BadQuery():
            return bad_query(error)
        case NotYet() | NotPublished() | Http404():
            return problem(404, str(error) if isinstance(error, NotYet) else NOT_FOUND)
        case Withdrawn():
            return problem(410, "What was published here was withdrawn.", reason=error.reason, at=timestamp(error.at))
        case SuspiciousOperation():
            return problem(400, "The request is malformed.")
        case APIException():
            allowed = {"Allow": ", ".join(context["view"].allowed_methods)} if error.status_code == 405 else None
            return problem(error.status_code, str(error.detail), allowed)
        case _:
            return None


def bad_query(error: BadQuery) -> HttpResponse:
    """The answer to parameters that cannot be obeyed, which names each of them."""
    named = ", ".join(dict.fromkeys(wrong.name for wrong in error.errors))
    members = [_member(wrong) for wrong in error.errors]
    return problem(400, f"These parameters cannot be obeyed: {named}.", errors=members)


def _member(error: ParameterError) -> dict[str, Any]:
    suggestion = f" Did you mean {error.nearest}?" if error.nearest else ""
    return {
        "parameter": error.name,
        "value": error.value,
        "detail": f"{error.message}{suggestion}",
        "did_you_mean": error.nearest,
    }


def is_api_path(request: HttpRequest) -> bool:
    """Whether the request's errors are answered here."""
    return request.path_info.startswith("/api/")


def not_found(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """The answer to any address that the API does not have."""
    return problem(404, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to an error that nobody foresaw. It tells nothing about it."""
    return problem(500, "Something went wrong on our side. It has been logged.")
