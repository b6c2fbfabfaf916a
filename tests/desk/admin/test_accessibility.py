"""axe on every kind of page that staff meet: no finding in our own templates, and the theme's as written down."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Browser, Page

from desk.tables.uploads import confirm, upload
from tests import factories
from tests.conftest import ALL_DATABASES, Publish
from tests.desk.admin.desk import address
from tracker.models import Letter, LetterBatch, Source, Statement, TableImport

pytestmark = pytest.mark.django_db(transaction=True, databases=ALL_DATABASES)

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "accessibility.md"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
OF_THE_THEME = {
    "aria-input-field-name": r"select2-",
    "label": r"select2-search__field",
    "list": r"select2-selection__rendered",
    "target-size": r'id="searchbar-submit"|class="[^"]*\b(sortremove|toggle)\b|href="\?o=',
    "link-in-text-block": r'href="../password/"',
}
"""The theme's findings: the rule, and what the element looks like that breaks it."""


def findings(page: Page, url: str) -> list[tuple[str, str, str]]:
    """What axe finds on a page beside what is known of the theme: address, rule and element."""
    page.goto(url)
    violations: Any = Axe().run(page, options=WCAG).response["violations"]
    return [
        (url, rule["id"], node["html"])
        for rule in violations
        for node in rule["nodes"]
        if not re.search(OF_THE_THEME.get(rule["id"], "(?!)"), node["html"])
    ]


def uploaded_tables(by: User) -> list[TableImport]:
    """One with problems, one to be confirmed, and one that was carried out."""
    tables = (b",S,gift,P\n", b",S,claim,P\n", b",S,claim,Q\n")
    files = (SimpleUploadedFile("table.csv", b"slug,speaker,kind,paraphrase\n" + row) for row in tables)
    rows = [upload(file, Statement, by=by) for file in files]
    confirm(rows[2].pk, by=by, why="")
    return rows


def test_staff_pages_have_no_findings_of_our_own(
    browser: Browser, live_server: Any, carol: User, alice: User, publish: Publish, draft_letter: Letter
) -> None:
    live: Letter = factories.letter(slug="live", recipient_as_written="City of Chicago")
    publish(live)
    before = ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/accounts/inactive/"]
    inside = [
        "/admin/",
        "/admin/work/without-source/",
        *(address(model, page) for model in (Letter, Source) for page in ("changelist", "add")),
        address(Letter, "change", draft_letter.pk),
        *(address(Letter, page, live.pk) for page in ("history", "withdraw")),
        address(Letter, "simple_history", live.pk, live.history.last().history_id),
        *(address(Letter, page, draft_letter.pk) for page in ("submit", "delete")),
        address(LetterBatch, "paste"),
        "/admin/tracker/tableimport/new/statements/",
        *(address(TableImport, "change", row.pk) for row in uploaded_tables(carol)),
        *(f"/admin/{page}/" for page in ("desk/follow", "desk/backgroundwork", "inbox/report", "tracker/publication")),
        *(address(User, page, alice.pk) for page in ("change", "second_factor")),
        *(f"/accounts/{page}/" for page in ("password/change", "2fa", "reauthenticate", "logout")),
    ]
    page = browser.new_page(base_url=live_server.url, viewport={"width": 1366, "height": 900})
    found = [finding for url in before for finding in findings(page, url)]
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill(carol.username)
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
    found += [finding for url in inside for finding in findings(page, url)]
    page.goto("/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/")
    page.get_by_label("Password", exact=False).fill("password")
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/totp/activate/")
    found += findings(page, "/accounts/2fa/totp/activate/")
    page.close()
    assert found == []


@pytest.mark.parametrize("rule", OF_THE_THEME)
def test_the_themes_findings_are_written_down(rule: str) -> None:
    assert f"`{rule}`" in GUIDE.read_text()
