#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from config.startup import require_settings

DEVELOPERS_SETTINGS = Path(__file__).with_name(".env")
"""What `make run` leaves beside the code, so that each command finds the settings that it was set up with."""


def take_developers_settings() -> None:
    """Add the lines NAME=value of `.env` to the environment, which wins.

    Nothing is added where the environment has a key of its own: those are a server's settings, and a file that was left
    behind must not make half of them a developer's.
    """
    if os.environ.get("SECRET_KEY") or not DEVELOPERS_SETTINGS.exists():
        return
    for number, line in enumerate(DEVELOPERS_SETTINGS.read_text().splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            name, equals, value = line.partition("=")
            if not equals:
                sys.exit(f"{DEVELOPERS_SETTINGS}, line {number}: a line is NAME=value.")
            os.environ.setdefault(name.strip(), value.strip())


if __name__ == "__main__":
    take_developers_settings()
    require_settings()
    execute_from_command_line(sys.argv)
