"""Run the test suite on SQLite and, where a PostgreSQL answers, again on PostgreSQL: `make test`.

Environment: TEST_POSTGRES_URL names a server, a role that may create databases there, and the database after which the
test databases are named. With REQUIRE_POSTGRES=1 a run that could not reach the server fails. Arguments go to pytest.

A run is the same each time: Hypothesis derives its examples from the tests. A bare `pytest` looks for new ones at
random; what it finds is written beside the test as an `@example`.
"""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg

DEFAULT_POSTGRES_URL = "postgres://postgres@127.0.0.1:5432/policy_tracker"
WORKERS = "2"


def reachable(url: str) -> bool:
    """Whether the server at `url` lets us in; its own database `postgres` is asked, since `url`'s need not exist."""
    try:
        psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def run_pytest(title: str, databases: dict[str, str], arguments: list[str]) -> int:
    """Run pytest with `databases` in the environment, and nothing there from outside; return its exit code."""
    print(f"\n=== Tests on {title} ===", flush=True)
    environment = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    command = [sys.executable, "-m", "pytest", "-n", WORKERS, "--dist", "worksteal"]
    command += ["--hypothesis-profile=ci", *arguments]
    return subprocess.run(command, env=environment | databases, check=False).returncode


def main(arguments: list[str]) -> int:
    """Run the suite on each database that is there; return 0 only if every run passed."""
    url = os.environ.get("TEST_POSTGRES_URL") or DEFAULT_POSTGRES_URL
    parts = urlsplit(url)
    # What is printed leaves out the password that the address may hold.
    address = f"{parts.hostname}:{parts.port or 5432}"
    has_postgres = reachable(url)
    if not has_postgres and os.environ.get("REQUIRE_POSTGRES") == "1":
        print(f"No PostgreSQL answered at {address}, and REQUIRE_POSTGRES=1 asks for one.", file=sys.stderr)
        return 1
    code = run_pytest("SQLite", {}, arguments)
    if has_postgres:
        beside = {name: parts._replace(path=f"{parts.path}_{name}").geturl() for name in ("published", "inbox")}
        databases = {"DATABASE_URL": url, **{f"{name.upper()}_DATABASE_URL": one for name, one in beside.items()}}
        return run_pytest(f"PostgreSQL at {address}", databases, arguments) or code
    print(f"\nThe tests ran on SQLite alone: no PostgreSQL answered at {address} (TEST_POSTGRES_URL names another).")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
