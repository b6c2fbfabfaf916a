"""A database that does not answer in time is not an error of ours: readers are told to come again, at every door."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connections
from django.test import Client

from nouns.databases import PUBLISHED
from tests.conftest import BOTH_DATABASES
from tracker.models import Letter

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def cancelled(execute: Any, sql: str, *rest: Any) -> Any:
    """As PostgreSQL does past `statement_timeout`, once it comes to the letters."""
    if "tracker_letter" in sql:
        raise OperationalError("canceling statement due to statement timeout")
    return execute(sql, *rest)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/letters/", "text/html"),
        ("/letters/feed.atom", "text/html"),
        ("/api/v1/letters/", "application/problem+json"),
        ("/api/v1/summaries/letters/", "application/problem+json"),
    ],
)
def test_a_statement_that_was_cancelled_is_503(
    address: str, kind: str, published_letter: Letter, client: Client
) -> None:
    with connections[PUBLISHED].execute_wrapper(cancelled):
        response: Any = client.get(address)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert response.headers["Content-Type"].startswith(kind)
    assert client.get(address).status_code == 200
