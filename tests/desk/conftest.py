"""Followers, a letter due on 30 June 2017, and moments around that day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests import factories
from tests.conftest import ALL_DATABASES
from tracker.models import Letter


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here may use every database, since pages and ticks touch several."""
    for item in items:
        if "tests/desk" in item.path.as_posix() and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases=ALL_DATABASES))


@pytest.fixture(autouse=True)
def _queries_are_counted_instead(settings: Any) -> None:
    """Silence the watcher for loops of queries: work and mails are written one by one on purpose."""
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]


@pytest.fixture
def letter(db: None) -> Letter:
    """A draft to Illinois, due on 30 June 2017."""
    made: Letter = factories.letter(recipient_as_written="State of Illinois")
    return made


def noon(day: str) -> datetime:
    """Noon in New York on that day, which is afternoon in UTC."""
    return datetime.combine(date.fromisoformat(day), time(16), tzinfo=UTC)
