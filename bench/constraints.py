"""What judging rows of a table costs by Django's constraints and by ours: `python -m bench.constraints [rows]`.

Measures in databases of its own on the server that DATABASE_URL names (SQLite files otherwise), and drops them.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from decimal import Decimal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from desk.tables.rules import check_rules
from jurisdictions.models import Agency, Jurisdiction
from tracker.models import GrantAward, GrantProgram


def main(rows: int) -> None:
    """Print a line for each way to judge."""
    settings.DEBUG = False  # Else Django keeps the text of every query.
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        awards = _awards(rows)
        print(f"{connection.vendor}: {rows:,} grant awards that break no rule")
        _measure("Model.validate_constraints()", lambda: _ask_django(awards))
        _measure("desk.tables.rules", lambda: _judge(awards))
    finally:
        teardown_databases(databases, verbosity=0)


def _awards(rows: int) -> list[GrantAward]:
    nation = Jurisdiction.objects.create(slug="united-states", full_name="United States", kind="nation")
    agency = Agency.objects.create(slug="ojp", name="Office of Justice Programs", kind="federal", jurisdiction=nation)
    program = GrantProgram.objects.create(slug="jag", name="JAG", short_name="JAG", agency=agency)
    place = Jurisdiction.objects.create(slug="county", full_name="County", kind="county", state="IL")
    awards = [
        GrantAward(
            slug=f"award-{n}",
            program=program,
            jurisdiction=place,
            recipient_as_written="County, Illinois",
            award_id=f"15PBJA-{n:08}",
            fiscal_year=2000 + n % 25,
            amount=Decimal(n),
            amount_kind="award",
        )
        for n in range(rows)
    ]
    for award in awards:
        award.derive()
    return awards


def _ask_django(awards: list[GrantAward]) -> None:
    for award in awards:
        award.validate_constraints()


def _judge(awards: list[GrantAward]) -> None:
    for award in awards:
        assert all(rule.holds(award) is not False for rule in check_rules(GrantAward))  # noqa: S101  # They break none.


def _measure(what: str, judge: Callable[[], object]) -> None:
    queries = 0

    def counted(execute: Callable[..., object], *asked: object) -> object:
        nonlocal queries
        queries += 1
        return execute(*asked)

    began = time.monotonic()
    with connection.execute_wrapper(counted):
        judge()
    print(f"  {what}: {time.monotonic() - began:.1f} s, {queries:,} queries", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or ["10000"]))
