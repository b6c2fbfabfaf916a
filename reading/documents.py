"""The pages of a document, read in a child process of limited time and memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Unreadable(Exception):
    """A document that cannot be read: what is wrong with it, in a sentence for whoever handed it in."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much reading may cost: processor and clock time in seconds, memory and file in bytes."""

    cpu_seconds: int = 20
    clock_seconds: float = 60
    memory: int = 1 << 30
    file_size: int = 25 << 20
    pages: int = 200
    characters: int = 1_000_000


DEFAULT_LIMITS = Limits()


def read_pages(content: bytes, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    """The text of each page of a PDF or of a text file, whose pages form feeds part. Raises Unreadable.

    A page without text, such as a scan, is an empty string.
    """
    if len(content) > limits.file_size:
        raise Unreadable(f"The file has {len(content):,} bytes; at most {limits.file_size:,} are read.")
    # The child gets nothing of our environment, which holds secrets, and a session of its own, so that all of it ends.
    with subprocess.Popen(  # noqa: S603  # Our own words alone; the document goes in by its standard input.
        [sys.executable, "-m", "reading", "-", "--limits", json.dumps(asdict(limits))],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            output, _ = child.communicate(content, timeout=limits.clock_seconds)
        except subprocess.TimeoutExpired:
            raise Unreadable(f"Reading it took more than {limits.clock_seconds:g} seconds and was stopped.") from None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
    return _answer(child.returncode, output, limits)


def _answer(code: int, output: bytes, limits: Limits) -> list[str]:
    """What the child found. Raises Unreadable with the child's reason, or with the reason that it ended without one."""
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise Unreadable(f"Reading the file took more than {limits.cpu_seconds} seconds of work and was stopped.")
    try:
        answer = json.loads(output)
    except ValueError:
        raise Unreadable("The file makes its reader fail. It is probably damaged: open it and save it anew.") from None
    if "error" in answer:
        raise Unreadable(answer["error"])
    pages: list[str] = answer["pages"]
    return pages
