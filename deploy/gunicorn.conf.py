"""How gunicorn serves both web processes. WEB_CONCURRENCY sets the number of workers, PORT where they listen."""

import os
from typing import Any

from config.startup import require_settings

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))

# Threads, because the default worker is cut off after `timeout` seconds in the middle of a long download, and the
# reader is told that it is complete (status 200). A thread may take as long as the download does.
worker_class = "gthread"
threads = 4

# The heartbeat file of a worker lies in memory: a disk that is busy must not make a healthy worker look dead.
worker_tmp_dir = "/dev/shm"  # noqa: S108 - the file is nameless, and nothing of ours is written there.

accesslog = "-"


def on_starting(server: Any) -> None:
    """Refuse settings that lack something once, before any worker fails on them."""
    require_settings()
