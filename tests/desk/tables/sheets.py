"""Tables for the tests: as CSV or workbook files, and what an import of them says."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.contrib.auth.models import User

from desk.tables.exports import csv_pieces, write_workbook
from desk.tables.imports import Report, Table, carry_out, look
from desk.tables.rows import BY_HAND, Limits
from nouns.noun import PublicNoun

Cells = Sequence[Sequence[Any]]


def as_csv(*rows: Sequence[Any], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def as_workbook(*rows: Sequence[Any]) -> bytes:
    book: Any = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def exported(model: type[PublicNoun], suffix: str) -> bytes:
    """Every noun of this kind, as the product exports them."""
    nouns: Any = model._base_manager.order_by("pk")
    if suffix == "csv":
        return "".join(csv_pieces(nouns)).encode()
    file = io.BytesIO()
    write_workbook(nouns, file)
    return file.getvalue()


def table(model: type[PublicNoun], content: bytes, limits: Limits = BY_HAND, suffix: str = "") -> Table:
    kind = suffix or ("xlsx" if content.startswith(b"PK") else "csv")
    return Table(model, io.BytesIO(content), f"table.{kind}", limits)


def looked(model: type[PublicNoun], content: bytes, limits: Limits = BY_HAND, suffix: str = "") -> Report:
    return look(table(model, content, limits, suffix))


def imported(model: type[PublicNoun], content: bytes, by: User, reason: str = "From a table") -> Report:
    return carry_out(table(model, content), by=by, reason=reason)


def said(report: Report) -> list[tuple[int, str, str]]:
    """The problems of a report: row, column and value."""
    return [(problem.row, problem.column, problem.value) for problem in report.problems]


def reasons(report: Report) -> str:
    return "\n".join(str(problem) for problem in report.problems)
