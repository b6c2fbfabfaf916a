"""Locks that die with their process, so that a crash never leaves one behind and no clock decides who is alive.

On PostgreSQL a lock is an advisory lock of a session that is opened for it; on SQLite, whose processes share a machine,
a lock on a file beside the database.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.db import connections

from nouns.databases import RECORD


def take(name: str) -> Callable[[], None] | None:
    """Take the lock of this name and return what gives it back; None when another process or thread holds it."""
    return (_take_advisory if connections[RECORD].vendor == "postgresql" else _take_file)(name)


@contextmanager
def held(name: str) -> Iterator[bool]:
    """Hold the lock of this name inside, if nobody else does; the value says whether."""
    give_back = take(name)
    try:
        yield give_back is not None
    finally:
        if give_back is not None:
            give_back()


def _take_advisory(name: str) -> Callable[[], None] | None:
    session = connections.create_connection(RECORD)
    with session.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"policy_tracker.{name}"])
        if cursor.fetchone()[0]:
            return session.close
    session.close()
    return None


def _take_file(name: str) -> Callable[[], None] | None:
    path = Path(f"{connections[RECORD].settings_dict['NAME']}-lock-{name}")
    while True:
        file = path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        if _is_at(path, file):
            break
        file.close()  # Its last holder removed the file between our opening and our locking it.

    def give_back() -> None:
        path.unlink()
        file.close()

    return give_back


def _is_at(path: Path, file: IO[str]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
