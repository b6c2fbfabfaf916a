"""The edition keeps where each letter stood in periods; on every day they say what its events say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nouns.databases import PUBLISHED
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import Letter, LetterEvent, StandingPeriod
from tracker.publishing import edition, workflow

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

DAYS = [date(2017, 3, 30) + timedelta(days=number) for number in range(0, 130, 11)]
WHEN = st.sampled_from(["", "2017", "2017-04", "2017-04-21", "2017-05-02", "2017-06", "2017-07-14"])
DUE = st.sampled_from(["2017", "2017-05", "2017-05-20", "2017-06-30", "2018"])
ON_AND_DUE = st.tuples(WHEN, DUE).filter(lambda days: days[0] <= days[1] or days[0].startswith(days[1]))
EVENTS: st.SearchStrategy[dict[str, str]] = st.one_of(
    st.tuples(st.sampled_from(["deadline", "extension", "escalation"]), ON_AND_DUE).map(
        lambda pair: {"kind": pair[0], "on": pair[1][0], "due_on": pair[1][1]}
    ),
    st.builds(dict, kind=st.sampled_from(["response", "escalation", "withdrawal"]), on=WHEN),
    st.builds(dict, kind=st.just("assessment"), on=WHEN, outcome=st.sampled_from(["cleared", "adverse"])),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(EVENTS, max_size=6))
def test_settled_standings_are_those_of_the_events_on_every_day(
    published_letter: Letter, events: list[dict[str, str]]
) -> None:
    happened(published_letter, events)
    for day in DAYS:
        literal, settled = Letter.edition.with_standing(day).get(), Letter.edition.with_settled_standing(day).get()
        assert (settled.standing, settled.due_on) == (literal.standing, literal.due_on), day


def happened(letter: Letter, events: list[dict[str, str]]) -> None:
    """Write these events of a letter into the edition, as publishing them would."""
    rows = [{"due_on": "", "outcome": "", **event, "id": place} for place, event in enumerate(events, start=1)]
    for model, written in (
        (LetterEvent, [LetterEvent(letter_id=letter.pk, **row) for row in rows]),
        (StandingPeriod, StandingPeriod.of(letter.pk, {"events": rows})),
    ):
        table: Any = models.QuerySet(model).using(PUBLISHED)
        table.all()._raw_delete(PUBLISHED)
        table.bulk_create(written)


def test_a_letter_published_again_is_settled_anew(publish: Publish, published_letter: Letter) -> None:
    LetterEvent(letter=published_letter, kind="response", on="2017-06-28").save()
    publish(Letter.objects.get(pk=published_letter.pk))
    settled = Letter.edition.with_settled_standing(date(2017, 7, 1)).get()
    assert (settled.standing, settled.due_on) == ("answered", "2017-06-30")


def test_a_withdrawn_letter_leaves_no_period(published_letter: Letter, bob: User) -> None:
    assert StandingPeriod.edition.exists()
    workflow.withdraw(Letter.objects.get(), by=bob, reason="It was never sent.")
    edition.sync_published()
    assert not StandingPeriod.edition.exists()


def test_the_record_keeps_no_periods(published_letter: Letter) -> None:
    assert not StandingPeriod.objects.exists()
