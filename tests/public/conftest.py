"""What the tests of the public's door share: a table of search entries to be found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import caches

from tests.conftest import Publish
from tests.factories import source

Searchable = Callable[..., None]


@pytest.fixture(autouse=True)
def _no_kept_counts() -> None:
    """Counts are kept by the edition's last hash; no test starts with another's."""
    caches["edition"].clear()


@pytest.fixture
def searchable(publish: Publish) -> Searchable:
    """Publish one source for each title, with the title as its slug's beginning."""

    def publish_sources(**titles: str) -> None:
        publish(*(source(slug=slug.replace("_", "-"), title=title) for slug, title in titles.items()))

    return publish_sources
