"""The test databases: migrated once for each state of the code, kept as templates, and copied from then on."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / ".cache/test-databases"
"""Where SQLite's templates are; PostgreSQL's are databases on its server."""
LOCK = 0x7AC4E5
"""Names the lock on PostgreSQL, which is the server's and not a database's."""


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Instead of pytest-django's own: each process has a database of every alias, as a migration leaves it."""
    everything: list[Any] = [*connections.all()]
    names = [connection.settings_dict["NAME"] for connection in everything]
    with django_db_blocker.unblock():
        for connection in everything:
            with _alone(connection):
                _make_database(connection)
            # Tests with `serialized_rollback` begin from this.
            connection._test_serialized_contents = connection.creation.serialize_db_to_string()
    yield
    with django_db_blocker.unblock():
        for connection, name in zip(everything, names, strict=True):
            if connection.vendor == "postgresql":
                _end_other_sessions(connection)
            connection.creation.destroy_test_db(name, verbosity=0)


@cache
def code_digest() -> str:
    """Stands for all that decides what a migrated database holds: the code of the rooms, and the packages."""
    digest = sha256()
    rooms = sorted(path.parent for path in ROOT.glob("*/__init__.py"))
    for path in (path for room in rooms for path in sorted(room.rglob("*.py"))):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    packages = sorted(f"{package.name} {package.version}" for package in distributions())
    digest.update("\n".join(packages).encode())
    return digest.hexdigest()[:12]


@contextmanager
def _alone(connection: Any) -> Iterator[None]:
    """No other process of any run makes or copies a template here at the same time."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:  # The lock ends with its session.
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            yield
    else:
        TEMPLATES.mkdir(parents=True, exist_ok=True)
        with (TEMPLATES / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _make_database(connection: Any) -> None:
    """Make the test database of a connection: a copy of its template, or by migrating, and then the template of it."""
    template = _PostgresTemplate(connection) if connection.vendor == "postgresql" else _FileTemplate(connection)
    if template.exists():
        template.copy()
    else:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
        template.keep()


class _FileTemplate:
    """A template of SQLite: a file."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.path = TEMPLATES / f"{connection.alias}-{code_digest()}.sqlite3"

    def exists(self) -> bool:
        return self.path.exists()

    def copy(self) -> None:
        _use(self.connection, self.connection.creation._create_test_db(verbosity=0, autoclobber=True))
        shutil.copyfile(self.path, self.connection.settings_dict["NAME"])

    def keep(self) -> None:
        for path in TEMPLATES.glob(f"{self.connection.alias}-*"):
            path.unlink()  # Of code that is no longer.
        part = self.path.with_suffix(".part")
        shutil.copyfile(self.connection.settings_dict["NAME"], part)
        part.rename(self.path)


class _PostgresTemplate:
    """A template of PostgreSQL: a database beside the others, which nobody connects to."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.prefix = f"template_{connection.settings_dict['NAME']}_"
        self.name = f"{self.prefix}{code_digest()}"

    def exists(self) -> bool:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [self.name])
            return cursor.fetchone() is not None

    def copy(self) -> None:
        self.connection.settings_dict["TEST"]["TEMPLATE"] = self.name
        _use(self.connection, self.connection.creation._create_test_db(verbosity=0, autoclobber=True))

    def keep(self) -> None:
        quoted = self.connection.ops.quote_name
        with self.connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{self.prefix}[0-9a-f]{{12}}$"])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP DATABASE {quoted(name)}")  # Of code that is no longer.
            migrated = self.connection.settings_dict["NAME"]
            cursor.execute(f"CREATE DATABASE {quoted(self.name)} TEMPLATE {quoted(migrated)}")


def _use(connection: Any, name: str) -> None:
    """Let a connection be one to the database of this name."""
    connection.close()
    connection.settings_dict["NAME"] = name


def _end_other_sessions(connection: Any) -> None:
    """PostgreSQL drops no database while a live server's thread is still answering from it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
