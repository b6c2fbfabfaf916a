"""Where snapshots lie: a folder for each state of the edition, and a file `current` that names the one on offer.

A snapshot appears whole or not at all, since its folder is renamed into place and `current` is replaced in one step.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from public.engine.dataset import DatasetVersion

KEPT = 3
"""Snapshots that are kept: the one on offer and those before it, for whoever is still fetching them."""
MANIFEST = "manifest.json"
CURRENT = "current"
UNFINISHED = ".building-"


@dataclass(frozen=True)
class File:
    """One file of a snapshot: its form (csv, sqlite, json), name, size in bytes and SHA-256."""

    form: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Snapshot:
    """A snapshot on disk. `number` is the dataset version, `published_at` its time, `on` the day of its standings."""

    name: str
    number: int
    published_at: str
    built_at: str
    on: str
    files: tuple[File, ...]

    def file(self, name: str) -> File | None:
        """The file of this name; None when there is none."""
        return next((file for file in self.files if file.name == name), None)

    def path(self, file: File) -> Path:
        """Where a file lies."""
        return root() / self.name / file.name


def root() -> Path:
    """The folder of all snapshots."""
    return Path(settings.SNAPSHOTS_ROOT)


def name_of(version: DatasetVersion) -> str:
    """The name of the snapshot of this state of the edition."""
    return f"{version.number}-{version.hash[:12]}"


def snapshot(name: str) -> Snapshot | None:
    """The snapshot of this name; None when there is none."""
    if name not in _names():
        return None
    told = json.loads((root() / name / MANIFEST).read_text())
    return Snapshot(**{**told, "files": tuple(File(**file) for file in told["files"])})


def current() -> Snapshot | None:
    """The snapshot on offer; None before the first one."""
    try:
        return snapshot((root() / CURRENT).read_text())
    except FileNotFoundError:
        return None


@contextmanager
def folder() -> Iterator[Path]:
    """A folder to build in, which goes away unless it was published."""
    root().mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=UNFINISHED, dir=root()))
    made.chmod(0o755)  # The public process is another account.
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def described(form: str, path: Path) -> File:
    """A file as the manifest names it."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(form, path.name, path.stat().st_size, digest)


def put_in_place(built: Snapshot, built_in: Path) -> None:
    """Move a snapshot to its place, whole. One that somebody else has put there meanwhile stays as it is."""
    (built_in / MANIFEST).write_text(json.dumps(asdict(built), indent=2))
    if not (root() / built.name).exists():
        built_in.rename(root() / built.name)


def offer(built: Snapshot) -> None:
    """Make this snapshot the one on offer, and let the oldest go."""
    pointer = root() / f"{UNFINISHED}{built.name}-{os.getpid()}"
    pointer.write_text(built.name)
    pointer.replace(root() / CURRENT)
    for old in sorted(_names() - {built.name}, key=_age, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(root() / old, ignore_errors=True)


def _names() -> set[str]:
    return {path.parent.name for path in root().glob(f"*/{MANIFEST}") if not path.parent.name.startswith(".")}


def _age(name: str) -> float:
    return (root() / name).stat().st_mtime
