"""What the systemd units say, held against the settings, the commands, the files and the guide."""

from __future__ import annotations

from configparser import ConfigParser
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
GUIDE = (ROOT / "docs" / "deploying.md").read_text()
HOME = "/srv/policy-tracker"


def read(unit: Path) -> ConfigParser:
    """A unit, whose keys keep their case and whose percent signs are systemd's."""
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # So the library's documentation says it.
    parser.read_string(unit.read_text())
    return parser


SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_runs_a_command_of_ours_as_nobody_in_particular(unit: Path) -> None:
    service = read(unit)["Service"]
    program, *arguments = service["ExecStart"].split()
    assert program.removeprefix(f"{HOME}/.venv/bin/") == "python"
    assert service["WorkingDirectory"] == HOME
    for argument in arguments:
        assert "/" not in argument or (ROOT / argument).exists()
    if arguments[0] == "-m":
        assert find_spec(arguments[1]) is not None
    if arguments[0] == "manage.py":
        assert arguments[1] in get_commands()
    assert service["User"] == "policy-tracker"
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "yes")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_takes_its_environment_from_a_file_that_the_guide_names(unit: Path) -> None:
    name = read(unit)["Service"]["EnvironmentFile"]
    for kind in ("staff", "public") if "%i" in name else ("staff",):
        assert name.replace("%i", kind) in GUIDE


def test_web_processes_and_the_worker_come_back_when_they_end() -> None:
    ending = {unit.stem: read(unit)["Service"].get("Restart") for unit in SERVICES}
    assert ending == {
        "policy-tracker-web@": "always",
        "policy-tracker-worker": "always",
        "policy-tracker-tick": None,
    }


def test_the_tick_comes_once_a_minute() -> None:
    timer = ROOT / "deploy" / "systemd" / "policy-tracker-tick.timer"
    assert read(timer)["Timer"]["OnCalendar"] == "minutely"
    assert timer.with_suffix(".service") in SERVICES  # A timer starts the service of its own name.


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_what_is_started_at_boot_is_enabled_in_the_guide(unit: Path) -> None:
    starts_at_boot = read(unit).has_section("Install")
    enabled = {name.split("@")[0] for name in GUIDE.split("systemctl enable --now ")[1].split("\n")[0].split()}
    assert (unit.name.removesuffix(".service").split("@")[0] in enabled) is starts_at_boot
