"""A letter's way to the public, in a real browser: a contributor logs and submits it, a reviewer publishes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from nouns.databases import PUBLISHED
from tests import factories
from tests.conftest import ALL_DATABASES, Publish
from tests.pdfs import pdf_of
from tracker.models import Letter, Source, Status

pytestmark = pytest.mark.django_db(transaction=True, databases=ALL_DATABASES)


Desk = Callable[..., Page]


@pytest.fixture
def desk(browser: Browser, live_server: Any) -> Iterator[Desk]:
    """The front page in a window of its own, after signing in by hand. Any script error or request elsewhere fails."""
    windows: list[Page] = []

    def signed_in(user: User, width: int = 1366) -> Page:
        page = browser.new_page(base_url=live_server.url, viewport={"width": width, "height": 900})
        windows.append(page)
        page.on("pageerror", lambda error: pytest.fail(f"A script failed: {error}"))
        page.on("request", lambda request: elsewhere.append(request.url) if not ours(request.url) else None)
        page.goto("/admin/")
        page.get_by_label("Username").fill(user.username)
        page.get_by_label("Password").fill("password")
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(f"{live_server.url}/admin/")
        return page

    def ours(url: str) -> bool:
        return url.startswith((live_server.url, "data:", "blob:"))

    elsewhere: list[str] = []
    yield signed_in
    for page in windows:
        page.close()  # The server keeps a connection to the database for as long as a window keeps one to the server.
    assert elsewhere == []


def choose(page: Page, field: str, words: str) -> None:
    """Search in the box of a field and take the first thing found."""
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


@pytest.fixture
def places(publish: Publish) -> None:
    """What a letter points to is public already, as it is at a desk that has been at work for a while."""
    publish(factories.nation(), factories.state("IL"), factories.justice_department())


def test_a_letter_is_logged_submitted_reviewed_and_published(desk: Desk, places: None, alice: User, bob: User) -> None:
    page = desk(alice)
    page.get_by_label("Add to letters", exact=True).click()
    choose(page, "sender_agency", "Department of Justice")
    page.get_by_label("Recipient as written").fill("State of Illinois")
    choose(page, "jurisdiction", "Illinois")
    page.locator("#id_sent_on").fill("2017-04-21")
    page.locator("#id_events-0-kind").select_option("deadline")
    page.locator("#id_events-0-on").fill("2017-04-21")
    page.locator("#id_events-0-due_on").fill("2017-06-30")
    source = factories.source(title="Press release 17-436")
    choose(page, "citations-0-source", "Press release 17-436")
    page.get_by_role("button", name="Save and submit for review").click()
    expect(page.get_by_text("State of Illinois, 2017-04-21 is in review.")).to_be_visible()

    review = desk(bob)
    review.get_by_role("link", name="Waiting for your review").click()
    review.get_by_role("link", name="State of Illinois").click()
    expect(review.get_by_text("Not public yet.")).to_be_visible()
    review.get_by_role("link", name="Publish").click()
    expect(review.get_by_text("Due on: 30 June 2017")).to_be_visible()
    expect(review.get_by_text("Press release 17-436").first).to_be_visible()
    review.get_by_role("button", name="Publish").click()
    expect(review.get_by_text("Public: this revision.")).to_be_visible()

    letter = Letter.objects.using(PUBLISHED).get()
    assert letter.slug == "2017-04-21-illinois"
    assert [str(event) for event in letter.events.all()] == ["Deadline 2017-06-30"]
    assert Source.objects.using(PUBLISHED).get() == source
    assert Client().get(letter.get_absolute_url()).status_code == 200


def test_an_editor_who_was_overtaken_merges_both_versions_field_by_field(
    desk: Desk, alice: User, bob: User, draft_letter: Letter
) -> None:
    form = f"/admin/tracker/letter/{draft_letter.pk}/change/"
    first, second = desk(alice), desk(bob)
    first.goto(form)
    second.goto(form)
    second.locator("#id_demand").fill("Bob's words")
    second.locator("#id_summary").fill("Bob's summary")
    second.locator("#id_signatory").fill("Bob's signatory")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("was changed successfully")).to_be_visible()
    first.locator("#id_demand").fill("Alice's words")
    first.locator("#id_signatory").fill("Alice's signatory")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("Nothing was saved: bob saved this record")).to_be_visible()
    expect(first.locator("#id_demand")).to_have_value("Alice's words")
    expect(first.locator("#id_summary")).to_have_value("Bob's summary")
    first.get_by_role("group", name="Signatory").get_by_label("Keep what is stored now").check()
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("was changed successfully")).to_be_visible()
    draft_letter.refresh_from_db()
    assert (draft_letter.demand, draft_letter.signatory) == ("Alice's words", "Bob's signatory")
    assert (draft_letter.summary, draft_letter.status) == ("Bob's summary", Status.DRAFT)


def test_a_refused_form_keeps_its_file_and_a_double_click_makes_one_record(
    desk: Desk, alice: User, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    page = desk(alice)
    page.goto("/admin/tracker/source/add/")
    page.locator("#id_kind").select_option("official")
    document = {"name": "release.pdf", "mimeType": "application/pdf", "buffer": pdf_of(["A release"])}
    page.locator("#id_file").set_input_files(document)  # type: ignore[arg-type]  # Playwright's own shape.
    save = page.get_by_role("button", name="Save", exact=True)
    save.click()
    expect(page.get_by_label("release.pdf is kept.")).to_be_checked()
    page.get_by_label("Title").fill("Press release 17-436")
    save.dblclick()
    expect(page.get_by_text("was added successfully").or_(page.get_by_text("The form was sent twice"))).to_be_visible()
    with Source.objects.get(title="Press release 17-436").file.open("rb") as stored:
        assert stored.read() == pdf_of(["A release"])


def test_a_reviewer_previews_a_draft_and_merges_two_records(
    desk: Desk, places: None, bob: User, draft_letter: Letter, published_letter: Letter, publish: Publish
) -> None:
    page = desk(bob)
    page.goto(f"/admin/tracker/letter/{draft_letter.pk}/change/")
    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_text("Preview, not public.")).to_be_visible()
    public = page.frame_locator("iframe.pt-frame")
    expect(public.get_by_role("heading", level=1)).to_contain_text("Draft recipient")
    with page.expect_popup() as beside:  # What the preview links to opens beside it.
        public.get_by_role("link", name="Policies", exact=True).first.click()
    expect(beside.value).to_have_url(re.compile("/policies/$"))
    beside.value.close()
    assert Letter.objects.using(PUBLISHED).count() == 1

    publish(draft_letter)
    page.goto(f"/admin/tracker/letter/{draft_letter.pk}/change/")
    page.get_by_role("link", name="Merge", exact=True).click()
    choose(page, "winner", "State of Illinois")
    page.get_by_role("button", name="Show both side by side").click()
    expect(page.get_by_role("row", name="Recipient as written")).to_contain_text("Draft recipient")
    page.get_by_label("Reason").fill("Logged twice.")
    page.get_by_role("button", name="Merge them").click()
    expect(page.get_by_text("is merged into State of Illinois")).to_be_visible()
    page.goto(draft_letter.get_absolute_url())
    expect(page).to_have_url(re.compile(f"{published_letter.get_absolute_url()}$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("State of Illinois")


@pytest.mark.parametrize("width", [390, 1366])
def test_no_form_is_wider_than_its_screen(desk: Desk, carol: User, draft_letter: Letter, width: int) -> None:
    page = desk(carol, width)
    long = factories.cite(factories.policy(title="An ordinance " * 20), source=factories.source(title="A source " * 40))
    for address in (
        "/admin/",
        "/admin/tracker/letter/",
        "/admin/tracker/letter/add/",
        f"/admin/tracker/letter/{draft_letter.pk}/change/",
        f"/admin/tracker/letter/{draft_letter.pk}/history/",
        f"/admin/tracker/letter/{draft_letter.pk}/submit/",
        f"/admin/tracker/letter/{draft_letter.pk}/preview/",
        f"/admin/tracker/letter/{draft_letter.pk}/merge/",
        f"/admin/tracker/policy/{long.pk}/change/",
        "/admin/tracker/publication/",
        "/admin/auth/user/add/",
        "/accounts/password/change/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
