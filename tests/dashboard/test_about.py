"""The page about the record: its codebook, and how much is researched, in numbers that lead to exactly their rows."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import Page, Read
from tests.dashboard.test_answers import queries_of
from tracker.models import PolicyAnswer, Question

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


@pytest.fixture
def coded(publish: Publish) -> None:
    """Three policies of two states, two of them coded, one of these for both questions of a codebook."""
    book = factories.codebook()
    first, second = (factories.question(codebook=book, text=text, guidance="How to.") for text in ("Asks?", "Holds?"))
    twice, once, never = factories.policy(), factories.policy(), factories.policy(jurisdiction=factories.state("CA"))
    for policy, question, answer in ((twice, first, "no"), (twice, second, "partly"), (once, first, "none_found")):
        PolicyAnswer(policy=policy, question=question, answer=answer).save()
    for policy in (twice, once):
        policy.refresh_from_db()
    publish(twice, once, never, factories.letter())


def numbers(page: Page, title: str) -> dict[str, list[str]]:
    """The rows of one table by their names."""
    table = page.html.split(f'aria-label="Table: {title}"')[1].split("</table>")[0].split("<tbody>")[1]
    found: dict[str, list[str]] = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL):
        cells = re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        name, *figures = (re.sub(r"<[^>]+>", "", cell).strip() for cell in cells)
        found[name] = figures
    return found


def test_every_question_is_there_with_its_guidance(coded: None, read: Read) -> None:
    page = read("/about/")
    assert "Asks? How to." in page.words
    assert "Holds? How to." in page.words


def test_answers_are_counted_and_the_three_that_are_not_no_stay_apart(coded: None, read: Read) -> None:
    counted = numbers(read("/about/"), "How policies answer each question")
    assert [cells for name, cells in counted.items() if name.endswith("Asks?")] == [["0", "1", "0", "0", "1", "1"]]
    assert [cells for name, cells in counted.items() if name.endswith("Holds?")] == [["0", "0", "1", "0", "0", "2"]]


def test_states_say_how_much_is_on_record_and_researched(coded: None, read: Read) -> None:
    page = read("/about/")
    counted = numbers(page, "How much is researched, by state and question")
    assert counted == {"California": ["0", "0", "1", "0", "0", "0"], "Illinois": ["1", "0", "2", "2", "2", "1"]}
    assert "/states/WY/" in page.links
    assert "No letter, award or policy on record in: Alabama , " in page.words


@pytest.mark.parametrize(("dates", "least"), [({}, 15), ({"on": "2017-05-01"}, 8)])
def test_every_number_leads_to_as_many_rows(
    dates: dict[str, str], least: int, coded: None, publish: Publish, read: Read
) -> None:
    later = factories.policy(adopted_on="2018-01-01")
    PolicyAnswer(policy=later, question=Question.objects.get(text="Asks?"), answer="yes").save()
    later.refresh_from_db()
    publish(later, factories.letter(sent_on="2017-11-15", due_on=""))
    links = re.findall(r'<td class="number"><a href="([^"]+)">(\d+)</a></td>', read("/about/", **dates).html)
    assert len(links) > least
    for address, number in links:
        assert len(read(unescape(address)).rows) == int(number), address


def test_the_page_asks_as_much_for_many_policies_as_for_few(coded: None, publish: Publish, visitor: Client) -> None:
    few = queries_of(visitor, "/about/")
    publish(*(factories.policy() for _ in range(20)))
    assert queries_of(visitor, "/about/") == few
