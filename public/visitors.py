"""Where a visitor comes from, as far as the proxies that we trust (TRUSTED_PROXIES) tell it."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def visitor_address(request: HttpRequest) -> str:
    """The visitor's address as the outermost trusted proxy saw it; the connection's where a proxy was passed by."""
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    trusted = settings.TRUSTED_PROXIES
    candidate = seen[-trusted].strip() if 0 < trusted <= len(seen) else ""
    without_port = candidate.rpartition(":")[0].strip("[]")  # Some proxies add the port that the visitor spoke from.
    for address in (candidate, without_port, request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            continue
    return str(ipaddress.IPv4Address(0))  # A server that listens on a socket names nobody: all are one visitor.
