"""The three databases, as the environment names them: the record, the published edition and the inbox."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

NAMED_BY = {"default": "DATABASE_URL", "published": "PUBLISHED_DATABASE_URL", "inbox": "INBOX_DATABASE_URL"}
"""The variable that names each database, by its alias."""
FILES = {"default": "record.sqlite3", "published": "published.sqlite3", "inbox": "inbox.sqlite3"}
"""What each is where the environment names none."""

LAST_WALL = "-c statement_timeout=2000"
"""What a process for the public alone asks of PostgreSQL: no statement of a stranger runs longer than 2 seconds."""


def databases(folder: Path, *, public_only: bool) -> dict[str, dict[str, Any]]:
    """The setting DATABASES: those that the environment names, or SQLite files in `folder` where it names none.

    A process for the public alone has no way to the record. Raises ImproperlyConfigured when only some are named, which
    would keep the edition of a PostgreSQL record in a file beside the code, and when two are the same: what is not
    published would lie where the public reads.
    """
    aliases = [alias for alias in NAMED_BY if alias != "default" or not public_only]
    named = [NAMED_BY[alias] for alias in aliases if os.environ.get(NAMED_BY[alias])]
    missing = [NAMED_BY[alias] for alias in aliases if NAMED_BY[alias] not in named]
    if named and missing:
        raise ImproperlyConfigured(
            f"Set {' and '.join(missing)} as well as {' and '.join(named)}: each names a database of its own. "
            "Set none of them, and all are SQLite files."
        )
    limits = [LAST_WALL] if public_only else []
    found = {alias: _database(NAMED_BY[alias], folder / FILES[alias], limits) for alias in aliases}
    places = [(one["HOST"], one["PORT"], one["NAME"]) for one in found.values() if one["NAME"] != ":memory:"]
    if len(set(places)) < len(places):
        raise ImproperlyConfigured(f"Let {', '.join(named)} name different databases: two of them name the same.")
    return {"default": {}, **found}


def _database(variable: str, file: Path, limits: Sequence[str]) -> dict[str, Any]:
    url = os.environ.get(variable) or f"sqlite:///{file}"
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except ValueError:  # What it was is not repeated: it may hold a password.
        raise ImproperlyConfigured(
            f"Set {variable} to the address of a database, such as postgres://role:password@host:5432/name."
        ) from None
    if parsed["ENGINE"].endswith("sqlite3"):
        # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at once, so that two writers queue for
        # the timeout instead of failing when the second one upgrades its lock.
        parsed["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000",
        }
    elif parsed["ENGINE"].endswith("postgresql"):
        # Compiling a statement takes longer than the short ones that are asked here.
        parsed["OPTIONS"] = {**parsed.get("OPTIONS", {}), "options": " ".join(["-c jit=off", *limits])}
    return parsed
