"""The way for very many rows does what the small way does, in a handful of statements."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from desk.tables import imports
from desk.tables.bulk import carry_out_in_bulk, staged
from desk.tables.problems import Refused
from tests import factories
from tests.desk.tables.sheets import as_csv, looked, table
from tracker.models import Citation, GrantAward

pytestmark = pytest.mark.django_db

HEADER = (
    "slug", "program", "jurisdiction", "recipient_as_written", "award_id", "fiscal_year", "amount", "amount_kind",
    "awarded_on", "note", "source", "locator",
)  # fmt: skip


@pytest.fixture
def rows(db: None) -> list[tuple[Any, ...]]:
    """A row that changes an award, one that leaves an award alone, one that only cites, and new ones."""
    factories.state("IL")
    jag = factories.program(slug="jag", short_name="JAG")
    factories.source(slug="list")
    for name in ("changed", "same", "cited"):
        factories.grant(slug=name, program=jag, award_id=name, recipient_as_written="State of Illinois")
    tail = (2016, "1000.00", "award", "")
    return [
        (
            "changed",
            "jag",
            "illinois",
            "State of Illinois",
            "changed",
            2017,
            "",
            "award",
            "2017-03",
            "a\tb\\c\n“d”",
            "",
            "",
        ),
        ("same", "jag", "illinois", "State of Illinois", "same", *tail, "", "", ""),
        ("cited", "jag", "illinois", "State of Illinois", "cited", *tail, "", "list", "p. 1"),
        ("", "jag", "illinois", "New one", "2016-DJ-BX-1", *tail, "=1+1", "list", "p. 2"),
        ("", "jag", "illinois", "New two", "", *tail, "", "", ""),
        ("own", "jag", "illinois", "New three", "", *tail, "\\N", "", ""),
    ]


def everything(model: Any) -> list[dict[str, Any]]:
    """Every stored row and line of history, without keys and times."""
    fleeting = {"id", "history_id", "history_date", "updated_at", "created_at", "grant_award_id"}
    kept = [*model.objects.order_by("pk").values(), *model.history.order_by("id", "history_id").values()]
    return [{name: value for name, value in row.items() if name not in fleeting} for row in kept]


def test_both_ways_store_the_same_awards_citations_and_history(rows: Any, alice: User) -> None:
    content = as_csv(HEADER, *rows)
    results = []
    for carry_out in (imports.carry_out, carry_out_in_bulk):
        mark = transaction.savepoint()
        report = carry_out(table(GrantAward, content), by=alice, reason="From a list")
        results.append((report.counts, everything(GrantAward), everything(Citation)))
        transaction.savepoint_rollback(mark)
    assert results[0] == results[1]
    assert results[0][0] == {"add": 3, "change": 2, "unchanged": 1}


def test_importing_it_again_changes_nothing(rows: Any, alice: User) -> None:
    named = [row for row in rows if row[0] or row[4]]  # One without slug and award ID can be recognised by nothing.
    carry_out_in_bulk(table(GrantAward, as_csv(HEADER, *named)), by=alice, reason="")
    assert looked(GrantAward, as_csv(HEADER, *named)).counts == {"add": 0, "change": 0, "unchanged": 5}


def test_the_same_errors_are_told_and_nothing_is_written(rows: Any, alice: User) -> None:
    content = as_csv(HEADER, *rows, ("", "jag", "illinoi", "New", "2016-DJ-BX-1", "x", "1", "award", "2016-13"))
    with pytest.raises(Refused) as refused:
        carry_out_in_bulk(table(GrantAward, content), by=alice, reason="")
    assert refused.value.problems == looked(GrantAward, content).problems
    assert {problem.column for problem in refused.value.problems} >= {"jurisdiction", "fiscal_year", "awarded_on"}
    assert GrantAward.objects.count() == 3


def test_what_was_changed_while_the_rows_were_staged_is_not_overwritten(rows: Any, alice: User) -> None:
    with staged(table(GrantAward, as_csv(HEADER, *rows)), by=alice) as staging:
        stale = GrantAward.objects.get(slug="changed")
        stale.note = "Theirs"
        stale.save()
        with pytest.raises(Refused), transaction.atomic():
            staging.merge(reason="")
    assert GrantAward.objects.get(slug="changed").note == "Theirs"
    assert GrantAward.objects.count() == 3


def test_an_award_that_came_meanwhile_is_no_crash(rows: Any, alice: User) -> None:
    with staged(table(GrantAward, as_csv(HEADER, *rows)), by=alice) as staging:
        factories.grant(slug="other", award_id="2016 DJ BX 1")
        with pytest.raises(Refused), transaction.atomic():
            staging.merge(reason="")
    assert GrantAward.objects.count() == 4


def test_who_may_not_write_awards_may_not_import_them(rows: Any, dave: User) -> None:
    with pytest.raises(PermissionDenied):
        carry_out_in_bulk(table(GrantAward, as_csv(HEADER, *rows)), by=dave, reason="")


def test_the_merge_asks_as_much_for_many_rows_as_for_few(rows: Any, alice: User) -> None:
    def asked(more: int) -> int:
        new = [("", "jag", "illinois", f"Place {n}", "", 2010, "1", "award", "", "", "", "") for n in range(more)]
        with staged(table(GrantAward, as_csv(HEADER, *rows, *new)), by=alice) as staging:
            mark = transaction.savepoint()
            with CaptureQueriesContext(connection) as queries:
                staging.merge(reason="")
            transaction.savepoint_rollback(mark)
        return len(queries)

    alice.get_all_permissions()  # They are asked for once.
    assert asked(5) == asked(300)
