"""What tests may use of the machine they run on: nothing beyond it, and the browser that Debian ships."""

import gc
import ipaddress
import os
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management.color import Style
from django.db.backends.postgresql.operations import DatabaseOperations

CHROMIUM = Path("/usr/bin/chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs on one database only: tests in the browser, and those that use no database."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
        elif item.get_closest_marker("django_db") is None and not fixtures & {"db", "transactional_db"}:
            item.add_marker(pytest.mark.no_database)


def pytest_collection_finish() -> None:
    """What is loaded by now stays. Python looks through it for garbage again and again, an eighth of the run."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse connections to any other machine: a test that needs one would pass or fail by the weather."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not ipaddress.ip_address(address[0]).is_loopback:
            raise PermissionError(f"A test tried to reach {address}. Tests stay on this machine.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


def _sql_to_empty(
    self: DatabaseOperations,
    style: Style,
    tables: Sequence[str],
    *,
    reset_sequences: bool = False,
    allow_cascade: bool = False,
) -> list[str]:
    """The statements that empty these tables: of the hundred that there are, a test wrote to a few."""
    assert not reset_sequences
    names = {table: self.quote_name(table) for table in tables}
    written = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {name})" for table, name in names.items())
    with self.connection.cursor() as cursor:
        cursor.execute(written)
        # Foreign keys are checked at the end of the transaction, so that the order does not matter.
        return [f"DELETE FROM {names[table]}" for (table,) in cursor.fetchall()]


@pytest.fixture(autouse=True, scope="session")
def _tables_are_emptied_by_deletes() -> Iterator[None]:
    """After a test that commits, PostgreSQL takes seconds to truncate all tables, and no time to delete a few rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", _sql_to_empty)
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How pytest-playwright starts the browser; skips where there is none, and in CI fails."""
    if not CHROMIUM.exists():
        message = f"There is no {CHROMIUM}, so the browser's tests cannot run."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    # Playwright keeps an event loop in the tests' own thread, where Django would then refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    # Chromium's sandbox does not start for root, which is who runs tests in a container.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": sandbox}
