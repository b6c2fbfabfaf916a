"""The pages in a real browser: the reader's path without JavaScript, 320 px, the keyboard, and axe on every page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from public.nouns import NOUNS
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
from tracker.models import Letter

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES, transaction=True, serialized_rollback=True)

NEEDED_HEIGHT = """() => new Promise(done => requestAnimationFrame(
    () => done(Math.ceil(document.body.getBoundingClientRect().height))
))"""
"""The height of a page's content once it is laid out, in a browser's words."""


@pytest.fixture
def every_page(publish: Publish) -> list[str]:
    """The address of every page there is, and of those that refuse; one record of each noun is published."""
    letter = factories.letter(slug="letter", demand="Documentation.")
    factories.cite(letter, field="sent_on", stance="contradicts", quote="Thursday")
    records = [letter, *(make() for noun, make in factories.MAKERS.items() if noun != "letters")]
    publish(*records)
    lists = [f"/{noun}/" for noun in NOUNS]
    others = [
        "/",
        "/letters/letter/report/",
        "/states/IL/",
        "/changes/",
        "/corrections/",
        "/about/",
        "/data/",
        "/search/",
        "/data/embed/",
        "/embed/map/",
        "/embed/letters/",
        "/embed/policies/chart/",
        "/search/?q=illinois",
        "/letters/?state=IL&on=2017-07-01",
    ]
    refused = [
        "/letters/?stat=IL&standing=late",
        "/about/?x=1",
        "/search/?q=%22",
        "/letters/none/",
        "/none/",
        "/letters/letter/report/",
    ]
    return [*others, *lists, *(record.get_absolute_url() for record in records), *refused]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_reader_finds_a_letter_and_its_source_without_scripts(
    width: int, published_letter: Letter, other_state_letter: Letter, open_page: Open
) -> None:
    with open_page(width, scripts=False) as page:
        page.goto("/")
        page.get_by_role("link", name="All 2 letters").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Letters")
        if width == PHONE:
            page.get_by_text("Filter letters").click()
        page.get_by_label("State", exact=True).fill("Illinois")
        page.get_by_role("button", name="Show letters").click()
        expect(page.get_by_text("1 letter", exact=True)).to_be_visible()
        expect(page).to_have_url("/letters/?state=IL")
        page.get_by_role("link", name="State of Illinois").click()
        page.get_by_role("link", name="Source 1 for from").click()
        source = page.locator("#source-1")
        expect(source).to_be_in_viewport()
        source.get_by_role("link").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Source")
        page.get_by_role("link", name="State of Illinois").click()
        expect(page).to_have_url("/letters/2017-04-21-illinois/")


def test_the_filters_stand_open_where_there_is_room(published_letter: Letter, open_page: Open) -> None:
    with open_page(DESKTOP) as page:
        page.goto("/letters/")
        expect(page.get_by_label("State", exact=True)).to_be_visible()
    with open_page(PHONE) as page:
        page.goto("/letters/")
        expect(page.get_by_label("State", exact=True)).to_be_hidden()


def test_the_keyboard_skips_to_the_content_and_reaches_the_table(published_letter: Letter, open_page: Open) -> None:
    with open_page(PHONE) as page:
        page.goto("/letters/")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        region = page.get_by_role("region", name="Table: Letters")
        for _ in range(20):
            page.keyboard.press("Tab")
            if region.evaluate("element => element === document.activeElement"):
                break
        expect(region).to_be_focused()


def test_no_page_scrolls_sideways_at_320_pixels(every_page: list[str], open_page: Open) -> None:
    with open_page(NARROWEST) as page:
        for address in every_page:
            open_whole(page, address)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= NARROWEST, address


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing_on_any_page(width: int, every_page: list[str], open_page: Open) -> None:
    with open_page(width) as page:
        assert axe_findings(page, every_page) == []


def test_pages_ask_for_nothing_from_elsewhere_and_break_no_policy(every_page: list[str], open_page: Open) -> None:
    with open_page(DESKTOP) as page:
        asked: set[str] = set()
        complaints: list[str] = []
        page.on("request", lambda request: asked.add(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        for address in every_page:
            page.goto(address)
        assert {url.split("/")[2] for url in asked} == {page.url.split("/")[2]}
        assert [text for text in complaints if "status of 4" not in text] == []


@contextmanager
def newspaper(html: str) -> Iterator[str]:
    """A site of somebody else, on an origin of its own, with one page; its address."""

    class Front(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # The library's name.
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Front) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_embedder_takes_away_lines_that_show_the_filtered_letters(
    *, scripts: bool, published_letter: Letter, other_state_letter: Letter, open_page: Open
) -> None:
    with open_page(DESKTOP, scripts=scripts) as page:
        for width in every_width(page):
            page.goto("/letters/?state=IL")
            page.get_by_text("This view as data or feed").click()
            page.get_by_role("link", name="Embed").click()
            lines = page.get_by_role("textbox", name="Letters", exact=True).input_value()
            with newspaper(f"<!doctype html><title>A newspaper</title><body>{lines}") as address:
                page.goto(address)
                frame = page.frame_locator("iframe")
                expect(frame.get_by_role("link", name="State of Illinois")).to_be_visible()
                expect(frame.get_by_role("link", name="State of California")).to_have_count(0)
                box = page.locator("iframe").bounding_box()
                assert box
                assert box["width"] <= width


def test_an_embedder_reaches_the_lines_by_keyboard(published_letter: Letter, open_page: Open) -> None:
    with open_page(DESKTOP) as page:
        for _ in every_width(page, [DESKTOP, PHONE]):
            page.goto("/letters/")
            press_until_focused(page, page.locator("summary", has_text="This view as data or feed"))
            page.keyboard.press("Enter")
            press_until_focused(page, page.get_by_role("link", name="Embed"))
            page.keyboard.press("Enter")
            press_until_focused(page, page.get_by_role("textbox", name="Letters", exact=True))


def test_an_embed_in_a_page_of_somebody_else_takes_the_height_it_needs(
    published_letter: Letter, open_page: Open, live_server: LiveServer
) -> None:
    with open_page(DESKTOP) as page:
        page.goto("/letters/")
        page.get_by_text("This view as data or feed").click()
        page.get_by_role("link", name="Embed").click()
        lines = page.get_by_role("textbox", name="Letters", exact=True).input_value()
        with newspaper(f"<!doctype html><title>A newspaper</title><div>{lines}</div>") as address:
            page.goto(address)
            frame = page.frame_locator("iframe")
            expect(frame.get_by_role("link", name="State of Illinois")).to_be_visible()
            needed = []
            for width in (900, 320):
                page.evaluate(f"document.querySelector('div').style.width = '{width}px'")
                expect(page.locator("iframe")).to_have_css("width", f"{width}px")
                needed.append(page.frames[1].evaluate(NEEDED_HEIGHT))
                expect(page.locator("iframe")).to_have_css("height", f"{needed[-1]}px")
            assert needed[0] < needed[1]
            with page.expect_popup() as popup:
                frame.get_by_role("link", name="Policy Tracker").click()
            expect(popup.value).to_have_url(f"{live_server.url}/letters/")
        with newspaper(f'<!doctype html><iframe src="{live_server.url}/letters/"></iframe>') as address:
            page.goto(address)
            expect(page.frame_locator("iframe").get_by_text("State of Illinois")).to_have_count(0)


def test_paper_is_white_and_without_navigation_whatever_the_screen_was(
    published_letter: Letter, open_page: Open, live_server: LiveServer
) -> None:
    with open_page(DESKTOP, scheme="dark") as page:
        page.goto("/letters/?on=2017-07-01")
        page.emulate_media(media="print")
        expect(page.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")
        expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")
        for left_out in ("navigation", "search", "textbox", "button"):
            expect(page.get_by_role(left_out)).to_have_count(0)
        expect(page.get_by_text("Back to today")).to_be_hidden()
        expect(page.get_by_text("The numbers as a table")).to_be_hidden()
        expect(page.get_by_text(f"{live_server.url}/letters/?on=2017-07-01")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= DESKTOP
