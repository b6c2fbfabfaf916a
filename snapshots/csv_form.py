"""A snapshot as CSV tables in a zip, described by a Frictionless data package (specs.frictionlessdata.io)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from public.engine.fields import Kind
from public.engine.noun import Noun
from public.engine.spreadsheets import BYTE_ORDER_MARK, csv_text
from snapshots.snapshot_tables import Column, Table, key_of

PARTIAL_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
"""A day, a month or a year: what is known of a date."""
TYPES = {Kind.INTEGER: "integer", Kind.DECIMAL: "number"}
"""The types of columns; all others are strings."""


class CSVForm:
    """The tables, written side by side in a scratch folder and packed at the end."""

    def __init__(self, path: Path, scratch: Path, tables: Sequence[Table], about: Mapping[str, Any]) -> None:
        self.path, self.tables, self.about = path, tables, about
        self.files = {table.name: (scratch / f"{table.name}.csv").open("wb") for table in tables}
        for table in tables:
            header = BYTE_ORDER_MARK + csv_text([[column.name for column in table.columns]])
            self.files[table.name].write(header.encode())

    def add(self, noun: Noun, records: Sequence[Mapping[str, Any]]) -> None:
        """Write some more records of this kind, in the order of the API's list."""
        for table in self.tables:
            if table.noun is noun:
                rows = (row for record in records for row in table.rows(record))
                self.files[table.name].write(csv_text(rows).encode())

    def close(self) -> None:
        """Pack the tables with their description."""
        resources = []
        with ZipFile(self.path, "w", ZIP_DEFLATED) as archive:
            for table in self.tables:
                file = Path(self.files[table.name].name)
                self.files[table.name].close()
                archive.write(file, file.name)
                resources.append(_resource(table, file))
                file.unlink()
            package = {"profile": "tabular-data-package", **self.about, "resources": resources}
            archive.writestr("datapackage.json", json.dumps(package, indent=2, ensure_ascii=False))


def _resource(table: Table, file: Path) -> dict[str, Any]:
    with file.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    keys = [
        {"fields": column.name, "reference": {"resource": _resource_of(column, table), "fields": "slug"}}
        for column in table.columns
        if column.kind is Kind.REFERENCE
    ]
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if key_of(table):
        schema["primaryKey"] = list(key_of(table))
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": file.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": schema,
    }


def _resource_of(column: Column, table: Table) -> str:
    """The name of the resource that a column points to, which is empty for its own."""
    return "" if column.target == table.name else column.target


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": TYPES.get(column.kind, "string")}
    if column.description:
        field["description"] = column.description
    if column.name == "slug":
        field["constraints"] = {"required": True, "unique": True}
    elif column.codes:
        field["constraints"] = {"enum": list(column.codes)}
    elif column.kind is Kind.DATE:
        field["constraints"] = {"pattern": PARTIAL_DATE}
    return field
