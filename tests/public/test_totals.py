"""What the edition keeps of awards in total is what its awards come to, whatever is asked of them."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from django.contrib.auth.models import User

from public.engine.select import select
from public.engine.strict import multi
from public.engine.totals import totals
from public.nouns import NOUNS
from public.summaries import DIMENSIONS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tracker.dollars import Path, grouped, of_totals
from tracker.models import AwardShare, AwardTotal, GrantAward
from tracker.publishing import edition, workflow

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

TODAY = date(2018, 1, 1)
QUESTIONS: list[dict[str, str]] = [
    {},
    {"state": "IL"},
    {"state": "IL,CA", "fiscal_year": "2016"},
    {"amount_kind": "allocation,award"},
    {"program": "jag", "fiscal_year": "2017"},
]


@pytest.fixture
def awards(publish: Publish) -> list[GrantAward]:
    """Awards with a share in another state, allocations with and without their award, a pool, an unknown amount."""
    jag, other = factories.program(slug="jag", name="JAG"), factories.program()
    cook, fresno = factories.jurisdiction(), factories.jurisdiction(state="CA", parent=factories.state("CA"))
    made = [
        factories.grant(program=jag, jurisdiction=cook, fiscal_year=2016, amount="100.25"),
        factories.grant(program=jag, jurisdiction=cook, fiscal_year=2016, amount="70", amount_kind="allocation"),
        factories.grant(program=jag, jurisdiction=fresno, fiscal_year=2016, amount="30", amount_kind="allocation"),
        factories.grant(program=jag, jurisdiction=fresno, fiscal_year=2017, amount="40", amount_kind="approximate"),
        factories.grant(program=other, jurisdiction=cook, fiscal_year=2017, amount=None),
        factories.grant(program=other, jurisdiction=cook, fiscal_year=2017, amount="9", amount_kind="subgrant_pool"),
    ]
    AwardShare(award=made[0], jurisdiction=fresno, amount="60.10").save()
    publish(*GrantAward.objects.filter(pk__in=[award.pk for award in made]))
    return made


def assert_totals_tell_what_the_rows_do() -> None:
    """For every question and every way of summing up."""
    noun, dimensions = NOUNS["grants"], [each for each in DIMENSIONS["grants"].values() if each.total]
    for asked in QUESTIONS:
        filterset = noun.filterset(multi(asked), noun.rows, today=TODAY)
        rows = filterset.qs
        for number in range(3):
            for by in combinations(dimensions, number):
                kept = totals(filterset, by=[each.name for each in by])
                assert kept is not None
                literal = grouped(rows, [Path(each.column, each.share) for each in by], among=noun.rows(TODAY))
                settled = of_totals(kept, [each.total for each in by])
                assert settled == literal, (asked, by)


def test_totals_are_those_of_the_rows_after_every_act(awards: list[GrantAward], publish: Publish, bob: User) -> None:
    assert_totals_tell_what_the_rows_do()
    moved = GrantAward.objects.get(pk=awards[0].pk)
    moved.fiscal_year = 2017
    moved.save()
    publish(moved)
    assert_totals_tell_what_the_rows_do()
    workflow.withdraw(GrantAward.objects.get(pk=awards[3].pk), by=bob, reason="It was never made.")
    edition.sync_published()
    assert_totals_tell_what_the_rows_do()


def test_the_record_keeps_no_totals(awards: list[GrantAward]) -> None:
    assert AwardTotal.edition.exists()
    assert not AwardTotal.objects.exists()


@pytest.mark.parametrize(
    "asked", [{"q": "JAG"}, {"on": "2017-07-01"}, {"amount_min": "10"}, {"jurisdiction": "chicago"}]
)
def test_what_totals_do_not_tell_is_asked_of_the_rows(asked: dict[str, str], publish: Publish) -> None:
    publish(factories.jurisdiction(slug="chicago"))
    assert totals(select(NOUNS["grants"], asked, today=TODAY).filterset) is None
