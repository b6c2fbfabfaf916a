"""Every public address, found by walking the URL resolver, so that a new route cannot stay outside the promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from config.middleware import is_staff_path


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


def read(client: Client, address: str, **parameters: str) -> tuple[int, bytes, str]:
    """Status, whole body and headers of an answer."""
    response: Any = client.get(address, parameters)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, body, str(response.headers)
