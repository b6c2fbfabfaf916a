"""Refusing to start with settings that lack something."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured


def require_settings() -> None:
    """Read the settings; end the process with one line on standard error when they refuse the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
