"""What a stranger asks of a long list is read through an index: PostgreSQL's plans for 10,000 letters and awards."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.db.models import QuerySet

from nouns.databases import PUBLISHED
from public.engine.select import select
from public.nouns import NOUNS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import GrantAward, Letter, StandingPeriod

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

MANY = 10_000
TODAY = date(2018, 1, 1)


@pytest.fixture
def many(publish: Publish) -> None:
    """Copies of a letter and of an award, in the edition, spread over days, years and states."""
    if connections[PUBLISHED].vendor != "postgresql":
        pytest.skip("Plans are PostgreSQL's.")
    publish(factories.letter(), factories.grant())
    states = ["IL", "CA", "NY", "TX", "WA"]
    for model in (Letter, GrantAward):
        row: Any = model.edition.get()
        copies: list[Any] = []
        for number in range(MANY):
            day = f"2017-{1 + number % 12:02}-{1 + number % 28:02}"
            copy = {"pk": 1000 + number, "slug": f"copy-{number}", "state": states[number % 5], "sent_on": day}
            values = {**{key: value for key, value in vars(row).items() if key != "_state"}, **copy}
            values |= {"id": copy["pk"], "fiscal_year": 2000 + number % 20, "award_id_normalised": ""}
            copies.append(model(**{name: value for name, value in values.items() if name in columns(model)}))
        model._base_manager.using(PUBLISHED).bulk_create(copies, batch_size=2000)
    periods = [StandingPeriod(letter_id=1000 + number) for number in range(MANY)]
    StandingPeriod.edition.bulk_create(periods, batch_size=2000)
    with connections[PUBLISHED].cursor() as cursor:
        cursor.execute("ANALYZE")


def columns(model: type[Any]) -> set[str]:
    return {field.attname for field in model._meta.concrete_fields}


def read_whole(rows: QuerySet[Any]) -> set[str]:
    """The large tables that the plan of these rows reads from one end to the other."""
    sql, params = rows.query.get_compiler(PUBLISHED).as_sql()
    with connections[PUBLISHED].cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0]
    return set(scanned((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]))


def scanned(node: dict[str, Any]) -> list[str]:
    own = [node["Relation Name"]] if node["Node Type"] == "Seq Scan" else []
    below = [table for child in node.get("Plans", ()) for table in scanned(child)]
    large = {"tracker_letter", "tracker_grantaward", "tracker_standingperiod", "tracker_citation"}
    return [table for table in [*own, *below] if table in large]


QUESTIONS: list[tuple[str, dict[str, str]]] = [
    ("letters", {}),
    ("letters", {"state": "CA"}),
    ("letters", {"sent_after": "2017-12-01"}),
    ("letters", {"on": "2017-03-01", "state": "IL"}),
    ("grants", {}),
    ("grants", {"state": "CA"}),
    ("grants", {"state": "CA", "fiscal_year": "2014", "amount_min": "10"}),
    ("grants", {"fiscal_year": "2014"}),
]


def test_a_page_of_a_long_list_reads_no_table_whole(many: None) -> None:
    read = {
        f"{noun} {asked}": read_whole(select(NOUNS[noun], asked, today=TODAY).queryset[:51])
        for noun, asked in QUESTIONS
    }
    assert not any(read.values()), read
