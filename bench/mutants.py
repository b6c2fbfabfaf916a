"""Whether the tests find chosen faults: `python -m bench.mutants [words of the faults to try]`.

Each fault of bench/mutants.toml is a text of the code and what takes its place. In copies of the tree, one for each
process, the code is broken by one fault at a time and the one test that is named beside it is run, on SQLite. A fault
that its test does not find is a promise that nobody keeps. Exits with 1 when a fault survives, cannot be put into the
code any more, or its test does not pass on the code as it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
FAULTS = ROOT / "bench" / "mutants.toml"
PROCESSES = os.cpu_count() or 1
SECONDS = 60
"""For one test on broken code; one that hangs has found the fault."""
FAILED = 1
"""pytest's exit code when tests ran and some failed; the others are faults of the run."""
LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "*.sqlite3*", "staticfiles", "files")


@dataclass(frozen=True)
class Fault:
    """What is wrong with the code, the text that it takes the place of, and the test that must find it."""

    what: str
    file: str
    find: str
    write: str
    test: str

    def misplaced(self) -> str:
        """Why it cannot be put into the code as it is; nothing when it can."""
        path = ROOT / self.file
        times = path.read_text().count(self.find) if path.is_file() else -1
        reasons = {1: "", 0: "its text is not there any more", -1: "its file is gone"}
        return reasons.get(times, "its text is there more than once")


def faults() -> list[Fault]:
    """All of them, in the order of the list."""
    return [Fault(**each) for each in tomllib.loads(FAULTS.read_text())["fault"]]


@dataclass(frozen=True)
class Tree:
    """A copy of the tree, and databases for its tests."""

    folder: Path
    databases: Path

    def run(self, tests: Iterable[str], *options: str) -> subprocess.CompletedProcess[str]:
        """Run tests in the copy, on its databases as they are."""
        others = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
        environment = {**others, "KEPT_DATABASES": str(self.databases)}
        settings = ("--ds=bench.kept_databases", "--reuse-db", "-n0", "-q", "-x", f"--timeout={SECONDS}")
        command = [sys.executable, "-m", "pytest", *settings, "-p", "no:cacheprovider", *options, *tests]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # Our own words.

    @contextmanager
    def broken(self, fault: Fault) -> Iterator[None]:
        """The copy with a fault in it."""
        path = self.folder / fault.file
        whole, before = path.read_text(), path.stat()
        path.write_text(whole.replace(fault.find, fault.write))
        try:
            yield
        finally:
            path.write_text(whole)
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # What was compiled from it counts again.


@contextmanager
def trees(number: int, tests: Iterable[str]) -> Iterator[SimpleQueue[Tree]]:
    """So many copies of the tree. Exits when the tests do not pass in them before anything is broken."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        made = [Tree(Path(name) / f"tree-{each}", Path(name) / f"databases-{each}") for each in range(number)]
        for tree in made:
            shutil.copytree(ROOT, tree.folder, ignore=LEFT_BEHIND)
        first = made[0]
        first.databases.mkdir()
        first.run([next(iter(tests))], "--create-db")
        for tree in made[1:]:
            shutil.copytree(first.databases, tree.databases)
        passed = first.run(tests, f"--timeout={SECONDS * 3}")
        if passed.returncode:
            sys.exit(f"The tests do not pass on the code as it is:\n{passed.stdout[-3000:]}{passed.stderr[-1000:]}")
        queue: SimpleQueue[Tree] = SimpleQueue()
        for tree in made:
            queue.put(tree)
        yield queue


def outcome(fault: Fault, free: SimpleQueue[Tree]) -> tuple[str, float]:
    """What became of a fault: found, or SURVIVED, or why that cannot be said; and after how many seconds."""
    tree, started = free.get(), time.monotonic()
    try:
        with tree.broken(fault):
            run = tree.run([fault.test])
    finally:
        free.put(tree)
    if run.returncode == FAILED and " failed" in run.stdout.rstrip().rpartition("\n")[2]:
        result = "found"
    elif run.returncode == 0:
        result = "SURVIVED"
    else:
        result = f"BROKE THE RUN: {(run.stdout or run.stderr).rstrip()[-300:]}"
    return result, time.monotonic() - started


def main(words: list[str]) -> int:
    """Try the faults whose description, file or test has one of the words, all when there are none; the exit code."""
    chosen = [fault for fault in faults() if not words or any(word in repr(fault) for word in words)]
    misplaced = {fault: why for fault in chosen if (why := fault.misplaced())}
    for fault, why in misplaced.items():
        print(f"CANNOT BE TRIED: {fault.what}: {why} ({fault.file})")
    tried = [fault for fault in chosen if fault not in misplaced]
    if not tried:
        return 1
    survived = 0
    with trees(PROCESSES, dict.fromkeys(fault.test for fault in tried)) as free, ThreadPoolExecutor(PROCESSES) as pool:
        for fault, (result, seconds) in zip(tried, pool.map(lambda fault: outcome(fault, free), tried), strict=True):
            survived += result != "found"
            print(f"{result:10} {seconds:5.1f} s  {fault.what}\n{'':19}{fault.test}", flush=True)
    print(f"{len(tried) - survived} of {len(chosen)} faults were found.")
    return 1 if survived or misplaced else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
