"""Serves a web process, the staff's or the public's: `python -m config.serve`.

BIND and PORT say where it listens: on this machine alone unless BIND says otherwise, because what a proxy in front adds
to a request is believed. WEB_CONCURRENCY is the number of worker processes.
"""

from __future__ import annotations

import os
import signal
from importlib import import_module
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from config.startup import require_settings

THREADS = 4
"""Requests that a worker answers at a time. A long download keeps one of them for as long as it takes."""


def load(target: str) -> Any:
    """The application, in a worker. While it loads, a worker that is told to stop stops.

    Until it has handlers of its own, a worker has those of the process that it was forked from, which leave it running.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    module, name = target.split(":")
    return getattr(import_module(module), name)


def main() -> None:
    """Refuse settings that lack something once, before any worker fails on them; then serve until told to stop."""
    require_settings()
    Granian(
        "config.wsgi:application",
        address=os.environ.get("BIND", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8000")),
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("WEB_CONCURRENCY", "2")),
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
        log_access=os.environ.get("ACCESS_LOG", "1") == "1",
    ).serve(target_loader=load)


if __name__ == "__main__":
    main()
