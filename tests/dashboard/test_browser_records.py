"""The reader's path in a real browser, with the keyboard alone and without JavaScript: state, letter, source.

And axe on pages that are as full as they get: a letter disputed, answered and corrected, a coded policy, a lawsuit with
its parties and orders, a mailing with its map, a state, the ledger.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import (
    DESKTOP,
    NARROWEST,
    PHONE,
    Open,
    axe_findings,
    every_width,
    open_whole,
    press_until_focused,
)
from tracker.models import LawsuitEvent, LawsuitParty, LetterEvent, PolicyAnswer

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES, transaction=True, serialized_rollback=True)

ADDRESSES = (
    "/states/IL/", "/letters/letter/", "/policies/policy/", "/lawsuits/case/", "/letter-batches/batch/",
    "/jurisdictions/illinois/", "/changes/", "/corrections/", "/about/",
)  # fmt: skip


@pytest.fixture
def full_record(publish: Publish) -> None:
    """One of each thing that a page can show."""
    batch, award = factories.letter_batch(slug="batch", count_claimed=2), factories.grant()
    letter = factories.letter(slug="letter", batch=batch, recipient_as_written="State of Illinois", demand="Proof.")
    letter.cited_awards.set([award])
    letter.save()
    LetterEvent(letter=letter, kind="assessment", on="2017-10-11", outcome="adverse", summary="It may violate.").save()
    letter.refresh_from_db()
    factories.cite(letter, field="events", locator="assessment of October 11, 2017")
    factories.cite(letter, field="sent_on", stance="contradicts", quote="Thursday, April 20", locator="page 1")
    policy, question = factories.policy(slug="policy"), factories.question()
    PolicyAnswer(policy=policy, question=question, answer="no", quote="shall not", locator="section 2").save()
    case = factories.lawsuit(slug="case", posture="Affirmed.")
    LawsuitParty(lawsuit=case, role="plaintiff", name="State of Illinois", jurisdiction=factories.state("IL")).save()
    LawsuitEvent(lawsuit=case, kind="preliminary_injunction", on="2017-09-15", scope="nationwide").save()
    for record in (policy, case):
        record.refresh_from_db()
    publish(letter, award, policy, case, factories.designation(), factories.statement())
    letter.addressee = "Bruce Rauner"
    letter.save()
    publish(letter, action="correct", reason="The addressee had been left out.")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_goes_from_the_map_to_a_state_to_a_letter_to_its_source(
    *, scripts: bool, full_record: None, open_page: Open
) -> None:
    with open_page(DESKTOP, scripts=scripts) as page:
        for _ in every_width(page):
            page.goto("/")
            page.get_by_role("link", name="Illinois: 1 letter").locator("visible=true").first.click()
            expect(page).to_have_url("/states/IL/")
            page.locator("#letters ~ .scroll a", has_text="State of Illinois").click()
            expect(page).to_have_url("/letters/letter/")
            page.get_by_role("link", name="Source 2 for assessment").click()
            title = page.locator("#source-2").get_by_role("link").first
            expect(title).to_be_in_viewport()
            name = title.inner_text()
            title.click()
            expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_reader_goes_from_the_map_to_a_source_by_keyboard_and_without_scripts(
    full_record: None, open_page: Open
) -> None:
    with open_page(DESKTOP, scripts=False) as page:
        for _ in every_width(page, [DESKTOP, PHONE]):
            page.goto("/")
            press_until_focused(page, page.get_by_role("link", name="Illinois: 1 letter").locator("visible=true").first)
            page.keyboard.press("Enter")
            expect(page).to_have_url("/states/IL/")
            press_until_focused(page, page.locator("#letters ~ .scroll a", has_text="State of Illinois"))
            page.keyboard.press("Enter")
            expect(page).to_have_url("/letters/letter/")
            expect(page.get_by_text("Due 30 June 2017; adverse assessment 11 October 2017.")).to_be_visible()
            press_until_focused(page, page.get_by_role("link", name="Source 2 for assessment"))
            page.keyboard.press("Enter")
            source = page.locator("#source-2")
            expect(source).to_be_in_viewport()
            title = source.get_by_role("link").first
            name = title.inner_text()
            press_until_focused(page, title)
            page.keyboard.press("Enter")
            expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_table_is_cards_on_a_phone_that_name_every_value(full_record: None, open_page: Open) -> None:
    with open_page(PHONE) as page:
        page.goto("/states/IL/")
        row = page.locator("#letters ~ .scroll tbody tr").first
        standing = row.locator('td[data-label="Standing"]')
        expect(standing).to_be_in_viewport()
        box, around = standing.bounding_box(), row.bounding_box()
        assert box
        assert around
        assert around["x"] <= box["x"] <= box["x"] + box["width"] <= around["x"] + around["width"] <= PHONE


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing_on_full_pages(width: int, full_record: None, open_page: Open) -> None:
    with open_page(width) as page:
        assert axe_findings(page, ADDRESSES) == []


def test_no_full_page_scrolls_sideways_at_320_pixels(full_record: None, open_page: Open) -> None:
    with open_page(NARROWEST) as page:
        for address in ADDRESSES:
            open_whole(page, address)
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST, address
