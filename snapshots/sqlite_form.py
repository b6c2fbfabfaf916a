"""A snapshot as one SQLite file, for whoever would rather ask than read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from public.engine.fields import Kind
from public.engine.noun import Noun
from snapshots.snapshot_tables import Column, Table, key_of

TYPES = {Kind.INTEGER: "INTEGER", Kind.DECIMAL: "NUMERIC"}
"""The types of columns; all others are texts."""


class SQLiteForm:
    """The tables with their keys, and a table `about` that says which state of the record this is."""

    def __init__(self, path: Path, tables: Sequence[Table], about: Mapping[str, Any]) -> None:
        self.tables = tables
        self.connection = sqlite3.connect(path)
        self.connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        told = [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in about.items()]
        self.connection.executemany("INSERT INTO about VALUES (?, ?)", told)
        for table in tables:
            self.connection.execute(_definition(table))

    def add(self, noun: Noun, records: Sequence[Mapping[str, Any]]) -> None:
        """Insert some more records of this kind, in the order of the API's list."""
        for table in self.tables:
            if table.noun is noun:
                places = ", ".join("?" for _ in table.columns)
                rows = ([None if cell == "" else cell for cell in row] for each in records for row in table.rows(each))
                self.connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({places})", rows)  # noqa: S608  # Our own names.

    def close(self) -> None:
        """Keep what was inserted."""
        self.connection.commit()
        self.connection.close()


def _definition(table: Table) -> str:
    columns = [_column(column) for column in table.columns]
    keys = [f"PRIMARY KEY ({', '.join(map(_quoted, key_of(table)))})"] if key_of(table) else []
    return f"CREATE TABLE {_quoted(table.name)} ({', '.join([*columns, *keys])})"


def _column(column: Column) -> str:
    points_to = f" REFERENCES {_quoted(column.target)} (slug)" if column.kind is Kind.REFERENCE else ""
    return f"{_quoted(column.name)} {TYPES.get(column.kind, 'TEXT')}{points_to}"


def _quoted(name: str) -> str:
    """A name as SQL writes one that holds a dash."""
    return f'"{name.replace("-", "_")}"'
