"""Lists of any length: counted as far as is said, gone through without losing a row, read through an index."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desk.admin import long_lists
from desk.admin.staff_site import site
from tests import factories
from tests.conftest import Publish
from tracker.models import GrantAward, Letter, Publication
from tracker.publishing import workflow
from tracker.record_search import SEARCHED

AWARDS, LETTERS = "/admin/tracker/grantaward/", "/admin/tracker/letter/"


@pytest.fixture
def awards() -> list[GrantAward]:
    """Nine awards, some of one year, some of no known amount."""
    amounts = [None, "5", "3", None, "3", "8", None, "1", "5"]
    return [
        factories.grant(amount=amount and Decimal(amount), fiscal_year=2015 + number % 3, award_id=f"2017-DJ-{number}")
        for number, amount in enumerate(amounts)
    ]


def walked(client: Client, order: str) -> list[int]:
    """The keys of all rows, page by page and stretch by stretch."""
    keys: list[int] = []
    query = f"?{order}"
    while query:
        for page in range(1, 100):
            response = client.get(f"{AWARDS}{query}&p={page}")
            assert response.status_code == 200
            changes = response.context["cl"]
            keys += [row.pk for row in changes.result_list]
            if page >= changes.paginator.num_pages:
                break
        query = changes.goes_on
    return keys


@pytest.mark.parametrize("order", ["", "o=4", "o=-4", "o=5", "o=-5", "o=5.-4", "o=-4.2", "status__exact=draft&o=-5"])
def test_list_that_is_gone_through_in_stretches_loses_no_row(
    order: str, awards: list[GrantAward], reviewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [row.pk for row in reviewer.get(f"{AWARDS}?{order}").context["cl"].result_list]
    assert len(whole) == len(awards)
    monkeypatch.setattr(long_lists, "MOST", 4)
    monkeypatch.setattr(site.get_model_admin(GrantAward), "list_per_page", 2)
    assert walked(reviewer, order) == whole


def test_list_says_that_more_match_than_it_counts(
    awards: list[GrantAward], reviewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_lists, "MOST", 4)
    assert "More than 4 match" in reviewer.get(AWARDS).content.decode()
    assert "More than" not in reviewer.get(AWARDS, {"fiscal_year": 2016}).content.decode()


def test_nothing_is_done_with_more_rows_than_the_list_counts(
    awards: list[GrantAward], contributor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_lists, "MOST", 4)
    chosen = {"action": "submit", "select_across": "1", "index": "0", "_selected_action": [awards[0].pk]}
    response = contributor.post(AWARDS, chosen, follow=True)
    assert "Narrow the list first; nothing was done." in response.content.decode()
    assert not GrantAward.objects.exclude(status="draft").exists()


def test_word_is_found_in_what_a_record_points_to(reviewer: Client) -> None:
    letter = factories.letter(recipient_as_written="The Mayor", slug="mayor", jurisdiction=factories.state("CA"))
    factories.letter(recipient_as_written="Another", slug="another", jurisdiction=factories.state("IL"))
    found = reviewer.get(LETTERS, {"q": "mayor california"}).context["cl"].result_list
    assert [row.pk for row in found] == [letter.pk]


def test_tile_says_that_there_may_be_more(reviewer: Client, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        workflow.submit(factories.letter(recipient_as_written=f"City {number}"), by=alice)
    monkeypatch.setattr("desk.work_list.MOST", 2)
    tiles = {tile.title: tile for tile in reviewer.get("/admin/").context["tiles"]}
    assert (tiles["Waiting for your review"].count, tiles["Waiting for your review"].more) == (2, True)
    page = reviewer.get(tiles["Waiting for your review"].url)
    assert (len(page.context["lines"]), page.context["more"]) == (2, True)


ROWS = 10_000
LARGE = (GrantAward, Letter, Publication)


def multiply(model: Any) -> None:
    """Give a table ROWS more rows like its first, each with values of its own where they must differ."""
    columns = [field.column for field in model._meta.concrete_fields if field.column != "id"]
    own = {
        "slug": "md5(number::text) || '-' || number",
        "hash": "md5('a' || number) || md5(number::text)",
        "previous_hash": "md5('b' || number) || md5(number::text)",
        "award_id": "'X-' || number",
        "award_id_normalised": "'X' || number",
        "recipient_as_written": "md5('r' || number)",
    }
    values = ", ".join(own.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, {names}) SELECT 100000 + number, {values} "  # Names of columns.
            f"FROM (SELECT * FROM {table} ORDER BY id LIMIT 1) one, generate_series(1, {ROWS}) number"
        )
        if table in SEARCHED:
            cursor.execute("SELECT gin_clean_pending_list(%s)", [f"{table}_searched"])  # As a vacuum does.
        cursor.execute(f"ANALYZE {table}")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads the whole table of the record.")
def test_no_question_of_the_desk_reads_a_large_table_whole(
    reviewer: Client, published_letter: Letter, publish: Publish
) -> None:
    award = factories.grant()
    publish(award)
    for model in LARGE:
        multiply(model)
    choice = "/admin/autocomplete/?app_label=tracker&model_name=letter&field_name=cited_awards&term=zzqxvwk"
    asked = [
        "/admin/", f"{AWARDS}?q=zzqxvwk", f"{AWARDS}?status__exact=draft", f"{AWARDS}{award.pk}/change/", choice,
        f"{LETTERS}?q=zzqxvwk+mayor", "/admin/search/?s=zzqxvwk", "/admin/tracker/publication/?q=zzqxvwk",
        "/admin/tracker/publication/", "/admin/work/overdue/",
    ]  # fmt: skip
    for address in asked:
        with CaptureQueriesContext(connection) as queries:
            assert reviewer.get(address).status_code == 200
        for query in queries.captured_queries:
            assert not whole_tables_read(query["sql"]), (address, query["sql"])


def whole_tables_read(sql: str) -> list[str]:
    """The large tables that the plan of a statement reads from end to end; a count that stops is none."""
    if not sql.startswith("SELECT") or "WHERE" not in sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    return re.findall(rf"Seq Scan on ({'|'.join(model._meta.db_table for model in LARGE)})\b", plan)
