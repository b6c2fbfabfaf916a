"""Each fact has a citation of its own: added where the fact is, and named where it is missing."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import factories
from tests.conftest import ALL_DATABASES
from tests.desk.admin.desk import address, change_url
from tests.desk.admin.test_browser import Desk, choose, desk
from tracker.models import Letter
from tracker.publishing import workflow

__all__ = ["desk"]


def test_who_publishes_reads_which_facts_have_no_citation_of_their_own(
    draft_letter: Letter, alice: User, reviewer: Client
) -> None:
    submitted = workflow.submit(draft_letter, by=alice)
    page: Any = reviewer.get(address(Letter, "publish", submitted.pk))
    assert page.context["uncited"] == [f"{submitted}: date sent, recipient, deadline"]
    draft = factories.cite(submitted, field="sent_on")
    draft = factories.cite(draft, field="events", stance="contradicts")
    page = reviewer.get(address(Letter, "submit", draft.pk))
    assert page.context["uncited"] == [f"{draft}: recipient, deadline"]
    assert "No citation of their own yet: recipient, deadline." in reviewer.get(change_url(draft)).content.decode()


def test_an_amount_without_a_citation_is_named(reviewer: Client) -> None:
    award = factories.grant(amount="100.00")
    page: Any = reviewer.get(address(type(award), "submit", award.pk))
    assert page.context["uncited"] == [f"{award}: amount"]


@pytest.mark.django_db(transaction=True, databases=ALL_DATABASES)
def test_a_citation_is_added_beside_the_fact_that_it_supports(
    desk: Desk,  # The fixture of this name.
    alice: User,
    draft_letter: Letter,
) -> None:
    factories.source(title="Press release 17-436")
    page = desk(alice)
    page.goto(change_url(draft_letter))
    page.get_by_role("link", name="Cite Sent on").click()
    choose(page, "citations-1-source", "Press release 17-436")
    page.get_by_role("link", name="Cited (1) Sent on")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for()
    assert {citation.field for citation in draft_letter.citations.all()} == {"", "sent_on"}
