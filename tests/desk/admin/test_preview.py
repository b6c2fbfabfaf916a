"""The preview shows the public page as it would be, and leaves nothing of it behind."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from nouns.databases import PUBLISHED
from tests import factories
from tests.conftest import Publish
from tests.desk.admin.desk import address, change_url, open_and_save
from tests.editions import dump_edition
from tracker.models import Letter, LetterBatch, Publication, Source


def page_of(client: Client, letter: Letter) -> Any:
    return client.get(address(Letter, "preview_page", letter.pk))


def told(page: Any) -> str:
    """What a page says of the record, without the number of the edition and the moment of publication."""
    main = re.search(r"<main.*</main>", page.content.decode(), re.DOTALL)
    assert main
    return re.sub(r'datetime="[^"]+"', "", main[0])


@pytest.fixture
def places(publish: Publish) -> None:
    """What the draft letter points to is public."""
    publish(factories.nation(), factories.state("IL"), factories.justice_department())


def test_it_is_the_page_that_publishing_makes(
    reviewer: Client, draft_letter: Letter, places: None, publish: Publish
) -> None:
    before = dump_edition()
    shown = page_of(reviewer, draft_letter)
    assert shown.status_code == 200
    assert "Draft recipient" in told(shown)
    assert draft_letter.citations.get().source.title in told(shown)
    assert dump_edition() == before
    assert Client().get(draft_letter.get_absolute_url()).status_code == 404
    publish(draft_letter)
    assert told(Client().get(draft_letter.get_absolute_url())) == told(shown)


def test_the_draft_of_a_live_record_is_shown_and_the_public_page_stays(
    contributor: Client, published_letter: Letter
) -> None:
    open_and_save(contributor, change_url(published_letter), demand="A new demand.")
    public = Client().get(published_letter.get_absolute_url()).content
    assert "A new demand." in told(page_of(contributor, published_letter))
    assert Client().get(published_letter.get_absolute_url()).content == public
    assert Publication.objects.filter(noun="letters").count() == 1


def test_it_is_the_page_of_a_visitor_without_cookies_in_a_frame_of_ours(
    reviewer: Client, draft_letter: Letter, places: None
) -> None:
    shown = page_of(reviewer, draft_letter)
    assert "bob" not in shown.content.decode()
    assert '<head><base target="_blank">' in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    policy = shown["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    for part in ("script-src", "style-src", "default-src"):
        assert f"{part} {' '.join(settings.SECURE_CSP[part])}" in policy


def test_what_could_not_be_published_is_told_instead_of_a_page(reviewer: Client, publish: Publish) -> None:
    letter = factories.letter(batch=factories.letter_batch(slug="a-mailing"))
    before = dump_edition()
    page = page_of(reviewer, letter).content.decode()
    assert "There is no page to show yet" in page
    assert "points to letter-batches/a-mailing, which is not published" in page
    assert dump_edition() == before


def test_a_page_that_fails_leaves_nothing_in_the_edition(
    reviewer: Client, draft_letter: Letter, places: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump_edition()

    def broken(*_: Any) -> None:
        assert Letter.objects.using(PUBLISHED).filter(pk=draft_letter.pk).exists()
        raise RuntimeError("A view that fails.")

    monkeypatch.setattr("desk.admin.preview._as_a_visitor", broken)
    with pytest.raises(RuntimeError):
        page_of(reviewer, draft_letter)
    assert dump_edition() == before
    assert not connections[PUBLISHED].needs_rollback


def test_every_kind_of_record_has_its_preview(administrator: Client, publish: Publish) -> None:
    makers = (
        factories.letter_batch, factories.letter, factories.policy, factories.grant, factories.lawsuit,
        factories.federal_action, factories.designation, factories.statement, factories.source,
    )  # fmt: skip
    for maker in makers:
        record = maker()
        frame = administrator.get(address(type(record), "preview", record.pk))
        assert "Preview, not public." in frame.content.decode()
        assert administrator.get(address(type(record), "preview_page", record.pk)).status_code == 200, record


def test_only_who_may_see_the_record_sees_its_preview(
    contributor: Client, draft_letter: Letter, places: None, sign_in: Any, dave: Any
) -> None:
    assert page_of(contributor, draft_letter).status_code == 200
    for stranger in (Client(), sign_in(dave)):
        for page in ("preview", "preview_page"):
            assert stranger.get(address(Letter, page, draft_letter.pk)).status_code in {302, 403}
    assert contributor.get(address(LetterBatch, "preview", 999)).status_code == 404


def test_the_review_page_shows_it(reviewer: Client, contributor: Client, draft_letter: Letter) -> None:
    open_and_save(contributor, change_url(draft_letter), demand="New.", _submit="1")
    assert 'src="../preview/page/"' in reviewer.get(address(Letter, "publish", draft_letter.pk)).content.decode()
    assert 'href="../preview/"' in reviewer.get(change_url(draft_letter)).content.decode()


def test_a_source_is_previewed_with_what_cites_it(reviewer: Client, draft_letter: Letter, places: None) -> None:
    source = Source.objects.get(citing__letter=draft_letter)
    page = reviewer.get(address(Source, "preview_page", source.pk))
    assert source.title in told(page)
