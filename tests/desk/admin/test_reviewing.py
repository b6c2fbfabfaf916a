"""What a reviewer reads, publishes, sends back and withdraws, one record or several, and what a refusal leaves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from nouns.databases import PUBLISHED
from tests import factories
from tests.conftest import Publish
from tests.desk.admin.conftest import Ready
from tests.desk.admin.desk import address, change_url, make_move, open_and_save, said
from tracker.models import Letter, Publication, Source, Status
from tracker.publishing import workflow


def test_a_reviewer_reads_what_will_be_public_and_which_sources_go_along(reviewer: Client, ready: Ready) -> None:
    letter = ready("publish")
    page = reviewer.get(address(Letter, "publish", letter.pk)).content.decode()
    assert "Draft recipient" in page
    assert "Kind: Deadline; On: 21 April 2017; Due on: 30 June 2017" in page
    assert str(letter.citations.get().source) in page


def test_publishing_makes_the_letter_and_its_source_public(
    reviewer: Client,
    ready: Ready,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    letter = ready("publish")
    with django_capture_on_commit_callbacks(using="default", execute=True):
        assert "is published" in said(make_move(reviewer, letter, "publish"))
    assert Letter.objects.using(PUBLISHED).filter(pk=letter.pk).exists()
    assert Source.objects.using(PUBLISHED).count() == 1


def test_every_reason_of_a_refusal_is_told_and_nothing_is_lost(reviewer: Client, alice: User) -> None:
    batch = factories.letter_batch(slug="a-batch")
    letter = factories.letter(batch=batch)
    workflow.submit(letter, by=alice)
    page = make_move(reviewer, letter, "publish")
    told = page.content.decode()
    for missing in ("letter-batches/a-batch", "jurisdictions/illinois", "agencies/department-of-justice"):
        assert f"points to {missing}, which is not published" in told
    letter.refresh_from_db()
    assert letter.status == Status.IN_REVIEW
    assert not Publication.objects.exists()


def test_a_reviewer_does_not_publish_what_they_submitted_themselves(
    reviewer: Client, bob: User, publish: Publish, draft_letter: Letter
) -> None:
    workflow.submit(draft_letter, by=bob)
    assert (
        "was submitted by you; somebody else reviews it"
        in make_move(reviewer, draft_letter, "publish").content.decode()
    )
    draft_letter.refresh_from_db()
    assert draft_letter.status == Status.IN_REVIEW


def test_a_revision_that_changed_while_it_was_read_is_not_published(
    reviewer: Client, contributor: Client, alice: User, ready: Ready
) -> None:
    letter = ready("publish")
    read = letter.revision
    open_and_save(contributor, change_url(letter), demand="Another demand.", _submit="1")
    page = reviewer.post(address(Letter, "publish", letter.pk), {"opened_revision": read}, follow=True)
    assert "was saved by somebody else" in page.content.decode()
    assert "Another demand." in page.content.decode()
    letter.refresh_from_db()
    assert letter.status == Status.IN_REVIEW
    assert "is published" in said(reviewer.post(page.request["PATH_INFO"], page.context["hidden"], follow=True))


def test_a_later_revision_says_whether_it_corrects_or_changes_and_a_correction_says_why(
    reviewer: Client, contributor: Client, published_letter: Letter
) -> None:
    open_and_save(contributor, change_url(published_letter), demand="Corrected.", _submit="1")
    published_letter.refresh_from_db()
    assert "This field is required" in make_move(reviewer, published_letter, "publish").content.decode()
    unexplained = make_move(reviewer, published_letter, "publish", action="correct", reason="")
    assert "Say what was wrong" in unexplained.content.decode()
    published_letter.refresh_from_db()
    assert published_letter.status == Status.IN_REVIEW
    make_move(reviewer, published_letter, "publish", action="correct", reason="The demand was misread.")
    last = Publication.objects.latest("id")
    assert (last.action, last.reason, last.revision) == ("correct", "The demand was misread.", 2)


def test_a_first_revision_is_not_asked_why(reviewer: Client, ready: Ready) -> None:
    letter = ready("publish")
    assert not reviewer.get(address(Letter, "publish", letter.pk)).context["form"].fields


def test_the_author_reads_why_a_record_came_back(reviewer: Client, contributor: Client, ready: Ready) -> None:
    letter = ready("send-back")
    make_move(reviewer, letter, "send-back", note="")
    letter.refresh_from_db()
    assert letter.status == Status.IN_REVIEW
    make_move(reviewer, letter, "send-back", note="Which page says so?")
    assert "Which page says so?" in contributor.get(change_url(letter)).content.decode()
    [row, *_] = letter.history.all()
    assert (row.history_user.username, row.history_change_reason) == ("bob", "Sent back: Which page says so?")


def test_a_withdrawal_needs_a_reason_and_takes_the_letter_out(
    reviewer: Client,
    published_letter: Letter,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    assert "This field is required" in make_move(reviewer, published_letter, "withdraw", reason="").content.decode()
    with django_capture_on_commit_callbacks(using="default", execute=True):
        make_move(reviewer, published_letter, "withdraw", reason="It was a duplicate.")
    assert not Letter.objects.using(PUBLISHED).exists()
    assert "Withdrawn: the public no longer sees it." in reviewer.get(change_url(published_letter)).content.decode()


def test_submitting_several_submits_those_that_can_be_and_names_the_rest(contributor: Client) -> None:
    ready, bare = factories.letter(), factories.letter()
    bare.citations.all().delete()
    data = {"action": "submit_selected", "_selected_action": [ready.pk, bare.pk]}
    response = contributor.post(address(Letter, "changelist"), data, follow=True)
    assert "In review now: 1." in said(response)
    assert f"{bare} cites no source" in said(response)
    ready.refresh_from_db()
    assert ready.status == Status.IN_REVIEW


def test_publishing_several_asks_first_and_publishes_all_or_none(
    reviewer: Client, alice: User, publish: Publish
) -> None:
    publish(factories.nation(), factories.state("IL"), factories.justice_department())
    letters = [factories.letter(), factories.letter()]
    workflow.submit(letters[0], by=alice)
    url, chosen = address(Letter, "changelist"), [letter.pk for letter in letters]
    asked = reviewer.post(url, {"action": "publish_selected", "_selected_action": chosen})
    assert not Publication.objects.filter(noun="letters").exists()
    confirmed = {**asked.context["hidden"], "_selected_action": chosen}
    assert f"{letters[1]} is not in review: it is draft." in reviewer.post(url, confirmed).content.decode()
    assert not Publication.objects.filter(noun="letters").exists()
    workflow.submit(letters[1], by=alice)
    assert "Published: 2." in said(reviewer.post(url, confirmed, follow=True))
    assert Publication.objects.filter(noun="letters").count() == 2


def test_publishing_several_refuses_what_changed_since_it_was_asked(
    reviewer: Client, contributor: Client, alice: User, publish: Publish
) -> None:
    publish(factories.nation(), factories.state("IL"), factories.justice_department())
    letter = factories.letter()
    workflow.submit(letter, by=alice)
    url = address(Letter, "changelist")
    asked = reviewer.post(url, {"action": "publish_selected", "_selected_action": [letter.pk]})
    open_and_save(contributor, change_url(letter), demand="Another demand.", _submit="1")
    page = reviewer.post(url, {**asked.context["hidden"], "_selected_action": [letter.pk]})
    assert "was saved by somebody else" in page.content.decode()
    assert not Publication.objects.filter(noun="letters").exists()
