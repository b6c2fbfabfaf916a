"""The role of the public process, made by the deployment's own script on a PostgreSQL server of its own."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[2]
PASSWORDS = {"TRACKER_PASSWORD": "owner", "PUBLIC_READER_PASSWORD": "reader"}


def run(command: list[str], **environment: str) -> None:
    """Run a command, and show what it said only when it fails."""
    # A file and not a pipe, because a server that the command starts keeps it open.
    with tempfile.TemporaryFile() as said:
        code = subprocess.run(command, env=os.environ | environment, stdout=said, stderr=said, check=False).returncode
        said.seek(0)
        assert code == 0, said.read().decode()


def server_programs() -> tuple[str, str]:
    """Where initdb and pg_ctl are; Debian keeps them off the PATH. Skips where PostgreSQL's server is not installed."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    places = os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])
    initdb, pg_ctl = shutil.which("initdb", path=places), shutil.which("pg_ctl", path=places)
    if initdb and pg_ctl:
        return initdb, pg_ctl
    message = "PostgreSQL's server is not installed here, so the public's role cannot be tried."
    if os.environ.get("REQUIRE_POSTGRES") == "1":
        pytest.fail(message)
    pytest.skip(message)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server with the deployment's databases and roles, and the tables of the edition; its host and port."""
    initdb, pg_ctl = server_programs()
    # PostgreSQL refuses to run as root, and an account that is not root cannot become another.
    account = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # Not below pytest's own folder, which other accounts may not enter, and whose path is too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="reader-"))
    if account:
        shutil.chown(folder, "postgres")
    data, port = str(folder / "data"), str(free_port())
    options = f"-F -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    try:
        run([*account, initdb, "-D", data, "-U", "postgres", "--auth-local=trust", "--auth-host=scram-sha-256"])
        run([*account, pg_ctl, "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start"])
        try:
            script = str(ROOT / "deploy/postgres-init/10-databases.sh")
            run(["sh", script], PGHOST=str(folder), PGPORT=port, POSTGRES_USER="postgres", **PASSWORDS)
            owner = f"postgres://tracker:owner@127.0.0.1:{port}"
            urls = {
                "DATABASE_URL": f"{owner}/record",
                "PUBLISHED_DATABASE_URL": f"{owner}/published",
                "INBOX_DATABASE_URL": f"{owner}/inbox",
            }
            for alias in ("published", "inbox"):
                run([sys.executable, "manage.py", "migrate", "--database", alias], **urls)
            yield f"127.0.0.1:{port}"
        finally:
            run([*account, pg_ctl, "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


def test_the_public_process_takes_a_report_in_and_can_do_nothing_else_in_the_inbox(server: str) -> None:
    reader = f"postgres://public_reader:reader@{server}"
    report = """
import django
django.setup()
from django.utils import timezone
from inbox.reports import take_in
told = {"wrong": "The day", "right": "", "source_url": "", "name": "", "email": "", "may_name": False, "stamp": "s"}
place = {"noun": "letters", "slug": "a", "dataset_version": 1, "address": "198.51.100.7", "now": timezone.now()}
assert take_in(told, **place) == take_in(told, **place)
"""
    run(
        [sys.executable, "-c", report],
        PUBLIC_ONLY="1",
        DEBUG="1",
        DJANGO_SETTINGS_MODULE="config.settings",
        PUBLISHED_DATABASE_URL=f"{reader}/published",
        INBOX_DATABASE_URL=f"{reader}/inbox",
    )
    with psycopg.connect(f"postgres://tracker:owner@{server}/inbox") as owner:
        assert owner.execute("SELECT wrong, state FROM inbox_report").fetchall() == [("The day", "new")]
        tables = [name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    with psycopg.connect(f"{reader}/inbox", autocommit=True) as visitor:
        for table in tables:
            for refused in (f'SELECT FROM "{table}"', f'DELETE FROM "{table}"', f'TRUNCATE "{table}"'):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    visitor.execute(refused)
        for refused in ("UPDATE inbox_report SET state = 'new'", "INSERT INTO django_migrations DEFAULT VALUES"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                visitor.execute(refused)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            visitor.execute("CREATE TABLE mine (x int)")


def test_public_reader_may_select_what_is_published_and_nothing_else(server: str) -> None:
    with pytest.raises(psycopg.OperationalError, match='permission denied for database "record"'):
        psycopg.connect(f"postgres://public_reader:reader@{server}/record")
    with psycopg.connect(f"postgres://public_reader:reader@{server}/published", autocommit=True) as reader:
        tables = [name for (name,) in reader.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        assert "tracker_letter" in tables
        # The role starts read-only; the grants must hold for a visitor who found a way to say otherwise.
        assert reader.execute("SHOW default_transaction_read_only").fetchone() == ("on",)
        reader.execute("SET default_transaction_read_only = off")
        for table in tables:
            reader.execute(f'SELECT count(*) FROM "{table}"')
            for write in (f'INSERT INTO "{table}" DEFAULT VALUES', f'DELETE FROM "{table}"', f'TRUNCATE "{table}"'):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    reader.execute(write)
        for statement in ("CREATE TABLE mine (x int)", "CREATE TEMPORARY TABLE mine (x int)", "CREATE SCHEMA mine"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(statement)
