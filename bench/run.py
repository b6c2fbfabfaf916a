"""Builds a record of some size once and measures the public door on it: `python -m bench.run --size 1000000`.

The databases are called after the size and the tables, on the server that BENCH_POSTGRES_URL names
(postgres@127.0.0.1:5432 when not set), and stay, so that the next run measures at once. `make bench SIZE=...` is the
same.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg

SERVER = "postgres://postgres@127.0.0.1:5432"
ROLES = {"DATABASE_URL": "record", "PUBLISHED_DATABASE_URL": "published", "INBOX_DATABASE_URL": "inbox"}


def main() -> None:
    """Make the databases, fill them, measure."""
    parser = argparse.ArgumentParser(description="Measure the public door on a record of some size.")
    parser.add_argument("--size", type=int, default=10_000, help="grant awards")
    parser.add_argument("--seconds", type=int, default=5, help="how long each address is asked")
    asked = parser.parse_args()
    server = (os.environ.get("BENCH_POSTGRES_URL") or SERVER).rstrip("/")
    names = {variable: f"bench_{asked.size}_{_tables()}_{role}" for variable, role in ROLES.items()}
    made = [name for name in names.values() if _made(server, name)]
    environment = {**os.environ, "DEBUG": "1", **{variable: f"{server}/{name}" for variable, name in names.items()}}
    if made:
        _run(environment, "manage.py", "set_up", "--address", "http://127.0.0.1:8000/")
    _run(environment, "-m", "bench.record", "--size", str(asked.size))
    served = {**environment, "DEBUG": "0", "SECRET_KEY": "bench" * 12, "ALLOWED_HOSTS": "localhost"}
    _run(served, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    _run(served, "-m", "bench.speed", "--seconds", str(asked.seconds))


def _tables() -> str:
    """A fingerprint of the migrations, so that no record of other tables is measured."""
    digest = hashlib.sha256()
    for file in sorted(Path().glob("*/migrations/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def _made(server: str, name: str) -> bool:
    """Whether the database was not there and is now."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
        return True


def _run(environment: dict[str, str], *command: str) -> None:
    if code := subprocess.run([sys.executable, *command], env=environment, check=False).returncode:
        raise SystemExit(code)


if __name__ == "__main__":
    main()
