"""Looking back as a reader does it: key days as links, a form on every page, and ways back to today."""

from __future__ import annotations

import pytest
import time_machine

from dashboard.dates import carried
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import Read
from tracker.models import LetterEvent

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

DATES = {"on": "2017-07-01", "known_at": "2026-03-15"}


@pytest.fixture
def mailing(publish: Publish) -> None:
    batch = factories.letter_batch(slug="spring", sent_on="2017-04-21", title="The spring mailing")
    letter = factories.letter(batch=batch, due_on="2017-06-30")
    LetterEvent(letter=letter, kind="response", on="2017-07-05").save()
    letter.refresh_from_db()
    publish(letter)


def test_the_first_page_leads_to_the_days_of_the_mailings(mailing: None, read: Read) -> None:
    assert "/?on=2017-04-21" in read("/").links
    there = read("/?map=policies&on=2017-04-21")
    assert '<a href="/?map=policies&amp;on=2017-04-21" data-leaves-dates aria-current="date">' in there.html
    assert "/?map=policies" in there.links


def test_a_mailing_leads_to_the_days_on_which_its_letters_changed(mailing: None, read: Read) -> None:
    page = read("/letter-batches/spring/")
    assert "21 Apr 2017 Sent 30 Jun 2017 Reply due 1 Jul 2017 Deadline passed 5 Jul 2017 Reply Today" in page.words
    assert "Overdue: no reply on record" in read("/letter-batches/spring/?on=2017-07-01").words
    assert "Answered" in read("/letter-batches/spring/?on=2017-07-05").words


def test_every_page_can_be_seen_from_another_day_without_javascript(mailing: None, read: Read) -> None:
    for address in ("/", "/about/", "/letters/?state=IL", "/letter-batches/spring/", "/search/?q=illinois"):
        form = read(address).html.split('<form class="dates"')[1].split("</form>")[0]
        assert [name for name in DATES if f'name="{name}"' in form] == [*DATES], address
        assert ('name="state" value="IL"' in form) == ("state" in address)


def test_an_empty_date_leaves_the_address(mailing: None, read: Read) -> None:
    page = read("/about/", 302, on="2017-07-01", known_at="")
    assert page.response.headers["Location"] == "/about/?on=2017-07-01"


def test_both_dates_can_be_left_one_by_one(mailing: None, read: Read) -> None:
    with time_machine.travel("2030-01-01T12:00:00Z"):
        page = read("/letters/", state="IL", on="2017-07-01", known_at="2029-12-31")
    assert {"/letters/?state=IL", "/letters/?state=IL&known_at=2029-12-31", "/letters/?state=IL&on=2017-07-01"} <= set(
        page.links
    )


@pytest.mark.parametrize(
    ("written", "carried_to"),
    [
        ('<a href="/letters/">', '<a href="/letters/?on=2017-07-01&amp;known_at=2026-03-15">'),
        ('<a href="/letters/?on=2017-05-01#x">', '<a href="/letters/?on=2017-05-01&amp;known_at=2026-03-15#x">'),
        ('<a class="b" href="/changes/">', '<a class="b" href="/changes/?known_at=2026-03-15">'),
        ('<link href="/a.csv">', '<link href="/a.csv?on=2017-07-01&amp;known_at=2026-03-15">'),
        ('<link rel="stylesheet" href="/static/dashboard/site.css">', ""),
        ('<a href="/" data-leaves-dates>', ""),
        ('<a href="#content">', ""),
        ('<a href="https://example.org/letters/">', ""),
        ('<a href="//example.org/letters/">', ""),
        ('<a href="/letters/one/report/">', ""),
        ('<form method="post" action="/x/"></form>', ""),
        (
            '<form action="/search/"></form>',
            (
                '<form action="/search/"><input type="hidden" name="on" value="2017-07-01">'
                '<input type="hidden" name="known_at" value="2026-03-15"></form>'
            ),
        ),
    ],
)
def test_dates_are_put_on_what_leads_to_the_record_and_on_nothing_else(written: str, carried_to: str) -> None:
    assert carried(written, DATES) == (carried_to or written)
