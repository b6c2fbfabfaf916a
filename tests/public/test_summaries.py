"""Sums: letters and policies are counted by what they are, and no dollar of a grant counts twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from nouns.databases import PUBLISHED
from public import dollars as money
from public.engine.errors import BadQuery
from public.summaries import DIMENSIONS, Summary, question
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import AwardShare, GrantAward, Letter

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

TODAY = date(2018, 1, 1)


def summed(noun: str, by: str, **params: str) -> Summary:
    return question(noun, {"by": by, **params}, today=TODAY).summary()


def counts(noun: str, by: str, **params: str) -> dict[Any, int]:
    return {tuple(group.code for group in row.groups.values()): row.count for row in summed(noun, by, **params).rows}


def dollars(by: str, **params: str) -> dict[Any, str]:
    rows = summed("grants", by, **params).rows
    return {
        "/".join(str(group.code) for group in row.groups.values()): str(money.dollars(row.dollars.cents))
        for row in rows
        if row.dollars
    }


def share(award: GrantAward, place: Any, amount: str | None) -> None:
    AwardShare(award=award, jurisdiction=place, amount=amount).save()
    award.refresh_from_db()


def test_letters_are_counted_by_state_and_standing_of_the_day(
    published_letter: Letter, other_state_letter: Letter, publish: Publish
) -> None:
    publish(factories.letter(due_on=""))
    assert counts("letters", "state,standing", on="2018-01-01") == {
        ("CA", "awaiting"): 1,
        ("IL", "awaiting"): 1,
        ("IL", "overdue"): 1,
    }
    assert counts("letters", "standing", on="2017-05-01") == {("awaiting",): 1, ("due",): 1}
    assert counts("letters", "state", standing="overdue") == {("IL",): 1}


def test_groups_have_labels_and_the_unknown_comes_last(publish: Publish) -> None:
    publish(
        factories.policy(stance="", adopted_on=""),
        factories.policy(stance="requires", adopted_on="2014"),
        factories.policy(stance="limits", adopted_on="2014-05"),
    )
    rows = summed("policies", "stance").rows
    assert [(row.groups["stance"].code, row.groups["stance"].label) for row in rows] == [
        ("limits", "Limits cooperation"),
        ("requires", "Requires cooperation"),
        (None, None),
    ]
    assert counts("policies", "year") == {("2014",): 2, (None,): 1}


@pytest.mark.parametrize(("noun", "by"), [(noun, by) for noun, dimensions in DIMENSIONS.items() for by in dimensions])
def test_every_dimension_of_an_empty_or_a_filled_edition_adds_up(noun: str, by: str, publish: Publish) -> None:
    assert summed(noun, by).rows == []
    publish(*(factories.MAKERS[noun]() for _ in range(2)))
    summary = summed(noun, by)
    assert sum(row.count for row in summary.rows) == summary.total.count == 2


def test_joint_award_is_divided_and_the_rest_stays_with_its_recipient(publish: Publish) -> None:
    chicago, cook, cicero = (factories.jurisdiction(slug=slug) for slug in ("chicago", "cook", "cicero"))
    joint = factories.grant(jurisdiction=chicago, amount="1000.00")
    share(joint, cook, "300.10")
    share(joint, cicero, None)
    publish(joint, factories.grant(jurisdiction=cook, amount="50"))
    assert dollars("jurisdiction") == {"chicago": "699.90", "cook": "350.10", "cicero": "0.00"}
    assert dollars("state") == {"IL": "1050.00"}
    assert dollars("jurisdiction", jurisdiction="cook") == {"cook": "350.10"}
    assert summed("grants", "state", jurisdiction="cook").total.dollars.cents == 350_10  # type: ignore[union-attr]


def test_share_counts_in_its_own_state(publish: Publish) -> None:
    joint = factories.grant(jurisdiction=factories.state("IL"), amount="1000")
    share(joint, factories.state("CA"), "400")
    publish(joint)
    assert dollars("state") == {"CA": "400.00", "IL": "600.00"}


def test_subgrant_pool_is_beside_the_total_and_not_in_it(publish: Publish) -> None:
    publish(factories.grant(amount="100"), factories.grant(amount="40", amount_kind="subgrant_pool"))
    [row] = summed("grants", "state").rows
    assert row.dollars is not None
    assert row.dollars.cents == 100_00
    assert row.dollars.cents_by_kind["subgrant_pool"] == 40_00
    assert row.count == 2


@pytest.mark.parametrize(
    ("award", "total"),
    [
        ({}, "70.00"),
        ({"amount_kind": "approximate"}, "70.00"),
        ({"amount": None}, "100.00"),
        ({"fiscal_year": 2015}, "170.00"),
        ({"amount_kind": "subgrant_pool"}, "100.00"),
    ],
)
def test_allocation_counts_only_where_no_award_tells_the_amount(
    award: dict[str, Any], total: str, publish: Publish
) -> None:
    program, place = factories.program(), factories.state("IL")
    same: dict[str, Any] = {"program": program, "jurisdiction": place, "fiscal_year": 2016}
    publish(
        factories.grant(**same, amount="100", amount_kind="allocation", award_id=""),
        factories.grant(**{**same, "amount": "70", **award}),
    )
    assert dollars("state") == {"IL": total}


def test_allocation_of_a_sharer_is_part_of_the_joint_award(publish: Publish) -> None:
    program, chicago, cook = factories.program(), factories.jurisdiction(), factories.jurisdiction(slug="cook")
    joint = factories.grant(program=program, jurisdiction=chicago, amount="1000")
    share(joint, cook, None)
    publish(
        joint, factories.grant(program=program, jurisdiction=cook, amount="80", amount_kind="allocation", award_id="")
    )
    assert dollars("state") == {"IL": "1000.00"}


def test_allocation_that_an_award_covers_does_not_count_where_the_award_is_filtered_out(publish: Publish) -> None:
    program = factories.program()
    publish(
        factories.grant(program=program, amount="100", amount_kind="allocation", award_id=""),
        factories.grant(program=program, amount="70"),
    )
    assert dollars("state", amount_kind="allocation") == {"IL": "0.00"}


def test_cents_are_exact_whatever_the_database_keeps_them_as(publish: Publish) -> None:
    publish(*(factories.grant(amount="0.10") for _ in range(10)), factories.grant(amount="999999999999.99"))
    assert dollars("state") == {"IL": "1000000000000.99"}


def test_number_of_queries_is_the_same_for_few_and_many_rows(publish: Publish) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connections[PUBLISHED]) as queries:
            summed("grants", "jurisdiction,program")
        return len(queries)

    publish(*(factories.grant(jurisdiction=factories.jurisdiction()) for _ in range(3)))
    few = asked()
    publish(*(factories.grant(jurisdiction=factories.jurisdiction()) for _ in range(9)))
    assert asked() == few <= 6


def test_unknown_dimension_and_unknown_filter_are_refused_together() -> None:
    with pytest.raises(BadQuery) as refused:
        summed("grants", "stat", fiscal_yer="2016")
    assert {error.name: error.nearest for error in refused.value.errors} == {
        "by": "state",
        "fiscal_yer": "fiscal_year",
    }


def test_summary_is_by_three_things_at_most() -> None:
    with pytest.raises(BadQuery, match="at most 3"):
        summed("grants", "state,program,fiscal_year,amount_kind")


def test_sum_of_a_consolidated_city_holds_its_countys_awards_as_the_list_does(publish: Publish) -> None:
    county = factories.jurisdiction(kind="county")
    city = factories.jurisdiction(coextensive_with=county)
    publish(factories.grant(jurisdiction=city, amount="100"), factories.grant(jurisdiction=county, amount="30"))
    for place in (city, county):
        summary = question("grants", {"jurisdiction": place.slug}, today=TODAY).summary()
        assert summary.total.count == 2
        assert summary.total.dollars is not None
        assert summary.total.dollars.cents == 130_00
