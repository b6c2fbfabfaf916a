"""Whatever somebody wrote survives a spreadsheet, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desk.tables.problems import Refused
from public.engine.spreadsheets import plain, safe
from tests import factories
from tests.conftest import BOTH_DATABASES
from tests.desk.tables.sheets import as_csv, as_workbook, exported, imported, looked
from tracker.models import Statement

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

UNKEPT_NONCHARACTERS = "\ufffe\uffff"
"""XML cannot write them either, though they are no control characters."""
WORDS = st.text(
    st.one_of(
        st.sampled_from("=+-@\t\r\n',;\"|\uff1d 0e.#_x"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=UNKEPT_NONCHARACTERS),
    ),
    max_size=30,
)
SENTENCES = WORDS.filter(lambda text: bool(text.strip()))
AMOUNTS = st.one_of(st.none(), st.decimals(-(10**13), 10**13, places=2))


@given(text=WORDS)
@example("\r")
@example("\r0")
@example(" '=1")
def test_a_safe_cell_stands_for_its_text_and_never_begins_as_a_formula_does(text: str) -> None:
    cell = safe(text)
    assert plain(cell) == text.strip()
    assert not cell.lstrip(" ").startswith(("=", "@", "\t", "\r"))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@given(speaker=SENTENCES, paraphrase=SENTENCES, quote=WORDS, note=WORDS, amount=AMOUNTS)
@example(speaker="\r0", paraphrase="a\rb\r\nc\nd", quote="\r", note=" '=1", amount=None)
@example(speaker="_x000D_", paraphrase="_x000D_x000D_", quote="_x005F_x000D_", note="_x0041_\r", amount=None)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_exported_is_imported_as_it_was(suffix: str, alice: User, amount: Any, **texts: str) -> None:
    """Carriage returns included; only space around a text goes, as it goes from a form."""
    Statement._base_manager.all().delete()
    stored = factories.statement(slug="original", amount=amount, period="a year", **texts)
    content = exported(Statement, suffix)
    assert looked(Statement, content).counts["unchanged"] == 1
    imported(Statement, renamed(content), alice)
    copied = Statement.objects.get(slug="copy")
    assert copied.amount == stored.amount
    assert {name: getattr(copied, name) for name in texts} == {name: text.strip() for name, text in texts.items()}


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", *UNKEPT_NONCHARACTERS])
def test_a_workbook_is_refused_for_a_character_that_it_would_lose_and_a_table_keeps_it(character: str) -> None:
    factories.statement(note=f"a{character}b")
    with pytest.raises(Refused, match=r"control characters\. Export the list as CSV instead"):
        exported(Statement, "xlsx")
    assert looked(Statement, exported(Statement, "csv")).counts["unchanged"] == 1


@pytest.mark.parametrize("escape", ["_x0000_", "_x000B_", "_xD83D_", "_xFFFF_"])
def test_a_workbook_that_escapes_what_no_text_holds_is_refused_by_cell(escape: str) -> None:
    report = looked(Statement, as_workbook(("slug", "note"), ("original", f"a{escape}b")))
    assert ("note", "Holds a control character, as no text does.") in {
        (problem.column, problem.reason) for problem in report.problems
    }


def test_a_workbook_of_another_program_is_read_with_its_carriage_returns() -> None:
    factories.statement(slug="original", note="one\r\ntwo")
    assert looked(Statement, as_workbook(("slug", "note"), ("original", "one_x000D_\ntwo"))).counts["unchanged"] == 1


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
