"""Every address, public or the staff's, found by walking the routes, so that a new one stays in no promise's way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.middleware import is_staff_path
from desk.admin.staff_site import site


def public_addresses(slugs: dict[str, str]) -> list[str]:
    """Every public address once, with these slugs (by noun) where an address names a record."""
    return [address for address in _walk(get_resolver().url_patterns, "/", slugs) if not is_staff_path(address)]


def _walk(patterns: list[Any], prefix: str, slugs: dict[str, str]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if not is_staff_path(f"{prefix}{pattern.pattern}"):
                yield from _walk(pattern.url_patterns, f"{prefix}{pattern.pattern}", slugs)
        elif not is_staff_path(f"{prefix}{pattern.pattern}"):
            yield f"{prefix}{_sample(pattern, slugs)}"


def _sample(pattern: URLPattern, slugs: dict[str, str]) -> str:
    """The route with a value for what it takes. Raises KeyError for a parameter that nobody has decided on."""
    route = str(pattern.pattern)
    noun = route.split("/", maxsplit=1)[0]
    known = {
        "<slug:slug>": slugs.get(noun, ""),
        "<int:id>": "1",
        "<str:code>": "IL",
        "<str:receipt>": "nowhere",
        "<slug:form>": "nowhere",
        "<slug:name>-<int:part>": "letters-1",
        "<slug:name>/<str:file>": "nowhere/nowhere",
        "^(?P<rest>.*)$": "nowhere",
    }
    for name in pattern.pattern.converters if hasattr(pattern.pattern, "converters") else ():
        if name not in {"slug", "id", "code", "receipt", "form", "name", "file", "part", "rest"}:
            raise KeyError(f"{route} takes {name}: say in tests/surfaces.py what the promises should ask it for.")
    for placeholder, value in known.items():
        route = route.replace(placeholder, value)
    return route


def staff_addresses(rows: Iterable[models.Model]) -> list[str]:
    """Every address of the desk about these rows, and about things of their kinds."""
    found: dict[str, None] = {}
    for row in rows:
        for pattern in site._registry[type(row)].get_urls():
            if pattern.name:
                found |= {reverse(f"admin:{pattern.name}", args=args): None for args in _arguments(pattern, row)}
    return list(found)


def _arguments(pattern: URLPattern, row: Any) -> list[list[Any]]:
    """What a page of the desk is asked for."""
    names = getattr(pattern.pattern, "converters", {})
    if "suffix" in names:
        return [["csv"], ["xlsx"]]
    if str(pattern.name).endswith("_simple_history"):
        return [[row.pk, row.history.earliest().pk]]  # As unlike the present one as any.
    return [[row.pk][: pattern.pattern.regex.groups]]


def read(client: Client, address: str, **parameters: str) -> tuple[int, bytes, str]:
    """Status, whole body and headers of an answer."""
    response: Any = client.get(address, parameters)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, body, str(response.headers)
