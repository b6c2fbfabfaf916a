"""manage.py on a developer's machine: the settings that `make run` leaves behind, and what refuses to start."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOW = "from django.conf import settings as s; print(s.DEBUG, s.SECRET_KEY)"
MADE_OF = ("manage.py", "Makefile", "requirements.txt")
FILE = "# Made by make.\n\nDEBUG=1\nSECRET_KEY=of-the-file\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with what make needs, whose code is ours, and with a Python where make expects one."""
    for name in MADE_OF:
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return tmp_path


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command there, with these variables and nothing else of ours."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        command,
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def manage(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(folder, sys.executable, "manage.py", *arguments, **environment)


def shown(folder: Path, **environment: str) -> str:
    """What a command finds: DEBUG and the key."""
    return manage(folder, "shell", "--no-imports", "--command", SHOW, **environment).stdout.strip()


def test_a_command_finds_the_settings_that_are_kept_beside_it(clone: Path) -> None:
    (clone / ".env").write_text(FILE)
    assert shown(clone) == "True of-the-file"


def test_the_environment_wins_over_the_file(clone: Path) -> None:
    (clone / ".env").write_text(FILE)
    assert shown(clone, DEBUG="0", ALLOWED_HOSTS="tracker.example") == "False of-the-file"


def test_a_server_with_its_own_key_takes_nothing_from_a_file_left_behind(clone: Path) -> None:
    (clone / ".env").write_text(FILE)
    assert shown(clone, SECRET_KEY="the-servers", ALLOWED_HOSTS="tracker.example") == "False the-servers"


@pytest.mark.parametrize(
    "command", [[sys.executable, "-c", "import config.settings"], [sys.executable, "-m", "config.serve"]]
)
def test_nothing_but_manage_py_reads_the_file(clone: Path, command: list[str]) -> None:
    (clone / ".env").write_text(FILE)
    result = run(clone, *command, PORT="0")
    assert result.returncode != 0
    assert "Set SECRET_KEY" in result.stderr


@pytest.mark.parametrize("arguments", [["check"], ["createsuperuser"], ["runserver"], ["tick"]])
def test_a_missing_setting_is_one_line(clone: Path, arguments: list[str]) -> None:
    result = manage(clone, *arguments)
    assert result.returncode == 1
    assert result.stderr == "Set SECRET_KEY to a long random text, or DEBUG=1 for development.\n"


def test_a_line_that_sets_nothing_is_named(clone: Path) -> None:
    (clone / ".env").write_text("DEBUG=1\nSECRET_KEY\n")
    result = manage(clone, "check")
    assert result.returncode == 1
    assert result.stderr.endswith("/.env, line 2: a line is NAME=value.\n")


def test_make_writes_a_key_of_its_own_for_its_owner_alone_and_keeps_it(clone: Path) -> None:
    run(clone, "make", ".env")
    file = clone / ".env"
    written = dict(line.split("=") for line in file.read_text().splitlines())
    assert written["DEBUG"] == "1"
    assert len(written["SECRET_KEY"]) > 50
    assert file.stat().st_mode & 0o777 == 0o600
    run(clone, "make", ".env")
    assert written["SECRET_KEY"] in file.read_text()
    assert shown(clone) == f"True {written['SECRET_KEY']}"
    file.unlink()
    run(clone, "make", ".env")
    assert written["SECRET_KEY"] not in file.read_text()


def test_the_file_is_never_committed() -> None:
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()


def test_a_taken_port_is_refused_before_anything_is_done(clone: Path, taken_port: int) -> None:
    shutil.rmtree(clone / ".venv")
    result = run(clone, "make", "run", f"PORT={taken_port}")
    assert result.returncode != 0
    assert f"make run PORT={taken_port + 1}" in result.stderr
    assert {path.name for path in clone.iterdir()} == set(MADE_OF)


def test_a_free_port_lets_the_work_begin(clone: Path, taken_port: int) -> None:
    shutil.rmtree(clone / ".venv")
    result = run(clone, "make", "run", "HOST=127.0.0.2", f"PORT={taken_port}", "PYTHON=no-such-python")
    assert "Policy Tracker needs Python" in result.stderr


def test_a_server_says_once_what_is_missing(tmp_path: Path) -> None:
    result = run(ROOT, sys.executable, "-m", "config.serve", PORT="0")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.count("Set SECRET_KEY") == 1
