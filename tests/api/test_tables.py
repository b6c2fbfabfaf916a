"""CSV: the rows of the list in its order, whole, streamed, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from nouns.databases import BATCH
from public.engine.spreadsheets import csv_text
from public.nouns import NOUNS
from tests import factories
from tests.api.conftest import Ask, counted_queries, slugs
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import Letter

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def text_of(response: Any) -> str:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content).decode()


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(response).removeprefix("\ufeff"))))


@pytest.mark.parametrize("noun", NOUNS)
def test_table_has_one_column_for_each_public_field_and_the_list_s_rows_in_order(
    noun: str, publish: Publish, visitor: Client, ask: Ask
) -> None:
    publish(*(factories.MAKERS[noun]() for _ in range(3)))
    rows = rows_of(visitor.get(f"/api/v1/{noun}.csv"))
    assert [row["slug"] for row in rows] == slugs(ask(f"{noun}/"))
    dispute = ["disputed"] if NOUNS[noun].cited else []
    fields = [field.key for field in NOUNS[noun].fields]
    assert list(rows[0]) == ["slug", "url", *fields, *dispute, "revision", "published_at", "updated_at"]


def test_table_and_list_hold_the_same_values(publish: Publish, visitor: Client, ask: Ask) -> None:
    letter = factories.letter(summary='Says "no",\nand more.', jurisdiction=factories.state("CA"))
    letter.legal_authorities.set([factories.authority(slug="8-usc-1373"), factories.authority(slug="8-usc-1644")])
    publish(letter)
    [row], [record] = rows_of(visitor.get("/api/v1/letters.csv")), ask("letters/")["results"]
    for key, value in row.items():
        told = record[key]
        if isinstance(told, dict):
            told = told["slug"]
        if isinstance(told, list):
            told = ";".join(each["slug"] for each in told)
        assert value == ("" if told is None else str(told))
    assert row["legal_authorities"] == "8-usc-1373;8-usc-1644"


def test_three_ways_to_ask_for_a_table_give_the_same_table(published_letter: Letter, visitor: Client) -> None:
    suffix = text_of(visitor.get("/api/v1/letters.csv"))
    assert text_of(visitor.get("/api/v1/letters/?format=csv")) == suffix
    assert text_of(visitor.get("/api/v1/letters/", headers={"Accept": "text/csv"})) == suffix
    assert visitor.get("/api/v1/letters/?format=json", headers={"Accept": "text/csv"}).json()["count"] == 1


def test_table_begins_with_a_byte_order_mark_and_is_named_for_the_version(
    published_letter: Letter, visitor: Client
) -> None:
    response: Any = visitor.get("/api/v1/letters.csv")
    version = response.headers["X-Dataset-Version"]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="letters-version-{version}.csv"'
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbfslug,")


def test_filters_and_fields_hold_for_tables(
    published_letter: Letter, other_state_letter: Letter, visitor: Client
) -> None:
    response = visitor.get("/api/v1/letters.csv?state=CA&fields=state,slug,jurisdiction")
    assert text_of(response) == "\ufeffslug,jurisdiction,state\r\n2017-11-15-california,california,CA\r\n"


def test_empty_table_is_its_header(published_letter: Letter, visitor: Client) -> None:
    assert text_of(visitor.get("/api/v1/letters.csv?state=AK&fields=slug")) == "\ufeffslug\r\n"


def test_table_is_read_in_chunks_and_asks_the_record_nothing(publish: Publish, visitor: Client) -> None:
    publish(*(factories.authority() for _ in range(BATCH + 1)))
    response: Any = visitor.get("/api/v1/legal-authorities.csv?fields=slug")
    with counted_queries() as queries:
        pieces = list(response.streaming_content)
    assert [piece.count(b"\r\n") for piece in pieces] == [1, BATCH, 1]
    assert queries.record == []


def test_head_of_a_table_reads_no_row(published_letter: Letter, visitor: Client) -> None:
    with counted_queries() as queries:
        response = visitor.head("/api/v1/letters.csv")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [sql for sql in queries.edition if "tracker_letter" in sql] == []


def cell(text: str) -> str:
    """The only cell of a CSV file."""
    ((value,),) = csv.reader(io.StringIO(text, newline=""))
    return value


@pytest.mark.parametrize(
    "value", ["=1+1", "+1 800", "-cmd", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", "\uff1d1", "-1+1"]
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(value: str) -> None:
    assert cell(csv_text([[value]])) == f"'{value}"


@pytest.mark.parametrize("value", ["-87.6298", "2017-04-21", "State of Illinois", "", 3, "-1"])
def test_numbers_dates_and_plain_text_stay_as_they_are(value: str | int) -> None:
    assert cell(csv_text([[value]])) == str(value)
