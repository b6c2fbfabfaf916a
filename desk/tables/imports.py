"""Importing a table: looking at what it would do, and doing it, all or nothing."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import BinaryIO

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from desk.tables.files import read
from desk.tables.planning import plan
from desk.tables.problems import Problem, Problems, Refused, TooLarge
from desk.tables.rows import Limits, Row, Verb
from desk.tables.writing import MEANWHILE, write
from nouns.databases import RECORD
from nouns.noun import PublicNoun

SHOWN = 10_000
"""Rows of a report that are told cell by cell; it counts them all."""
LONGEST_SHOWN = 300
"""Characters of a cell that a report shows."""
Progress = Callable[[int], object]
"""Told how many rows were looked at, after each chunk of them."""


@dataclass(frozen=True)
class Table:
    """An uploaded table: its noun, its content, its name, and how much of it is read."""

    model: type[PublicNoun]
    file: BinaryIO
    name: str
    limits: Limits


@dataclass
class Report:
    """What a table would do to the record, or did: the count of each verb, what differs, and all that is wrong.

    `digest` is equal when the table would do the same to the same revisions. `too_large` says that it has more rows or
    bytes than were to be read. `unpublished` says why references that
    were written are not public.
    """

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Verb, 0))
    problems: list[Problem] = field(default_factory=list)
    problems_total: int = 0
    rows: list[dict[str, object]] = field(default_factory=list)
    digest: str = ""
    too_large: bool = False
    unpublished: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """The report as JSON holds it, under the names that it has here."""
        return asdict(self)


class Plan:
    """The rows of a table in chunks, as `plan` gives them, and the report that grows while they are taken."""

    def __init__(self, table: Table, progress: Progress = lambda _rows: None) -> None:
        self.table = table
        self.report = Report()
        self._progress = progress
        self._problems = Problems()

    def chunks(self) -> Iterator[list[Row]]:
        """The planned rows. When the last one is taken the report is complete; what cannot be read is a problem too."""
        counts: Counter[str] = Counter()
        digest, table = hashlib.sha256(), self.table
        try:
            for rows in plan(table.model, read(table.file, table.name, table.limits), self._problems):
                for row in rows:
                    counts[row.verb] += 1
                    digest.update(_mark(row))
                self._show(rows)
                self._progress(sum(counts.values()))
                yield rows
            self.report.problems, self.report.problems_total = self._problems.in_order(), self._problems.total
        except Refused as refusal:
            self.report.problems, self.report.problems_total = refusal.problems, refusal.total
            self.report.too_large = isinstance(refusal, TooLarge)
        self.report.counts = {verb: counts[verb] for verb in Verb}
        self.report.digest = digest.hexdigest()

    @property
    def is_wrong(self) -> bool:
        """Whether a problem was found so far."""
        return self._problems.total > 0

    def _show(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if row.verb != Verb.SAME and len(self.report.rows) < SHOWN:
                cells = [[name, *map(_short, pair)] for name, pair in row.cells.items()]
                title = {"number": row.number, "verb": row.verb, "title": str(row.noun), "key": row.noun.pk}
                self.report.rows.append({**title, "cells": cells})


def look(table: Table, progress: Progress = lambda _rows: None) -> Report:
    """What the table would do. Writes nothing."""
    planned = Plan(table, progress)
    for _rows in planned.chunks():
        pass
    return planned.report


@dataclass(frozen=True)
class Prepared:
    """A table that may be written: its planned rows without problems, and their report."""

    table: Table
    rows: list[Row]
    report: Report

    def write(self, *, by: User, reason: str) -> Report:
        """Write the rows as drafts in the name of `by`. Call it inside a transaction.

        Raises PermissionDenied as the form would, and Refused when the record was changed since the rows were planned.
        """
        try:
            with transaction.atomic(using=RECORD):
                self.report.unpublished = write(self.table.model, self.rows, by=by, reason=reason)
        except IntegrityError:
            raise Refused(MEANWHILE) from None
        written = (row for row in self.rows if row.verb != Verb.SAME)
        for shown, row in zip(self.report.rows, written, strict=False):
            shown["key"] = row.noun.pk
        return self.report


def prepare(table: Table, *, seen: str = "") -> Prepared:
    """Plan all rows of a table, outside any transaction since that takes a while.

    `seen` is the digest of the report that somebody agreed to. Raises Refused when anything is wrong, or when the table
    would do something else by now.
    """
    planned = Plan(table)
    rows = [row for chunk in planned.chunks() for row in chunk]
    refuse(planned.report, seen)
    return Prepared(table, rows, planned.report)


def carry_out(table: Table, *, by: User, reason: str) -> Report:
    """Do what the table says, all or nothing, and report on it. Raises what `prepare` and `Prepared.write` raise."""
    prepared = prepare(table)
    with transaction.atomic(using=RECORD):
        return prepared.write(by=by, reason=reason)


def refuse(report: Report, seen: str) -> None:
    """Raise Refused when anything is wrong, or when this is not what was seen."""
    if report.problems:
        raise Refused(report.problems, report.problems_total)
    if seen and report.digest != seen:
        raise Refused(MEANWHILE)


def _mark(row: Row) -> bytes:
    """What a row does, to which revision."""
    return json.dumps([row.number, row.verb, row.noun.pk, row.noun.revision, row.cells]).encode()


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
