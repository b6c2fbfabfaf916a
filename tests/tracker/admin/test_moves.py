"""Who may move a record, and what a move that is refused leaves behind."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from jurisdictions.edition import PUBLISHED
from tests import factories
from tests.conftest import Publish, SignIn
from tests.tracker.admin.desk import address, change_url, filled, open_and_save, said
from tracker import actions
from tracker.models import Letter, Publication, Source, Status

MOVES = ("submit", "publish", "send-back", "withdraw")
ANSWERS = {"note": "Add a page.", "reason": "It was a duplicate."}
CARRIED_OUT = {
    "submit": Status.IN_REVIEW,
    "publish": Status.PUBLISHED,
    "send-back": Status.DRAFT,
    "withdraw": Status.WITHDRAWN,
}


@pytest.fixture
def ready(draft_letter: Letter, alice: User, publish: Publish) -> Callable[[str], Letter]:
    """A letter as it stands when this move is due."""

    def made_ready(move: str) -> Letter:
        if move == "withdraw":
            publish(draft_letter)
        elif move != "submit":
            publish(factories.nation(), factories.state("IL"), factories.justice_department())
            actions.submit(draft_letter, by=alice)
        draft_letter.refresh_from_db()
        return draft_letter

    return made_ready


def send(client: Client, letter: Letter, move: str, **answers: Any) -> Any:
    data = {"opened_revision": letter.revision, **ANSWERS, **answers}
    return client.post(address(Letter, move, letter.pk), data, follow=True)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("person", ["visitor", "dave", "alice", "bob", "carol", "bob_who_left"])
def test_who_may_make_which_move(
    person: str, move: str, ready: Callable[[str], Letter], sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    letter = ready(move)
    before = letter.status
    client = Client()
    if person != "visitor":
        user: User = request.getfixturevalue(person.split("_", maxsplit=1)[0])
        client = sign_in(user)
        User.objects.filter(pk=user.pk).update(is_active=person != "bob_who_left")
    allowed = person in {"bob", "carol"} or (person == "alice" and move == "submit")
    url = address(Letter, move, letter.pk)
    answer = client.get(url).status_code
    assert answer == (200 if allowed else 403 if person == "alice" else 302)
    send(client, letter, move)
    letter.refresh_from_db()
    assert letter.status == (CARRIED_OUT[move] if allowed else before)


@pytest.mark.parametrize("move", MOVES)
def test_opening_the_page_of_a_move_moves_nothing(move: str, ready: Callable[[str], Letter], reviewer: Client) -> None:
    letter = ready(move)
    reviewer.get(address(Letter, move, letter.pk))
    reviewer.head(address(Letter, move, letter.pk))
    before = letter.status
    letter.refresh_from_db()
    assert letter.status == before


def test_a_move_without_the_pages_token_is_refused(ready: Callable[[str], Letter], bob: User) -> None:
    letter = ready("publish")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bob)
    assert strict.post(address(Letter, "publish", letter.pk), {"opened_revision": letter.revision}).status_code == 403
    letter.refresh_from_db()
    assert letter.status == Status.IN_REVIEW


FORGED = {
    "status": "published",
    "published_revision": "1",
    "published_at": "2017-04-21",
    "revision": "9",
    "reviewed_by": "2",
    "submitted_by": "2",
    "created_by": "2",
    "review_note": "Fine.",
}


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother", "_publish", "_withdraw"])
def test_no_forged_field_moves_a_record(button: str, contributor: Client, bob: User, draft_letter: Letter) -> None:
    forged = {**FORGED, "reviewed_by": bob.pk, "submitted_by": bob.pk, "created_by": bob.pk, button: "1"}
    open_and_save(contributor, change_url(draft_letter), summary="Forged.", **forged)
    draft_letter.refresh_from_db()
    assert (draft_letter.summary, draft_letter.status) == ("Forged.", Status.DRAFT)
    noted = ("published_revision", "published_at", "reviewed_by", "submitted_by", "created_by")
    assert [getattr(draft_letter, name) for name in noted] == [None] * 5
    assert draft_letter.review_note == ""
    assert Letter.objects.count() == 1


def test_a_copy_that_was_asked_for_by_hand_is_a_draft_of_whoever_asked(
    contributor: Client, alice: User, published_letter: Letter
) -> None:
    open_and_save(contributor, change_url(published_letter), **FORGED, _saveasnew="1", another_letter="on")
    copy = Letter.objects.latest("pk")
    assert copy.pk != published_letter.pk
    assert (copy.status, copy.published_revision, copy.published_at, copy.created_by) == (
        Status.DRAFT,
        None,
        None,
        alice,
    )


def test_no_forged_field_publishes_a_new_record(contributor: Client, alice: User, bob: User) -> None:
    data = {"title": "A paper", "kind": "news", **FORGED, "created_by": bob.pk, "reviewed_by": bob.pk}
    open_and_save(contributor, address(Source, "add"), **data)
    source = Source.objects.get()
    assert (source.status, source.published_revision, source.reviewed_by) == (Status.DRAFT, None, None)
    assert (source.created_by, source.revision) == (alice, 1)


@pytest.mark.parametrize("name", ["publish_selected", "delete_selected"])
def test_a_contributor_cannot_run_a_list_action_that_is_not_offered(
    name: str, contributor: Client, ready: Callable[[str], Letter]
) -> None:
    letter = ready("publish")
    url = address(Letter, "changelist")
    offered = contributor.get(url).context["action_form"].fields["action"].choices
    assert name not in dict(offered)
    confirmed = f"{letter.pk}:{letter.revision}"
    data = {"action": name, "_selected_action": [letter.pk], "post": "yes", "confirmed": confirmed}
    contributor.post(url, data)
    letter.refresh_from_db()
    assert letter.status == Status.IN_REVIEW


def test_what_is_offered_on_a_form_is_what_may_be_done_next(
    contributor: Client, reviewer: Client, ready: Callable[[str], Letter]
) -> None:
    letter = ready("publish")

    def offered(client: Client) -> list[str]:
        return [move.name for move in client.get(change_url(letter)).context["moves"]]

    assert offered(contributor) == []
    assert offered(reviewer) == ["publish", "send-back"]


def test_a_reviewer_reads_what_will_be_public_and_which_sources_go_along(
    reviewer: Client, ready: Callable[[str], Letter]
) -> None:
    letter = ready("publish")
    page = reviewer.get(address(Letter, "publish", letter.pk)).content.decode()
    assert "Draft recipient" in page
    assert "Kind: Deadline; On: 21 April 2017; Due on: 30 June 2017" in page
    assert str(letter.citations.get().source) in page


def test_publishing_makes_the_letter_and_its_source_public(
    reviewer: Client,
    ready: Callable[[str], Letter],
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    letter = ready("publish")
    with django_capture_on_commit_callbacks(using="default", execute=True):
        assert "is published" in said(send(reviewer, letter, "publish"))
    assert Letter.objects.using(PUBLISHED).filter(pk=letter.pk).exists()
    assert Source.objects.using(PUBLISHED).count() == 1


def test_every_reason_of_a_refusal_is_told_and_nothing_is_lost(reviewer: Client, alice: User) -> None:
    batch = factories.letter_batch(slug="a-batch")
    letter = factories.letter(batch=batch)
    actions.submit(letter, by=alice)
    page = send(reviewer, letter, "publish")
    told = page.content.decode()
    for missing in ("letter-batches/a-batch", "jurisdictions/illinois", "agencies/department-of-justice"):
        assert f"points to {missing}, which is not published" in told
    letter.refresh_from_db()
    assert letter.status == Status.IN_REVIEW
    assert not Publication.objects.exists()


def test_a_reviewer_does_not_publish_what_they_submitted_themselves(
    reviewer: Client, bob: User, publish: Publish, draft_letter: Letter
) -> None:
    actions.submit(draft_letter, by=bob)
    assert "was submitted by you; somebody else reviews it" in send(reviewer, draft_letter, "publish").content.decode()
    draft_letter.refresh_from_db()
    assert draft_letter.status == Status.IN_REVIEW


def test_a_revision_that_changed_while_it_was_read_is_not_published(
    reviewer: Client, contributor: Client, alice: User, ready: Callable[[str], Letter]
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
    assert "This field is required" in send(reviewer, published_letter, "publish").content.decode()
    unexplained = send(reviewer, published_letter, "publish", action="correct", reason="")
    assert "Say what was wrong" in unexplained.content.decode()
    published_letter.refresh_from_db()
    assert published_letter.status == Status.IN_REVIEW
    send(reviewer, published_letter, "publish", action="correct", reason="The demand was misread.")
    last = Publication.objects.latest("id")
    assert (last.action, last.reason, last.revision) == ("correct", "The demand was misread.", 2)


def test_a_first_revision_is_not_asked_why(reviewer: Client, ready: Callable[[str], Letter]) -> None:
    letter = ready("publish")
    assert not reviewer.get(address(Letter, "publish", letter.pk)).context["form"].fields


def test_the_author_reads_why_a_record_came_back(
    reviewer: Client, contributor: Client, ready: Callable[[str], Letter]
) -> None:
    letter = ready("send-back")
    send(reviewer, letter, "send-back", note="")
    letter.refresh_from_db()
    assert letter.status == Status.IN_REVIEW
    send(reviewer, letter, "send-back", note="Which page says so?")
    assert "Which page says so?" in contributor.get(change_url(letter)).content.decode()
    [row, *_] = letter.history.all()
    assert (row.history_user.username, row.history_change_reason) == ("bob", "Sent back: Which page says so?")


def test_a_withdrawal_needs_a_reason_and_takes_the_letter_out(
    reviewer: Client,
    published_letter: Letter,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    assert "This field is required" in send(reviewer, published_letter, "withdraw", reason="").content.decode()
    with django_capture_on_commit_callbacks(using="default", execute=True):
        send(reviewer, published_letter, "withdraw", reason="It was a duplicate.")
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
    actions.submit(letters[0], by=alice)
    url, chosen = address(Letter, "changelist"), [letter.pk for letter in letters]
    asked = reviewer.post(url, {"action": "publish_selected", "_selected_action": chosen})
    assert not Publication.objects.filter(noun="letters").exists()
    confirmed = {**asked.context["hidden"], "_selected_action": chosen}
    assert f"{letters[1]} is not in review: it is draft." in reviewer.post(url, confirmed).content.decode()
    assert not Publication.objects.filter(noun="letters").exists()
    actions.submit(letters[1], by=alice)
    assert "Published: 2." in said(reviewer.post(url, confirmed, follow=True))
    assert Publication.objects.filter(noun="letters").count() == 2


def test_publishing_several_refuses_what_changed_since_it_was_asked(
    reviewer: Client, contributor: Client, alice: User, publish: Publish
) -> None:
    publish(factories.nation(), factories.state("IL"), factories.justice_department())
    letter = factories.letter()
    actions.submit(letter, by=alice)
    url = address(Letter, "changelist")
    asked = reviewer.post(url, {"action": "publish_selected", "_selected_action": [letter.pk]})
    open_and_save(contributor, change_url(letter), demand="Another demand.", _submit="1")
    page = reviewer.post(url, {**asked.context["hidden"], "_selected_action": [letter.pk]})
    assert "was saved by somebody else" in page.content.decode()
    assert not Publication.objects.filter(noun="letters").exists()


def test_a_form_in_a_contributors_hands_offers_no_way_to_publish(contributor: Client, draft_letter: Letter) -> None:
    page = contributor.get(change_url(draft_letter))
    assert "/publish/" not in page.content.decode()
    assert "status" not in filled(page)
