"""How fast tables are imported, and at what cost in memory: `python -m bench.imports [rows looked at] [rows in bulk]`.

Measures in databases of its own, beside those that DATABASE_URL and its two companions name (SQLite files otherwise),
and drops them.
"""

from __future__ import annotations

import csv
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from desk.tables.bulk import carry_out_in_bulk
from desk.tables.exports import csv_pieces
from desk.tables.imports import Report, Table, carry_out, look
from desk.tables.rows import BY_HAND, IN_BULK, Limits
from jurisdictions.models import Agency, Jurisdiction
from tracker.models import GrantAward, GrantProgram

PLACES, PROGRAMS = 3000, 40
HEADER = (
    "slug", "program", "jurisdiction", "recipient_as_written", "award_id", "fiscal_year", "amount", "amount_kind",
    "awarded_on", "award_status", "address", "note",
)  # fmt: skip


def main(looked_at: int, in_bulk: int) -> None:
    """Print a line for each way to import."""
    settings.DEBUG = False  # Else Django keeps the text of every query.
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        by = _stage()
        print(f"{connection.vendor}: {PLACES:,} places, {PROGRAMS} programmes; {_memory():.0f} MB before")
        with tempfile.TemporaryDirectory() as folder:
            few, many = Path(folder) / "few.csv", Path(folder) / "many.csv"
            _write(few, range(looked_at))
            _write(many, range(looked_at, looked_at + in_bulk))
            _measure("looked at", few, BY_HAND, look)
            _measure("carried out, the small way", few, BY_HAND, lambda table: carry_out(table, by=by, reason="Bench"))
            _measure("looked at", many, IN_BULK, look)
            _measure(
                "carried out in bulk", many, IN_BULK, lambda table: carry_out_in_bulk(table, by=by, reason="Bench")
            )
            exported = Path(folder) / "exported.csv"
            began = time.monotonic()
            with exported.open("w", newline="") as file:
                file.writelines(csv_pieces(GrantAward.objects.all()))
            print(f"  {looked_at + in_bulk:>9,} rows exported as CSV: {time.monotonic() - began:.1f} s")
            _measure("looked at, changing nothing", exported, IN_BULK, look)
    finally:
        teardown_databases(databases, verbosity=0)


def _stage() -> User:
    nation = Jurisdiction.objects.create(slug="united-states", full_name="United States", kind="nation")
    agency = Agency.objects.create(slug="ojp", name="Office of Justice Programs", kind="federal", jurisdiction=nation)
    Jurisdiction.objects.bulk_create(
        Jurisdiction(slug=f"county-{n}", full_name=f"County {n}", kind="county", state="IL") for n in range(PLACES)
    )
    GrantProgram.objects.bulk_create(
        GrantProgram(slug=f"program-{n}", name=f"Programme {n}", short_name=f"P{n}", agency=agency)
        for n in range(PROGRAMS)
    )
    return User.objects.create_superuser("bench")


def _write(path: Path, numbers: range) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerow(HEADER)
        csv.writer(file).writerows(_rows(numbers))


def _rows(numbers: range) -> Iterator[list[Any]]:
    for n in numbers:
        place, cents, page = n * 7 % PLACES, n % 100, f"https://www.example.gov/award/ASST_NON_{n}_1550"
        yield [
            "", f"program-{n % PROGRAMS}", f"county-{place}", f"County {place}, Illinois", f"15PBJA-{n:08}",
            2000 + n % 25, f"{n * 37 % 10**7}.{cents:02}", "award", f"{2000 + n % 25}-10", "Open", page, "",
        ]  # fmt: skip


def _measure(what: str, path: Path, limits: Limits, run: Callable[[Table], Report]) -> None:
    with path.open("rb") as opened:
        file: BinaryIO = opened
        began, worked = time.monotonic(), time.process_time()
        report = run(Table(GrantAward, file, path.name, limits))
        seconds, work = time.monotonic() - began, time.process_time() - worked
    rows = sum(report.counts.values())
    found = f", {report.problems_total} problems: {report.problems[0]}" if report.problems else ""
    print(
        f"  {rows:>9,} rows {what}: {seconds:.1f} s, {rows / seconds:,.0f} rows a second "
        f"({work:.1f} s of processor time), peak memory of the process {_memory():.0f} MB{found}",
        flush=True,
    )


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*map(int, [*sys.argv[1:], *["2000", "100000"][len(sys.argv) - 1 :]]))
