"""The three ways to log letters, from the front page to the draft, in a real browser: `python -m bench.ways_to_log`.

Each says how many seconds and clicks it took. The browser types at once, so the seconds are the product's own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Browser, Locator, Page, expect

from tests import factories
from tests.conftest import ALL_DATABASES
from tests.desk.admin.handing_in import LETTER
from tests.pdfs import pdf_of
from tracker.models import Letter, LetterBatch, Source

pytestmark = pytest.mark.django_db(transaction=True, databases=ALL_DATABASES)

MOST_SECONDS = 60


class Hand:
    """Somebody at the desk who counts clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def link(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name, exact=True))

    def button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def type(self, field: str, words: str) -> None:
        self.click(self.page.locator(f"#id_{field}"))
        self.page.locator(f"#id_{field}").fill(words)

    def choose(self, field: str, words: str) -> None:
        """Search in the box of a field and take what is found."""
        self.click(self.page.locator(f"#id_{field} + .select2 .select2-selection"))
        self.page.locator(".select2-search__field").last.fill(words)
        self.click(self.page.locator(".select2-results__option[role='option']", has_text=words))


@pytest.fixture
def hand(browser: Browser, live_server: Any, alice: User, record: LetterBatch) -> Iterator[Hand]:
    """Alice at the front page, her clicks counted from there."""
    page = browser.new_page(base_url=live_server.url, viewport={"width": 1366, "height": 900})
    page.on("pageerror", lambda error: pytest.fail(f"A script failed: {error}"))
    page.goto("/admin/")
    page.get_by_label("Username").fill(alice.username)
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{live_server.url}/admin/")
    hand, started = Hand(page), time.perf_counter()
    yield hand
    seconds = time.perf_counter() - started
    page.close()
    print(f"\n{seconds:5.1f} seconds, {hand.clicks:2} clicks")  # noqa: T201  # What the bench is for.
    assert seconds < MOST_SECONDS


@pytest.fixture
def record(settings: Any, tmp_path: Path) -> LetterBatch:
    """A mailing of which one letter is logged, the places it went to, and a release about it."""
    settings.MEDIA_ROOT = tmp_path
    for code, geoid in (("IL", "17"), ("CA", "06"), ("PA", "42")):
        place = factories.state(code)
        place.geoid = geoid
        place.save()
    factories.authority(citation="8 U.S.C. 1373")
    factories.source(title="Press release 17-436")
    office = factories.agency(name="Office of Justice Programs", short_name="OJP")
    batch: LetterBatch = factories.letter_batch(title="Letters of April", sender_agency=office, sent_on="2017-04-21")
    factories.letter(
        batch=batch, sender_agency=office, jurisdiction=factories.state("PA"), recipient_as_written="Pennsylvania",
        signatory="Alan R. Hanson",
    )  # fmt: skip
    return batch


def test_one_letter(hand: Hand, record: LetterBatch) -> None:
    hand.link("One letter")
    hand.type("signatory_title", "Acting Assistant Attorney General")
    hand.choose("batch", "Letters of April")
    expect(hand.page.locator("#id_events-0-due_on")).to_have_value("2017-06-30")
    hand.type("recipient_as_written", "State of Illinois")
    hand.choose("citations-0-source", "Press release 17-436")
    hand.button("Save")
    expect(hand.page.get_by_text("was read as Illinois (state or territory)")).to_be_visible()
    letter = Letter.objects.latest("pk")
    assert (letter.batch, letter.jurisdiction) == (record, factories.state("IL"))
    assert (letter.signatory, letter.signatory_title) == ("Alan R. Hanson", "Acting Assistant Attorney General")
    assert [str(event) for event in letter.events.all()] == ["Deadline 2017-06-30"]
    assert letter.citations.count() == 1


def test_a_pasted_list(hand: Hand, record: LetterBatch) -> None:
    hand.link("A mailing with its list of recipients")
    hand.page.locator("#id_batch").select_option(label="Letters of April")
    hand.type("due_on", "2017-06-30")
    hand.type("lines", "1. State of Illinois\n2. State of California\n3. Pennsylvania")
    hand.button("Show what each line means")
    hand.button("Log 2 letters as drafts")
    expect(hand.page.get_by_text("Logged as drafts: 2 letters.")).to_be_visible()
    assert {letter.state for letter in record.letters.all()} == {"IL", "CA", "PA"}


def test_a_document(hand: Hand, record: LetterBatch, tmp_path: Path) -> None:
    file = tmp_path / "Letter to Illinois.pdf"
    file.write_bytes(pdf_of([LETTER]))
    hand.link("A letter from its document")
    hand.page.locator("#id_document").set_input_files(file)
    hand.button("Read it")
    expect(hand.page.get_by_text("The document is being read.")).to_be_visible()
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    hand.page.wait_for_url("**/letter/add/?document=*")  # The page moves on by itself.
    _drop_and_take_back(hand.page)
    hand.click(hand.page.get_by_label("Keep what the document says: Signatory title"))
    hand.button("Save")
    expect(hand.page.get_by_text("was added successfully")).to_be_visible()
    letter = Letter.objects.latest("pk")
    assert (letter.batch, letter.jurisdiction, letter.addressee) == (record, factories.state("IL"), "John Cullerton")
    assert (letter.signatory, letter.signatory_title) == ("A. R. Hanson", "")
    assert [str(event) for event in letter.events.all()] == ["Deadline 2017-06-30"]
    cited = letter.citations.all()
    assert {citation.source for citation in cited} == {Source.objects.get(title=file.stem)}
    assert {citation.field for citation in cited} == {
        "sender_agency", "recipient_as_written", "addressee", "addressee_title", "sent_on", "legal_authorities",
        "events",
    }  # fmt: skip


def _drop_and_take_back(page: Page) -> None:
    """What the boxes do at once, which no logging needs: empty a field and fill it, whatever kind of field it is."""
    boxes = page.locator("[data-fills]")
    for number in range(boxes.count()):
        boxes.nth(number).uncheck()
    for name in (
        "batch",
        "sender_agency",
        "sent_on",
        "jurisdiction",
        "legal_authorities",
        "events-0-kind",
        "events-0-due_on",
    ):
        assert page.locator(f"#id_{name}").input_value() == "", name
    expect(page.get_by_role("link", name="Cite Sent on")).to_be_visible()
    for number in range(boxes.count()):
        boxes.nth(number).check()
    assert page.locator("#id_events-0-due_on").input_value() == "2017-06-30"
    expect(page.get_by_role("link", name="Cited (1) Sent on")).to_be_visible()
    by_hand = page.get_by_text("Changed by hand: not cited.").locator("visible=true")
    expect(by_hand).to_have_count(0)
    page.locator("#id_signatory").fill("A. R. Hanson")
    expect(by_hand).to_have_count(1)
