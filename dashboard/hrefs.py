"""Addresses of pages and data: a path with its parameters, changed in one place and kept in all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from public.engine.select import Selection

Params = Mapping[str, str | Sequence[str]]


def origin(request: HttpRequest) -> str:
    """Scheme and host of absolute addresses: those that the settings name, or else those of the request."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def with_query(path: str, params: Params) -> str:
    """The path with these parameters; commas, which part the values of a list, stay readable."""
    query = QueryDict(mutable=True)
    for name, values in params.items():
        query.setlist(name, [values] if isinstance(values, str) else list(values))
    return f"{path}?{query.urlencode(safe=',')}" if query else path


def narrowed(selection: Selection, **values: str) -> str:
    """The address of the rows of the selection that also have these values."""
    return with_query(f"/{selection.noun.name}/", {**selection.parameters, **values})


def changed(params: MultiValueDict[str, str], *without: str, **values: str) -> dict[str, list[str]]:
    """The parameters without the named ones, and with these set; an empty value takes its parameter away."""
    kept = {name: params.getlist(name) for name in params if name not in {*without, *values}}
    return {**kept, **{name: [value] for name, value in values.items() if value}}


def data_url(noun: str, params: MultiValueDict[str, str], **values: str) -> str:
    """The same list in the API: the same filters and order, from its beginning."""
    return with_query(f"/api/v1/{noun}/", changed(params, "cursor", "page_size", **values))
