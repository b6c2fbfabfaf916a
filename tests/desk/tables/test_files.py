"""Files that are too large, of another kind or meant to do harm are refused before they cost anything."""

from __future__ import annotations

import io
import resource as process
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from desk.tables.rows import BY_HAND
from tests import factories
from tests.desk.tables.sheets import as_csv, as_workbook, looked, reasons, said
from tracker.models import GrantAward, Source

pytestmark = pytest.mark.django_db

HEADER = ("slug", "title", "kind")
SHEET = "xl/worksheets/sheet1.xml"


def altered(part: str, content: bytes, *rows: Any) -> bytes:
    """A workbook with one part replaced."""
    file = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(as_workbook(HEADER, *rows)))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name in whole.namelist():
            package.writestr(name, content if name == part else whole.read(name))
    return file.getvalue()


def sheet(rows: str, head: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{head}<worksheet xmlns="{space}">{rows}</worksheet>'.encode()


def test_a_sheet_that_claims_a_million_columns_costs_nothing() -> None:
    claim = sheet(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="XFD1" t="inlineStr"><is><t>slug</t>'
        "</is></c></row></sheetData>"
    )
    before = process.getrusage(process.RUSAGE_SELF).ru_maxrss
    report = looked(Source, altered(SHEET, claim))
    assert report.problems
    assert process.getrusage(process.RUSAGE_SELF).ru_maxrss - before < 20_000  # Kilobytes.


def test_a_cell_far_to_the_right_or_below_is_refused() -> None:
    far = sheet('<sheetData><row r="1048576"><c r="A1048576" t="inlineStr"><is><t>slug</t></is></c></row></sheetData>')
    assert looked(Source, altered(SHEET, far)).problems


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    report = looked(Source, altered(SHEET, sheet("<sheetData>" + "<row/>" * 12_000_000 + "</sheetData>")))
    assert "unpacks to" in reasons(report)


def test_a_list_of_very_many_parts_is_counted_before_it_is_parsed() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for number in range(20_000):
            package.writestr(f"{number}", b"")
    report = looked(Source, file.getvalue(), suffix="xlsx")
    assert "20,000 parts" in reasons(report)


def test_entities_that_multiply_are_refused() -> None:
    lol = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    assert "entities" in reasons(looked(Source, altered(SHEET, sheet("<sheetData/>", lol))))


def test_more_columns_rows_or_cells_than_are_read_are_refused() -> None:
    few = replace(BY_HAND, rows=3, columns=5, cells=12)
    assert "3 rows" in reasons(looked(Source, as_csv(HEADER, *[("", "A", "news")] * 4), few))
    assert "5 columns" in reasons(looked(Source, as_csv(HEADER, ["a"] * 6), few))
    assert "5 columns" in reasons(looked(Source, as_workbook(HEADER, ["a"] * 6), few))
    assert "12 cells" in reasons(
        looked(Source, as_csv(HEADER, *[("", "A", "news")] * 3, ("", "A")), replace(few, rows=9))
    )
    assert "bytes" in reasons(looked(Source, as_csv(HEADER), replace(BY_HAND, size=5)))


@pytest.mark.parametrize(
    ("content", "suffix", "word"),
    [
        (b"", "csv", "empty"),
        (as_csv(HEADER, encoding="utf-16"), "csv", "not UTF-8"),
        (as_csv(HEADER, ("", "caf\xe9", "news"), encoding="latin-1"), "csv", "Line 2 is not UTF-8"),
        (as_csv(HEADER, delimiter=";"), "csv", "semicolons"),
        (as_csv(HEADER, delimiter="\t"), "csv", "tabs"),
        (as_csv(HEADER, delimiter="|"), "csv", "bars"),
        (b'slug,title,kind\n,"open,news\n', "csv", "not CSV"),
        (b"slug,title\0,kind\n", "csv", "null character"),
        (b"slug," + b"x" * 1_100_000, "csv", "longer than"),
        (b"%PDF-1.4", "pdf", "neither"),
        (as_workbook(HEADER), "csv", "content"),
        (as_csv(HEADER), "xlsx", "content"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xlsx", "password"),
        (b"PK\x03\x04 broken", "xlsx", "cannot be read"),
    ],
)
def test_a_file_of_another_kind_says_what_would_be_right(content: bytes, suffix: str, word: str) -> None:
    assert word in reasons(looked(Source, content, suffix=suffix))


def test_a_byte_order_mark_and_empty_rows_do_no_harm() -> None:
    report = looked(Source, as_csv(HEADER, (), ("", "A", "news"), ("", "", "")))
    assert report.problems == []
    assert report.counts["add"] == 1


def test_a_workbook_of_two_sheets_is_refused() -> None:
    book: Any = openpyxl.Workbook()
    book.create_sheet("Notes")
    file = io.BytesIO()
    book.save(file)
    assert "2 sheets" in reasons(looked(Source, file.getvalue()))


def test_formulas_errors_and_percentages_are_refused_cell_by_cell() -> None:
    book: Any = openpyxl.Workbook()
    for row in (HEADER, ("", "=1+1", "news"), ("", "#N/A", "news"), ("", True, "news"), ("", 0.25, "news")):
        book.active.append(row)
    book.active["B5"].number_format = "0%"
    file = io.BytesIO()
    book.save(file)
    report = looked(Source, file.getvalue())
    assert [(row, column) for row, column, _ in said(report)] == [(n, "title") for n in (2, 3, 4, 5)]
    assert "formula" in report.problems[0].reason


def test_a_row_with_more_cells_than_the_table_has_columns_is_refused() -> None:
    assert said(looked(Source, as_csv(HEADER, ("", "A", "news", "more")))) == [(2, "", "")]


def test_a_number_where_a_slug_belongs_names_the_slug() -> None:
    factories.program(slug="jag")
    report = looked(GrantAward, as_workbook(("slug", "program"), ("", 16)))
    assert (2, "program", "16") in said(report)
