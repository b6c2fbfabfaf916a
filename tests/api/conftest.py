"""What the tests of the API share: asking it as a visitor would, and counting what it asks the databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nouns.databases import PUBLISHED, RECORD

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _no_kept_counts() -> None:
    """Counts are kept by the edition's last hash; a test that writes to the edition itself may meet another's."""
    caches["edition"].clear()


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account, whose browser shows the server's own answer to a fault."""
    return Client(raise_request_exception=True)


@pytest.fixture
def ask(visitor: Client) -> Ask:
    """GET an address below /api/v1/ with parameters, and give the answer's JSON."""

    def get(address: str, status: int = 200, **params: Any) -> Any:
        response = visitor.get(f"/api/v1/{address}", params)
        assert response.status_code == status, response.content
        return response.json()

    return get


@dataclass
class Queries:
    """The statements that each database was sent."""

    record: list[str] = field(default_factory=list)
    edition: list[str] = field(default_factory=list)


@contextmanager
def counted_queries() -> Iterator[Queries]:
    """Counts what both databases are asked in the block."""
    queries = Queries()
    with CaptureQueriesContext(connections[RECORD]) as record, CaptureQueriesContext(connections[PUBLISHED]) as edition:
        yield queries
    queries.record = [query["sql"] for query in record.captured_queries]
    queries.edition = [query["sql"] for query in edition.captured_queries]


def slugs(answer: Any) -> list[str]:
    """The slugs of a list's results."""
    return [result["slug"] for result in answer["results"]]
