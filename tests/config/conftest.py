"""What the tests of accounts share."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _a_session_is_read_again_when_its_key_changes(settings: Any) -> None:
    """Django's own, at each step of signing in; the watcher for loops of queries takes it for one."""
    settings.ZEAL_ALLOWLIST = [{"model": "sessions.Session"}]
