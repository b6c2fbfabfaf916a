"""The settings refuse to start half-configured, and say what to set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.databases import NAMED_BY

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEBUG": "0",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "tracker.example",
}


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    """Start the product with these variables and nothing else of ours."""
    ours = {"DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_ONLY", *NAMED_BY.values()}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    command = [sys.executable, "-m", "django", "check"]  # A developer's .env is read by manage.py alone.
    return subprocess.run(  # The command is ours.
        command, cwd=ROOT, env={**inherited, **environment}, capture_output=True, text=True, check=False
    )


def test_a_complete_environment_starts() -> None:
    assert check(**COMPLETE).returncode == 0


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_a_server_without_it_does_not_start(missing: str) -> None:
    result = check(**{name: value for name, value in COMPLETE.items() if name != missing})
    assert result.returncode != 0
    assert f"Set {missing}" in result.stderr


def test_development_needs_nothing() -> None:
    assert check(DJANGO_SETTINGS_MODULE="config.settings", DEBUG="1").returncode == 0


@pytest.mark.parametrize(
    ("named", "refusal"),
    [
        (
            {"DATABASE_URL": "postgres://h/a"},
            "Set PUBLISHED_DATABASE_URL and INBOX_DATABASE_URL as well as DATABASE_URL",
        ),
        ({"DATABASE_URL": "sqlite:////tmp/a"}, "Set PUBLISHED_DATABASE_URL and INBOX_DATABASE_URL as well as"),
        ({"PUBLISHED_DATABASE_URL": "postgres://h/a"}, "Set DATABASE_URL and INBOX_DATABASE_URL as well as"),
        (
            {"PUBLIC_ONLY": "1", "PUBLISHED_DATABASE_URL": "postgres://h/a"},
            "Set INBOX_DATABASE_URL as well as PUBLISHED_DATABASE_URL",
        ),
    ],
)
def test_databases_are_all_named_or_none(named: dict[str, str], refusal: str) -> None:
    result = check(**COMPLETE, **named)
    assert result.returncode != 0
    assert refusal in result.stderr


@pytest.mark.parametrize("same", ["PUBLISHED_DATABASE_URL", "INBOX_DATABASE_URL"])
def test_the_record_is_never_in_a_database_that_the_public_reaches(same: str) -> None:
    named = {variable: f"postgres://tracker@db:5432/{alias}" for alias, variable in NAMED_BY.items()}
    assert check(**COMPLETE, **named).returncode == 0
    result = check(**COMPLETE, **{**named, same: "postgres://reader@db:5432/default"})
    assert result.returncode != 0
    assert "two of them name the same" in result.stderr


def test_an_address_that_names_no_database_is_refused_without_its_password() -> None:
    named = dict.fromkeys(NAMED_BY.values(), "nonsense://role:s3cret@host/name")
    result = check(**COMPLETE, **named)
    assert "Set DATABASE_URL to the address of a database" in result.stderr
    assert "s3cret" not in result.stderr


@pytest.mark.parametrize("name", ["EMAIL_PORT", "TRUSTED_PROXIES", "EDITIONS_KEPT"])
def test_a_number_that_is_none_is_refused_by_name(name: str) -> None:
    result = check(**COMPLETE, **{name: "many"})
    assert result.returncode != 0
    assert f"Set {name} to a whole number" in result.stderr


def test_a_public_process_has_no_way_to_the_record() -> None:
    code = "from django.conf import settings; from config import urls; print(settings.DATABASES, urls.urlpatterns)"
    result = subprocess.run(  # The command is ours.
        [sys.executable, "-c", f"import django; django.setup(); {code}"],
        cwd=ROOT,
        env={**os.environ, **COMPLETE, "PUBLIC_ONLY": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "'admin/'" not in result.stdout
    assert "'accounts/'" not in result.stdout
    assert "django.db.backends.dummy" in result.stdout
