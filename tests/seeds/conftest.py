"""The seed record for the tests of this room: as tables that may be spoilt, and loaded once for each file of tests."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest
from django.test import TestCase
from pytest_django.plugin import DjangoDbBlocker

from nouns.databases import RECORD
from seeds.cells import ToMany
from seeds.checks import cells_of, references
from seeds.load import Report, load
from seeds.rows import Seeds, read
from tests.conftest import kept


@pytest.fixture(scope="session")
def all_seeds() -> Seeds:
    """The seed record as the project has it."""
    return read()


@pytest.fixture(scope="session")
def seeds(all_seeds: Seeds) -> Seeds:
    """The seed record with only those places that something points to, so that it loads in a second or two."""
    places = {row.slug: row for row in all_seeds.jurisdictions}
    wanted: dict[str, None] = {}
    others = [row for name, rows in vars(all_seeds).items() if name != "jurisdictions" for row in rows]
    waiting = [slug for row in others for _, cell, slug in references(row) if cell.table == "jurisdictions"]
    while waiting:
        slug = waiting.pop()
        if slug not in wanted:
            wanted[slug] = None
            waiting.extend(above for _, _, above in references(places[slug]))
    return replace(all_seeds, jurisdictions=tuple(row for row in all_seeds.jurisdictions if row.slug in wanted))


def write_tables(seeds: Seeds, folder: Path) -> Path:
    """Write the seed record as its tables."""
    for table in fields(seeds):
        rows = getattr(seeds, table.name)
        cells = cells_of(type(rows[0]))
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(cells)
            for row in rows:
                values = asdict(row)
                writer.writerow(
                    ";".join(values[name]) if isinstance(cell, ToMany) else values[name] for name, cell in cells.items()
                )
    return folder


@pytest.fixture
def tables(seeds: Seeds, tmp_path: Path) -> Path:
    """A folder with the tables, to be spoilt."""
    return write_tables(seeds, tmp_path)


def spoil(folder: Path, table: str, line: int, **cells: str) -> None:
    """Write these texts into a line of a table; the header is line 1."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    for column, text in cells.items():
        lines[line - 1][lines[0].index(column)] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)


def load_and_apply(seeds: Seeds, **options: Any) -> Report:
    """Load inside a transaction that never commits, and carry out what follows on commit."""
    with TestCase.captureOnCommitCallbacks(using=RECORD, execute=True):
        return load(seeds, **options)


@pytest.fixture(scope="module")
def seed_record(seeds: Seeds, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Report]:
    """The seed record, loaded and published once for a file of tests, and taken back after the last of them."""
    with kept(django_db_blocker):
        yield load_and_apply(seeds)


def edited(seeds: Seeds, table: str, slug: str, **values: Any) -> Seeds:
    """The seed record with these values in one row."""
    rows = tuple(replace(row, **values) if row.slug == slug else row for row in getattr(seeds, table))
    return replace(seeds, **{table: rows})


def without(seeds: Seeds, table: str, slug: str) -> Seeds:
    """The seed record without one row and without what belongs to it."""
    rows = tuple(row for row in getattr(seeds, table) if row.slug != slug)
    noun = table.replace("_", "-")
    citations = tuple(row for row in seeds.citations if (row.noun, row.record) != (noun, slug))
    events = tuple(row for row in seeds.letter_events if table != "letters" or row.letter != slug)
    return replace(seeds, **{table: rows}, citations=citations, letter_events=events)
