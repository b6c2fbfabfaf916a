"""A visitor's address is what the proxies that we trust say, and never what a visitor says of themselves."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from public.visitors import visitor_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.1", "10.0.0.1"),
        (1, "203.0.113.1, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.1, 198.51.100.7", "203.0.113.1"),
        (3, "203.0.113.1, 198.51.100.7", "10.0.0.1"),
        (1, "198.51.100.7:50123", "198.51.100.7"),
        (1, "[2001:DB8::7]:50123", "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "not an address", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_as_many_proxies_as_are_trusted_are_believed(
    proxies: int, forwarded: str, address: str, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="10.0.0.1")
    assert visitor_address(request) == address


def test_all_who_come_by_a_socket_are_one(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 0
    assert visitor_address(RequestFactory().get("/", REMOTE_ADDR="")) == "0.0.0.0"  # noqa: S104  # Nothing listens there.
