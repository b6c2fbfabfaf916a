"""The analyst in a real browser: filter, see the picture follow, take the same rows away; with scripts and without."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.dashboard.conftest import DESKTOP, NARROWEST, PHONE, Open, every_width
from tracker.models import LetterEvent

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES, transaction=True, serialized_rollback=True)

QUESTION = "/letters/?on=2017-07-01&state=IL&standing=overdue"
OVERDUE = ["Chicago", "Cook County"]


@pytest.fixture(autouse=True)
def letters(publish: Publish) -> None:
    """Two letters to Illinois overdue on 1 July 2017, an answered one, a later one, and one to California."""
    answered = factories.letter(recipient_as_written="State of Illinois")
    LetterEvent(letter=answered, kind="response", on="2017-06-28").save()
    answered.refresh_from_db()
    publish(
        *(factories.letter(recipient_as_written=name) for name in OVERDUE),
        answered,
        factories.letter(recipient_as_written="Later", sent_on="2017-11-15", due_on=""),
        factories.letter(recipient_as_written="California", jurisdiction=factories.state("CA")),
    )


def rows(page: Page) -> list[str]:
    return page.locator("#rows tbody th").all_inner_texts()


def open_filters(page: Page) -> None:
    if page.get_by_label("State", exact=True).is_hidden():
        page.get_by_text("Filter letters").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_analyst_finds_the_overdue_letters_and_takes_them_away(
    *, scripts: bool, open_page: Open, tmp_path: Path
) -> None:
    with open_page(DESKTOP, scripts=scripts) as page:
        for _ in every_width(page):
            page.goto("/letters/")
            page.get_by_text("See this page as of another day").click()
            page.get_by_label("The world on").fill("2017-07-01")
            page.get_by_role("button", name="Look back").click()
            open_filters(page)
            page.get_by_label("State", exact=True).fill("Illinois")
            page.get_by_label(re.compile("^Overdue")).check()
            page.get_by_role("button", name="Show letters").click()
            expect(page).to_have_url(QUESTION)
            expect(page.get_by_role("status")).to_contain_text("2 letters")
            assert sorted(rows(page)) == OVERDUE
            expect(page.locator(".bars .total")).to_have_text(["2"])
            page.get_by_text("This view as data or feed").click()
            with page.expect_download() as download:
                page.get_by_role("link", name="CSV").click()
            saved = tmp_path / "letters.csv"
            download.value.save_as(saved)
            with saved.open(encoding="utf-8-sig", newline="") as file:
                assert [row["recipient_as_written"] for row in csv.DictReader(file)] == rows(page)


def test_results_follow_the_form_without_a_new_page_and_history_goes_back(open_page: Open) -> None:
    with open_page(DESKTOP) as page:
        page.goto("/letters/")
        page.evaluate("window.stayed = true")
        illinois = page.get_by_role("checkbox", name="Illinois")
        illinois.check()
        expect(page).to_have_url("/letters/?state=IL")
        expect(page.locator("#said")).to_contain_text("4 letters")
        expect(illinois).to_be_checked()
        expect(illinois).to_be_focused()
        page.get_by_label(re.compile("^Answered")).check()
        expect(page).to_have_url("/letters/?state=IL&standing=answered")
        expect(page.locator("#rows tbody th")).to_have_text(["State of Illinois"])
        assert page.evaluate("window.stayed")
        page.go_back()
        expect(page).to_have_url("/letters/?state=IL")
        expect(page.locator("#rows tbody th")).to_have_count(4)
        expect(page.get_by_label(re.compile("^Answered"))).not_to_be_checked()


def test_a_wrong_value_is_named_in_place_and_the_form_keeps_it(open_page: Open) -> None:
    with open_page(DESKTOP) as page:
        page.goto("/letters/")
        page.get_by_label("Jurisdiction").fill("Nowhere")
        page.keyboard.press("Tab")
        expect(page.get_by_role("alert")).to_contain_text("No jurisdiction is published as 'Nowhere'")
        expect(page.get_by_label("Jurisdiction")).to_have_value("Nowhere")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_alone_filters_and_reaches_the_data(*, scripts: bool, open_page: Open) -> None:
    def tab_to(page: Page, name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            focused = "document.activeElement"
            words = f"({focused}.labels?.[0] ?? {focused}).innerText ?? ''"
            if page.evaluate(words).split("\n")[0] == name:
                return
        raise AssertionError(name)

    with open_page(DESKTOP, scripts=scripts) as page:
        for width in every_width(page, [DESKTOP, PHONE]):
            page.goto("/letters/")
            if width == PHONE:
                tab_to(page, "Filter letters")
                page.keyboard.press("Enter")
            tab_to(page, "State")
            page.keyboard.type("Illinois")
            tab_to(page, "Overdue: no reply on record")
            page.keyboard.press("Space")
            tab_to(page, "Show letters")
            page.keyboard.press("Enter")
            expect(page).to_have_url("/letters/?state=IL&standing=overdue")
            tab_to(page, "This view as data or feed")
            page.keyboard.press("Enter")
            tab_to(page, "CSV")
            href = page.evaluate("document.activeElement.getAttribute('href')")
            assert href == "/api/v1/letters/?state=IL&standing=overdue&format=csv"


def test_a_state_on_the_map_is_reached_and_opened_by_keyboard(open_page: Open) -> None:
    with open_page(DESKTOP) as page:
        page.goto("/")
        page.get_by_role("link", name="Illinois: 4 letters").first.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url("/states/IL/")


@pytest.mark.parametrize("width", [NARROWEST, PHONE])
def test_states_have_squares_that_a_finger_hits(width: int, open_page: Open) -> None:
    with open_page(width, scripts=False) as page:
        page.goto("/")
        boxes = [square.bounding_box() for square in page.locator(".squares a").all()]
        assert len(boxes) == 56
        assert all(box and min(box["width"], box["height"]) >= 24 for box in boxes)


def test_the_slider_goes_to_a_key_day_by_keyboard_and_by_mouse(open_page: Open, publish: Publish) -> None:
    publish(factories.letter_batch(sent_on="2017-04-21"))
    with open_page(DESKTOP) as page:
        page.goto("/?map=policies")
        slider = page.get_by_role("slider", name="Day to look back to")
        expect(slider).to_have_attribute("aria-valuetext", "Today: Everything on record")
        slider.press("Home")
        expect(slider).to_have_attribute("aria-valuetext", re.compile("^21 Apr 2017: "))
        expect(page).to_have_url("/?map=policies")
        slider.press("Enter")
        expect(page).to_have_url("/?map=policies&on=2017-04-21")
        expect(slider).to_be_focused()
        expect(slider).to_have_attribute("aria-valuetext", re.compile("^21 Apr 2017: "))
        box = slider.bounding_box()
        assert box
        slider.click(position={"x": box["width"] - 4, "y": box["height"] / 2})
        expect(page).to_have_url("/?map=policies")
        page.goto("/?on=2017-07-01")
        expect(slider).to_have_attribute("aria-valuetext", "1 Jul 2017: The day shown")
