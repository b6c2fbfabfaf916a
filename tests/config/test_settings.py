"""The settings refuse to start half-configured, and say what to set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEBUG": "0",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "tracker.example",
}


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    """Start the product with these variables and nothing else of ours."""
    ours = {"DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_ONLY", "DATABASE_URL", "PUBLISHED_DATABASE_URL"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    command = [sys.executable, "manage.py", "check"]
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
