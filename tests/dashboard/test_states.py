"""The page of a state: everything in it, its places included, and numbers that are those of the lists they lead to."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from jurisdictions.models import STATES
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import Read

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


@pytest.fixture
def illinois(publish: Publish) -> None:
    """Letters to the state and to one of its cities, a policy, three awards of two years, and a list that names it."""
    springfield = factories.jurisdiction(slug="springfield-il", full_name="City of Springfield")
    publish(
        *(factories.letter(recipient_as_written=f"Recipient {number}") for number in range(11)),
        factories.letter(jurisdiction=springfield, due_on=""),
        factories.policy(jurisdiction=springfield),
        factories.grant(fiscal_year=2016, amount="3000.00"),
        factories.grant(fiscal_year=2016, amount="1000.00", jurisdiction=springfield),
        factories.grant(fiscal_year=2017, amount="1000.00"),
        factories.designation(),
        factories.letter(jurisdiction=factories.state("CA")),
    )


@pytest.mark.parametrize("code", STATES)
def test_every_state_and_territory_has_a_page_even_while_nothing_is_on_record(code: str, read: Read) -> None:
    page = read(f"/states/{code}/")
    assert f"<h1>{STATES[code]}</h1>" in page.html
    assert f"Nothing on record in {STATES[code]} of: letters, policies" in page.words


def test_a_code_in_small_letters_leads_to_the_page_and_keeps_what_was_asked(visitor: Client) -> None:
    response = visitor.get("/states/il/?on=2017-07-01")
    assert (response.status_code, response.headers["Location"]) == (301, "/states/IL/?on=2017-07-01")


@pytest.mark.parametrize("code", ["ZZ", "illinois", "I"])
def test_what_is_no_code_of_a_state_is_no_page(code: str, read: Read) -> None:
    assert "Nothing is published here" in read(f"/states/{code}/", 404).words


def test_each_number_on_the_page_is_that_of_the_list_behind_it(illinois: None, read: Read) -> None:
    page = read("/states/IL/")
    numbers = dict(re.findall(r'<h2 id="([a-z-]+)">[^<]*<span class="count">(\d+)</span>', page.html))
    assert numbers == {"letters": "12", "policies": "1", "grants": "3", "designations": "1", "jurisdictions": "2"}
    lists = [link for link in page.links if re.match(r"/[a-z-]+/\?state=IL(&has=[^&]*)?$", link)]
    assert len(set(lists)) == len(numbers)
    for address in lists:
        assert len(read(address).rows) == int(numbers[address.split("/")[1]]), address


def test_letters_are_counted_by_standing_and_each_count_leads_to_exactly_those(illinois: None, read: Read) -> None:
    page = read("/states/IL/", on="2017-07-01")
    counted = re.findall(r'href="([^"]+)"><span class="standing is-(\w+)">[^<]+</span> (\d+)</a>', page.html)
    assert [(code, number) for _, code, number in counted] == [("awaiting", "1"), ("overdue", "11")]
    for address, _, number in counted:
        assert len(read(unescape(address)).rows) == int(number)


def test_money_is_drawn_by_fiscal_year_and_each_sum_leads_to_its_awards(illinois: None, read: Read) -> None:
    money = read("/states/IL/").html.split("The numbers as a table")[1].split("</details>")[0]
    rows = re.findall(r'<th scope="row">(\d+)</th>.*?<a href="([^"]+)">([^<]+)</a></td>\s*</tr>', money, re.DOTALL)
    assert [(year, dollars) for year, _, dollars in rows] == [("2016", "$4 thousand"), ("2017", "$1 thousand")]
    assert [len(read(unescape(address)).rows) for _, address, _ in rows] == [2, 1]


def test_what_came_after_the_day_is_left_out(illinois: None, read: Read) -> None:
    page = read("/states/IL/", on="2017-04-20")
    assert "The world on 20 April 2017." in page.words
    assert "Nothing on record in Illinois of: letters, lawsuits, designations" in page.words
    assert "/policies/?on=2017-04-20&state=IL" in page.links
