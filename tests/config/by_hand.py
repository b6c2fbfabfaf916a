"""Signing in by hand, for the tests: what somebody types, and what they see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.test import Client

LOGIN = "/accounts/login/"
PASSWORD = "password"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def sign_in_by_hand(client: Client, username: str = "alice", password: str = PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"login": username, "password": password}, **more)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def slowed_down(answer: Any) -> bool:
    """Whether the answer is the page of those who have to wait, complete."""
    if answer.status_code != 429:
        return False
    assert answer.headers["Retry-After"] == "900"
    assert "fifteen minutes" in answer.content.decode()
    return True
