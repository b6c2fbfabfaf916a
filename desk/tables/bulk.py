"""Very many rows at once: planned like any others, put into a staging table, and merged by a few statements of SQL.

The staging table is temporary and belongs to the connection, so that planning takes no lock; only the merge is a
transaction. PostgreSQL is given the rows by COPY, SQLite in batches. For nouns without links to many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from desk.tables.imports import Plan, Progress, Report, Table, refuse
from desk.tables.problems import Refused
from desk.tables.rows import Row, Verb
from desk.tables.writing import MEANWHILE, revise
from nouns.databases import RECORD
from nouns.declarations import parent_key
from nouns.noun import PublicNoun
from tracker.models import Citation, GrantAward
from tracker.publishing.workflow import require

BULK: frozenset[type[PublicNoun]] = frozenset({GrantAward})
"""The nouns whose tables may be too large to be looked at while somebody waits."""
STAGED = "staged_rows"
OWN = ("line", "verb", "cited_source", "cited_locator", "cited_quote")
"""Columns of the staging table besides the noun's: the row's number, what becomes of it, the citation that it adds."""


def carry_out_in_bulk(
    table: Table, *, by: User, reason: str, seen: str = "", progress: Progress = lambda _rows: None
) -> Report:
    """Do what the table says, like `imports.carry_out` and with the same refusals."""
    with staged(table, by=by, progress=progress) as staging:
        refuse(staging.report, seen)
        with transaction.atomic(using=RECORD):
            staging.merge(reason=reason)
    return staging.report


@contextmanager
def staged(table: Table, *, by: User, progress: Progress = lambda _rows: None) -> Iterator[Staging]:
    """The rows of a table in a staging table, which is there inside; none when anything is wrong with them."""
    planned = Plan(table, progress)
    staging = Staging(table.model, planned.report, by)
    staging.create()
    try:
        for rows in planned.chunks():
            if not planned.is_wrong:
                staging.add(rows)
        yield staging
    finally:
        staging.drop()


class Staging:
    """The staging table of one kind of noun."""

    def __init__(self, model: type[PublicNoun], report: Report, by: User) -> None:
        self.model = model
        self.report = report
        self.by = by
        self.now = timezone.now()
        self.connection: Any = connections[RECORD]
        self.fields: list[Any] = list(model._meta.concrete_fields)
        self.names = [field.column for field in self.fields]

    def create(self) -> None:
        """Make the empty table, with the columns of the noun and of a citation, and without their rules."""
        self.drop()
        self._run(
            f"CREATE TEMPORARY TABLE {STAGED} AS SELECT 0 AS line, '' AS verb, c.source_id AS cited_source, "
            f"c.locator AS cited_locator, c.quote AS cited_quote, n.* "
            f"FROM {self.model._meta.db_table} n CROSS JOIN {Citation._meta.db_table} c WHERE 1 = 0"
        )

    def drop(self) -> None:
        """Remove the table, if it is there."""
        self._run(f"DROP TABLE IF EXISTS {STAGED}")

    def add(self, rows: Sequence[Row]) -> None:
        """Put planned rows into the table, as they will be once they are written."""
        asking = [row for row in rows if row.verb != Verb.SAME]
        for row in asking:
            revise(row, self.by, self.now)
        values = [self._values(row) for row in asking]
        columns = ", ".join((*OWN, *self.names))
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                with cursor.copy(f"COPY {STAGED} ({columns}) FROM STDIN") as copy:
                    for row_values in values:
                        copy.write_row(row_values)
            else:
                places = ", ".join(["%s"] * (len(OWN) + len(self.names)))
                cursor.executemany(f"INSERT INTO {STAGED} ({columns}) VALUES ({places})", values)

    def merge(self, *, reason: str) -> None:
        """Write the staged rows, their citations and their history. Call it inside a transaction.

        Raises Refused when the record was changed since the rows were planned, and PermissionDenied.
        """
        for verb in (Verb.ADD, Verb.CHANGE):
            if self.report.counts[verb]:
                require(self.by, verb, self.model())
        try:
            with transaction.atomic(using=RECORD):
                self._merge(reason)
        except IntegrityError:
            raise Refused(MEANWHILE) from None

    def _merge(self, reason: str) -> None:
        table, columns = self.model._meta.db_table, [name for name in self.names if name != "id"]
        self._run(f"CREATE INDEX {STAGED}_slug ON {STAGED} (slug)")
        self._run(f"ANALYZE {STAGED}")
        sets = ", ".join(f"{name} = s.{name}" for name in columns)
        changed = self._run(
            f"UPDATE {table} AS n SET {sets} FROM {STAGED} s "
            f"WHERE s.verb = 'change' AND n.id = s.id AND n.revision = s.revision - 1"
        )
        if changed != self.report.counts[Verb.CHANGE]:
            raise Refused(MEANWHILE)
        listed = ", ".join(columns)
        self._run(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {STAGED} WHERE verb = 'add' ORDER BY line")
        self._run(f"UPDATE {STAGED} SET id = n.id FROM {table} n WHERE verb = 'add' AND n.slug = {STAGED}.slug")
        kind = "CASE r.verb WHEN 'add' THEN '+' ELSE '~' END"
        self._record(self.model, f"{STAGED} r", kind, reason)
        self._cite(reason)

    def _cite(self, reason: str) -> None:
        """Write the citations that rows add, and their history."""
        table, parent = Citation._meta.db_table, f"{parent_key(self.model, 'citations')}_id"
        self._run(
            f"INSERT INTO {table} ({parent}, source_id, field, stance, locator, quote) "
            f"SELECT id, cited_source, '', %s, cited_locator, cited_quote "
            f"FROM {STAGED} WHERE cited_source IS NOT NULL ORDER BY line",
            [Citation.Stance.SUPPORTS.value],
        )
        added = (
            f"{STAGED} s JOIN {table} r ON r.{parent} = s.id AND r.source_id = s.cited_source "
            f"AND r.locator = s.cited_locator AND r.quote = s.cited_quote"
        )
        self._record(Citation, added, "'+'", reason)

    def _record(self, model: Any, rows: str, kind: str, reason: str) -> None:
        """Write a line of history for each row `r` of these rows."""
        history = model.history.model
        names = [field.column for field in history.tracked_fields]
        self._run(
            f"INSERT INTO {history._meta.db_table} "
            f"({', '.join(names)}, history_type, history_date, history_change_reason, history_user_id) "
            f"SELECT {', '.join(f'r.{name}' for name in names)}, {kind}, %s, %s, %s FROM {rows} ORDER BY r.id",
            [self.connection.ops.adapt_datetimefield_value(self.now), reason, self.by.pk],
        )

    def _values(self, row: Row) -> list[object]:
        cited = row.citation
        own = [
            row.number,
            row.verb.value,
            *((cited.source_id, cited.locator, cited.quote) if cited else (None, "", "")),
        ]
        return [*own, *(_stored(field, row.noun, self.connection) for field in self.fields)]

    def _run(self, statement: str, values: Sequence[object] = ()) -> int:
        """Run one statement and return how many rows it concerned."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)


def _stored(field: models.Field[Any, Any], noun: PublicNoun, connection: BaseDatabaseWrapper) -> object:
    """The value of a field as the database is given it."""
    return field.get_db_prep_save(getattr(noun, field.attname), connection)
