"""The pictures: each number is that of the rows behind its link, and what is not known is not drawn as nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.levels import MOST, Levels
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import Page, Read
from tracker.models import LawsuitEvent, Letter, LetterEvent, PolicyAnswer

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def pictured(page: Page) -> str:
    """The markup of the page's picture, its table included."""
    return page.html.partition('<figure class="chart">')[2].partition("</figure>")[0]


def linked_numbers(markup: str) -> list[tuple[str, int]]:
    """Every link whose words are a number: its address and that number."""
    markup = re.sub(r"<title>.*?</title>", "", markup)
    links = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', markup, flags=re.DOTALL)
    words = [(unescape(address), re.sub(r"<[^>]+>", "", inner).split(":")[-1].strip()) for address, inner in links]
    return [(address, int(number)) for address, number in words if number.isdigit()]


def assert_numbers_are_rows(page: Page, read: Read, least: int) -> None:
    numbers = linked_numbers(pictured(page))
    assert len(numbers) >= least
    for address, number in numbers:
        assert len(read(address).rows) == number, address


@pytest.fixture
def some_letters(publish: Publish) -> list[Letter]:
    """Letters of three months: answered, overdue, and one that awaits a reply by no day."""
    answered = factories.letter(sent_on="2017-04-21")
    LetterEvent(letter=answered, kind="response", on="2017-06-28").save()
    answered.refresh_from_db()
    letters = [
        answered,
        factories.letter(sent_on="2017-04-21"),
        factories.letter(sent_on="2017-11-15", jurisdiction=factories.state("CA"), due_on=""),
        factories.letter(sent_on="2018-01", due_on=""),
    ]
    publish(*letters)
    return letters


@given(st.lists(st.integers(min_value=0, max_value=40) | st.decimals(min_value=0, max_value=9, places=1)))
def test_a_map_has_at_most_five_levels_and_zero_is_on_none(numbers: list[int | Decimal]) -> None:
    levels = Levels.of(numbers)
    positive = {number for number in numbers if number > 0}
    assert len(levels.bounds) == min(MOST, len(positive))
    assert all(low <= number <= high for number in positive for low, high in [levels.bounds[levels.level(number) - 1]])
    assert levels.level(0) == 0


@pytest.mark.parametrize("measure", ["letters", "policies", "grants"])
def test_every_state_is_a_link_with_its_name_and_number(
    measure: str, some_letters: list[Letter], publish: Publish, read: Read
) -> None:
    publish(factories.policy(), factories.grant(amount="1500000.00"), factories.policy(outcome="failed"))
    page = read("/", map=measure)
    shapes = re.findall(r'<a href="/states/(\w\w)/" aria-label="([^"]+)"><title>', page.html)
    assert len(shapes) == 56
    said = {
        "letters": "Illinois: 3 letters",
        "policies": "Illinois: 1 policy in force",
        "grants": "Illinois: $1.5 million",
    }
    assert dict(shapes)["IL"] == said[measure]
    assert dict(shapes)["NV"] == "Nevada: none on record"


def test_an_award_without_an_amount_is_not_drawn_as_nothing(publish: Publish, read: Read) -> None:
    publish(factories.grant(amount=None))
    page = read("/", map="grants")
    assert 'aria-label="Illinois: amount not on record"' in page.html
    assert "Amount not on record" in page.words
    assert 'fill="url(#hatch)"' in page.html


def test_a_map_of_something_else_is_refused(read: Read) -> None:
    assert "Did you mean letters ?" in read("/", 400, map="leters").words
    assert "A map shows one thing at a time." in read("/", 400, map="letters,grants").words


@pytest.mark.parametrize(
    "question",
    [{}, {"on": "2017-07-01"}, {"sent_after": "2017-04-21", "sent_before": "2017-11"}, {"standing": "overdue"}],
)
def test_letters_are_counted_by_month_and_standing(
    question: dict[str, str], some_letters: list[Letter], read: Read
) -> None:
    page = read("/letters/", **question)
    assert_numbers_are_rows(page, read, least=2)
    total = page.html.partition('class="total"')[2]
    assert total


def test_months_between_letters_are_said_to_have_none(some_letters: list[Letter], read: Read) -> None:
    words = read("/letters/").words
    assert "April 2017" in words
    assert "May 2017 to October 2017 none" in words


def test_months_have_no_link_where_a_letter_of_the_year_may_belong_to_any(
    some_letters: list[Letter], publish: Publish, read: Read
) -> None:
    publish(factories.letter(sent_on="2017", due_on=""))
    addresses = [address for address, _ in linked_numbers(pictured(read("/letters/")))]
    assert addresses
    assert all("2018" in address for address in addresses)


def test_policies_are_counted_by_jurisdiction_question_and_answer(publish: Publish, read: Read) -> None:
    first, second = factories.question(text="First?"), factories.question(text="Second?")
    city, county = factories.jurisdiction(name="A"), factories.jurisdiction(name="B", kind="county")
    city.coextensive_with = county
    city.save()
    policies = [factories.policy(jurisdiction=place) for place in (city, city, county, factories.state("CA"))]
    for policy, asked, answer in (
        (policies[0], first, "yes"),
        (policies[1], first, "none_found"),
        (policies[2], first, "yes"),
        (policies[3], second, "no"),
    ):
        PolicyAnswer(policy=policy, question=asked, answer=answer).save()
        policy.refresh_from_db()
    publish(*policies)
    page = read("/policies/")
    assert_numbers_are_rows(page, read, least=6)
    assert "3 policies" in page.words
    for mark in ("answer-yes", "answer-none_found", "answer-no", "answer-not_researched"):
        assert f'class="answer {mark}"' in page.html


def test_grants_are_summed_by_year_and_programme_as_their_links_say(publish: Publish, read: Read) -> None:
    jag, cops = factories.program(name="JAG"), factories.program(name="COPS")
    publish(
        factories.grant(program=jag, fiscal_year=2016, amount="1000000.00"),
        factories.grant(program=jag, fiscal_year=2016, amount="500000.00"),
        factories.grant(program=cops, fiscal_year=2018, amount="250000.00"),
    )
    markup = pictured(read("/grants/"))
    assert "2017" in markup
    addresses = set(re.findall(r'href="([^"]+)"[^>]*>\$1\.5 million<', markup))
    assert len(addresses) == 2
    for address in addresses:
        narrowed = read(unescape(address))
        assert len(narrowed.rows) == 2
        assert "$1.5 million" in pictured(narrowed)
        assert "$250 thousand" not in pictured(narrowed)


def test_lawsuits_show_what_courts_decided_and_not_what_parties_filed(publish: Publish, read: Read) -> None:
    case = factories.lawsuit(filed_on="2017-02-03")
    LawsuitEvent(lawsuit=case, kind="preliminary_injunction", on="2017-04-25", scope="nationwide").save()
    LawsuitEvent(lawsuit=case, kind="motion", on="2017-05-01").save()
    case.refresh_from_db()
    publish(case)
    markup = pictured(read("/lawsuits/"))
    assert "Preliminary injunction, nationwide, 25 April 2017" in markup
    assert "Motion" not in markup


@time_machine.travel("2018-07-01T12:00:00Z", tick=False)
def test_the_timeline_shows_mailings_actions_and_decisions_on_them(publish: Publish, read: Read) -> None:
    action = factories.federal_action(title="Grant condition", issued_on="2017-07-25", kind="grant_condition")
    challenge, other = factories.lawsuit(caption="City v. United States"), factories.lawsuit(caption="A v. B")
    challenge.federal_actions.set([action])
    for case in (challenge, other):
        LawsuitEvent(lawsuit=case, kind="permanent_injunction", on="2018-02").save()
        case.refresh_from_db()
    batch = factories.letter_batch(title="Proof demanded", sent_on="2017-04-21")
    publish(action, challenge, other, batch, factories.letter(batch=batch))
    timeline = read("/").html.partition('class="lanes"')[2].partition("</figure>")[0]
    assert "21 April 2017: Proof demanded (Mailing, 1 letter on record)" in timeline
    assert "25 July 2017: Grant condition (Grant condition)" in timeline
    assert "February 2018: City v. United States (Permanent injunction)" in timeline
    assert "A v. B" not in timeline


@pytest.mark.parametrize("noun", ["federal-actions", "statements"])
def test_other_lists_are_counted_by_year_and_kind(noun: str, publish: Publish, read: Read) -> None:
    publish(*(factories.MAKERS[noun]() for _ in range(3)))
    assert_numbers_are_rows(read(f"/{noun}/"), read, least=1)


def test_jurisdictions_are_on_the_map_with_a_link_to_theirs(publish: Publish, read: Read) -> None:
    publish(factories.jurisdiction(), factories.state("CA"))
    page = read("/jurisdictions/")
    assert '<a href="/jurisdictions/?state=CA" aria-label="California: 1">' in page.html
    assert len(read("/jurisdictions/?state=CA").rows) == 1
