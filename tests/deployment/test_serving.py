"""The server: it starts and stops when it is told to, at any moment, and serves what a deployment serves."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEBUG": "0",
    "PUBLIC_ONLY": "1",
    "SECRET_KEY": "not-a-secret-only-long-and-varied-enough-to-pass-0123456789",
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_SSL_REDIRECT": "0",
    "WEB_CONCURRENCY": "2",
}


def free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def serving(port: int, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    process = subprocess.Popen(
        [sys.executable, "-m", "config.serve"],
        cwd=ROOT,
        env={**environment, **SETTINGS, "PORT": str(port), **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:  # Our own.
            return bool(answer.status == 200)
    except OSError:
        return False


def wait_until_it_answers(port: int) -> None:
    for _ in range(300):
        if answers(port):
            return
        time.sleep(0.1)  # A process of its own tells nobody that it has started.
    pytest.fail("The server did not start.")


def test_it_serves_until_it_is_told_to_stop() -> None:
    port = free_port()
    with serving(port) as process:
        wait_until_it_answers(port)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert not answers(port)


@pytest.mark.parametrize("after", [0.4, 0.7, 1.0])
def test_it_stops_however_early_it_is_told_to(after: float) -> None:
    with serving(free_port()) as process:
        time.sleep(after)  # The moment is what is tested.
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in {0, -signal.SIGTERM}


def test_it_listens_on_this_machine_alone_unless_it_is_told_otherwise() -> None:
    port = free_port()
    with serving(port):
        wait_until_it_answers(port)
        listening = Path("/proc/net/tcp").read_text()
    ours = [line.split()[1] for line in listening.splitlines() if line.split()[1].endswith(f":{port:04X}")]
    assert ours
    assert {address.split(":")[0] for address in ours} == {"0100007F"}  # 127.0.0.1 in the kernel's order.
