"""Grant money by fiscal year, in which no dollar counts twice: a table in which each year has a bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count
from django.utils.safestring import SafeString

from dashboard.addresses import with_query
from dashboard.values import money
from tracker.public.dollars import RULE
from tracker.public.select import select
from tracker.public.summaries import summarise

FULL = Decimal(100)
"""Length of the longest bar."""


@dataclass(frozen=True)
class Year:
    """A fiscal year: how many awards are on record, where they are listed, their dollars, and the length of its bar."""

    year: str
    awards: int
    url: str
    dollars: SafeString
    bar: str


@dataclass(frozen=True)
class Money:
    """What is on record year by year and in all, where all of it is listed, and how dollars are counted."""

    awards: int
    url: str
    dollars: SafeString
    years: list[Year]
    rule: str = RULE


def money_by_year(params: Mapping[str, str], *, today: date) -> Money:
    """The money of the awards that these parameters of the list of grants select, latest year first."""
    summary = summarise("grants", {**params, "by": "fiscal_year"}, today=today)
    rows = select("grants", params, today=today).queryset.order_by()
    awards = dict(rows.values_list("fiscal_year").annotate(awards=Count("pk")))
    found = {row.groups["fiscal_year"].code or "": row.dollars.total for row in summary.rows if row.dollars is not None}
    longest = max(found.values(), default=Decimal(0)) or Decimal(1)
    years = [
        Year(
            year=str(year),
            awards=number,
            url=with_query("/grants/", {**params, "fiscal_year": str(year)}),
            dollars=money(found.get(str(year), Decimal(0))),
            bar=f"{found.get(str(year), Decimal(0)) / longest * FULL:.1f}",
        )
        for year, number in sorted(awards.items(), reverse=True)
    ]
    total = summary.total.dollars.total if summary.total.dollars else Decimal(0)
    return Money(sum(awards.values()), with_query("/grants/", params), money(total), years)
