from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import models
from django.db.models import F

from tests import factories
from tests.conftest import BOTH_DATABASES
from tracker.models import (
    FederalAction,
    Lawsuit,
    LawsuitEvent,
    LawsuitParty,
    Letter,
    LetterEvent,
    Policy,
    PolicyEvent,
    Statement,
)

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def as_if_published(letter: Letter) -> Letter:
    models.QuerySet(Letter).filter(pk=letter.pk).update(published_revision=F("revision"))
    return letter


def standing(letter: Letter, on: str) -> str:
    as_if_published(letter)
    return Letter.objects.with_standing(date.fromisoformat(on)).get(pk=letter.pk).standing


def add(letter: Letter, **event: str) -> None:
    LetterEvent(letter=letter, **event).save()


class TestStanding:
    def test_follows_a_letter_from_the_day_it_is_sent(self) -> None:
        letter = factories.letter(sent_on="2017-04-21", due_on="2017-06-30")
        assert standing(letter, "2017-04-20") == "not_sent"
        assert standing(letter, "2017-04-21") == "due"
        assert standing(letter, "2017-06-30") == "due"
        assert standing(letter, "2017-07-01") == "overdue"

    def test_a_letter_without_a_deadline_awaits_a_reply_and_is_never_overdue(self) -> None:
        letter = factories.letter(due_on="")
        assert standing(letter, "2030-01-01") == "awaiting"

    def test_a_reply_answers_it_from_its_day_on(self) -> None:
        letter = factories.letter(due_on="2017-06-30")
        add(letter, kind="response", on="2017-07-05")
        assert standing(letter, "2017-07-04") == "overdue"
        assert standing(letter, "2017-07-05") == "answered"

    def test_an_extension_moves_the_deadline_from_the_day_it_is_granted(self) -> None:
        letter = factories.letter(due_on="2017-06-30")
        add(letter, kind="extension", on="2017-07-02", due_on="2017-07-15")
        assert standing(letter, "2017-07-01") == "overdue"
        assert standing(letter, "2017-07-02") == "due"
        assert standing(letter, "2017-07-16") == "overdue"

    @pytest.mark.parametrize("outcome", ["cleared", "adverse"])
    def test_an_assessment_decides_it(self, outcome: str) -> None:
        letter = factories.letter(due_on="2017-06-30")
        add(letter, kind="response", on="2017-06-28")
        add(letter, kind="assessment", on="2017-10-11", outcome=outcome)
        assert standing(letter, "2017-10-10") == "answered"
        assert standing(letter, "2017-10-11") == outcome

    def test_a_withdrawn_letter_is_not_overdue(self) -> None:
        letter = factories.letter(due_on="2017-06-30")
        add(letter, kind="withdrawal", on="2017-05")
        assert standing(letter, "2017-07-01") == "withdrawn"

    def test_an_escalation_without_a_new_deadline_changes_nothing(self) -> None:
        letter = factories.letter(due_on="2017-06-30")
        add(letter, kind="escalation", on="2017-06-01")
        assert standing(letter, "2017-06-15") == "due"

    def test_a_deadline_known_to_the_month_passes_with_the_month(self) -> None:
        letter = factories.letter(due_on="2017-06")
        assert standing(letter, "2017-06-30") == "due"
        assert standing(letter, "2017-07-01") == "overdue"

    def test_overdue_is_the_same_rule(self) -> None:
        overdue = as_if_published(factories.letter(due_on="2017-06-30"))
        as_if_published(factories.letter(due_on="2017-07-30"))
        assert list(Letter.objects.overdue(date(2017, 7, 1))) == [overdue]

    def test_an_unpublished_letter_is_never_overdue(self) -> None:
        letter = factories.letter(due_on="2017-06-30")
        assert Letter.objects.with_standing(date(2017, 7, 1)).get(pk=letter.pk).standing == "due"
        assert not Letter.objects.overdue(date(2017, 7, 1)).exists()

    def test_costs_one_query(self, django_assert_num_queries: Any) -> None:
        factories.letter()
        factories.letter()
        with django_assert_num_queries(1):
            list(Letter.objects.with_standing(date(2017, 7, 1)))


class TestPoliciesInForce:
    def in_force(self, on: str) -> set[str]:
        return set(Policy.objects.in_force(date.fromisoformat(on)).values_list("slug", flat=True))

    def test_from_the_day_of_effect_to_the_day_before_the_end(self) -> None:
        factories.policy(slug="order", adopted_on="2014-11-14", effective_on="2014-12-14", ended_on="2016-01-04")
        assert self.in_force("2014-12-13") == set()
        assert self.in_force("2014-12-14") == {"order"}
        assert self.in_force("2016-01-03") == {"order"}
        assert self.in_force("2016-01-04") == set()

    def test_from_adoption_where_no_day_of_effect_is_known(self) -> None:
        factories.policy(slug="ordinance", adopted_on="2012")
        assert self.in_force("2012-06-01") == {"ordinance"}
        assert self.in_force("2011-12-31") == set()

    def test_from_the_first_report_where_no_start_is_known(self) -> None:
        policy = factories.policy(slug="old", adopted_on="")
        assert self.in_force("2020-01-01") == set()
        PolicyEvent(policy=policy, kind="reported", on="2016-09-28").save()
        assert self.in_force("2016-09-27") == set()
        assert self.in_force("2016-09-28") == {"old"}

    @pytest.mark.parametrize("outcome", ["proposed", "failed"])
    def test_never_what_was_not_adopted(self, outcome: str) -> None:
        factories.policy(outcome=outcome, adopted_on="2016-01-04")
        assert self.in_force("2020-01-01") == set()


class TestAsOfADay:
    """What had begun by a day, as far as dates are known, and what each of it says."""

    def begun(self, rows: Any, on: str) -> set[str]:
        return {row.slug for row in rows.as_of(date.fromisoformat(on))}

    def test_from_the_very_day(self) -> None:
        factories.letter(slug="letter", sent_on="2017-04-21", due_on="")
        factories.statement(slug="statement", said_on="2017-04-21")
        for rows in (Letter.objects, Statement.objects):
            assert self.begun(rows, "2017-04-20") == set()
            assert len(self.begun(rows, "2017-04-21")) == 1

    def test_a_date_known_to_the_month_or_year_counts_from_its_first_day(self) -> None:
        for sent_on in ("2017", "2017-04", "2017-04-21", ""):
            factories.letter(slug=f"sent-{sent_on}", sent_on=sent_on, due_on="")
        assert self.begun(Letter.objects, "2016-12-31") == {"sent-"}
        assert self.begun(Letter.objects, "2017-01-01") == {"sent-", "sent-2017"}
        assert self.begun(Letter.objects, "2017-03-31") == {"sent-", "sent-2017"}
        assert self.begun(Letter.objects, "2017-04-01") == {"sent-", "sent-2017", "sent-2017-04"}

    def test_a_policy_from_its_adoption_else_its_effect_else_its_first_event(self) -> None:
        factories.policy(slug="adopted", adopted_on="2016-01-04", effective_on="2016-03-01")
        factories.policy(slug="effective", adopted_on="", effective_on="2016-03-01")
        reported = factories.policy(slug="reported", adopted_on="")
        PolicyEvent(policy=reported, kind="reported", on="2016-02").save()
        factories.policy(slug="undated", adopted_on="")
        assert self.begun(Policy.objects, "2016-01-03") == {"undated"}
        assert self.begun(Policy.objects, "2016-01-04") == {"undated", "adopted"}
        assert self.begun(Policy.objects, "2016-02-01") == {"undated", "adopted", "reported"}
        assert self.begun(Policy.objects, "2016-03-01") == {"undated", "adopted", "reported", "effective"}

    def test_an_end_that_came_later_is_not_told(self) -> None:
        factories.policy(adopted_on="2016-01-04", ended_on="2017-02", end_reason="Repealed")
        for on, told in (("2017-01-31", ("", "")), ("2017-02-01", ("2017-02", "Repealed"))):
            [policy] = Policy.objects.as_of(date.fromisoformat(on))
            assert (policy.ended_on, policy.end_reason) == told

    def test_a_federal_action_stands_until_it_ends(self) -> None:
        factories.federal_action(slug="order", issued_on="2017-01-25", effective_on="2017-02-01", ended_on="2021-01-20")
        for on, stands in (("2017-01-24", 0), ("2017-01-25", 1), ("2021-01-19", 1), ("2021-01-20", 0)):
            assert FederalAction.objects.standing(date.fromisoformat(on)).count() == stands, on

    def test_a_lawsuit_stood_where_its_last_event_left_it(self) -> None:
        lawsuit = factories.lawsuit(filed_on="2017-08-07", posture="Affirmed in part 2018")
        LawsuitEvent(lawsuit=lawsuit, kind="preliminary_injunction", on="2017-09-15").save()
        LawsuitEvent(lawsuit=lawsuit, kind="appeal_decision", on="2018-04-19").save()
        for on, posture in (
            ("2017-08-07", ""),
            ("2017-09-15", "Preliminary injunction, 15 September 2017"),
            ("2018-04-18", "Preliminary injunction, 15 September 2017"),
            ("2018-04-19", "Affirmed in part 2018"),
        ):
            assert Lawsuit.objects.as_of(date.fromisoformat(on)).get().posture == posture, on

    def test_costs_one_query(self, django_assert_num_queries: Any) -> None:
        for _ in range(3):
            factories.lawsuit()
        with django_assert_num_queries(1):
            assert len(Lawsuit.objects.as_of(date(2018, 1, 1))[:2]) == 2


def test_a_federal_action_is_in_force_until_it_ends() -> None:
    factories.federal_action(slug="eo", issued_on="2017-01-25", ended_on="2021-01-20")
    assert [action.slug for action in FederalAction.objects.in_force(date(2021, 1, 19))] == ["eo"]
    assert not FederalAction.objects.in_force(date(2021, 1, 20)).exists()


def test_a_consolidated_city_is_its_county_too() -> None:
    county = factories.jurisdiction(kind="county")
    city = factories.jurisdiction(coextensive_with=county)
    elsewhere = factories.letter()
    letters = {factories.letter(jurisdiction=city), factories.letter(jurisdiction=county)}
    for place in (city, county):
        assert set(Letter.objects.in_jurisdiction(place.slug)) == letters
    assert list(Letter.objects.in_jurisdiction("illinois")) == [elsewhere]


def test_a_statement_about_two_places_of_a_state_is_found_once() -> None:
    statement = factories.statement()
    statement.jurisdictions.set([factories.jurisdiction(), factories.jurisdiction()])
    assert list(Statement.objects.in_state("IL")) == [statement]
    assert not Statement.objects.in_state("CA").exists()


def test_a_lawsuit_belongs_to_the_places_that_are_party_to_it() -> None:
    lawsuit = factories.lawsuit()
    LawsuitParty(lawsuit=lawsuit, role="plaintiff", name="Illinois", jurisdiction=factories.state("IL")).save()
    assert list(Lawsuit.objects.in_state("IL", "CA")) == [lawsuit]
    assert list(Lawsuit.objects.in_jurisdiction("illinois")) == [lawsuit]
    assert not Lawsuit.objects.in_jurisdiction("california").exists()
