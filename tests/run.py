"""Run the test suite: on SQLite without a browser, `make test`; or everything, on both databases, `make test-all`.

With --all, the tests in the browser run once, on SQLite; so do those that use no database. Where no PostgreSQL answers,
everything runs on SQLite alone, or with REQUIRE_POSTGRES=1 nothing does, and the run fails. TEST_POSTGRES_URL names a
server, a role that may create databases there, and the database after which the test databases are named. Other
arguments go to pytest.

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


def run_on_sqlite(arguments: list[str]) -> int:
    """Run what a developer runs after each change; return pytest's exit code."""
    return run_pytest("SQLite, without a browser", {}, ["-m", "not browser", *arguments])


def run_all(arguments: list[str]) -> int:
    """Run everything on each database that is there; return 0 only if every run passed."""
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
        once = ["-m", "not browser and not no_database"]
        return run_pytest(f"PostgreSQL at {address}", databases, [*once, *arguments]) or code
    print(f"\nThe tests ran on SQLite alone: no PostgreSQL answered at {address} (TEST_POSTGRES_URL names another).")
    return code


if __name__ == "__main__":
    run, given = (run_all, sys.argv[2:]) if sys.argv[1:2] == ["--all"] else (run_on_sqlite, sys.argv[1:])
    sys.exit(run(given))
