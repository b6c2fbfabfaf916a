"""Whatever somebody wrote survives a spreadsheet, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from public.engine.spreadsheets import plain, safe, same
from tests import factories
from tests.conftest import BOTH_DATABASES
from tests.desk.tables.sheets import as_csv, exported, imported, looked
from tracker.models import Statement

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

WORDS = st.text(
    st.one_of(st.sampled_from("=+-@\t\r\n',;\"|\uff1d 0e.#"), st.characters(exclude_categories=["Cs", "Cc"])),
    max_size=30,
)
SENTENCES = WORDS.filter(lambda text: bool(text.strip()))
AMOUNTS = st.one_of(st.none(), st.decimals(-(10**13), 10**13, places=2))


@given(text=WORDS)
def test_a_safe_cell_stands_for_its_text_and_never_begins_as_a_formula_does(text: str) -> None:
    cell = safe(text)
    assert same(plain(cell), text)
    assert not cell.lstrip(" ").startswith(("=", "@", "\t", "\r")) or cell == text == ""
    assert safe(plain(cell)) == safe(text.strip())


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@given(speaker=SENTENCES, paraphrase=SENTENCES, quote=WORDS, note=WORDS, amount=AMOUNTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_exported_is_imported_as_it_was(suffix: str, alice: User, amount: Any, **texts: str) -> None:
    Statement._base_manager.all().delete()
    stored = factories.statement(slug="original", amount=amount, period="a year", **texts)
    content = exported(Statement, suffix)
    assert looked(Statement, content).counts["unchanged"] == 1
    imported(Statement, renamed(content), alice)
    copied = Statement.objects.get(slug="copy")
    assert copied.amount == stored.amount
    for name, text in texts.items():
        assert same(getattr(copied, name), text), name


def renamed(content: bytes) -> bytes:
    """The table with another slug in its only row."""
    if not content.startswith(b"PK"):
        header, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        return as_csv(header, ["copy", *row[1:]])
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    assert "f" not in {cell.data_type for cell in book.active[2]}
    book.active["A2"] = "copy"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
