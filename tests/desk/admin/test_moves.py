"""Who may move a record, and that nothing else moves it: no page, no forged field, no action that is not offered."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.conftest import SignIn
from tests.desk.admin.conftest import Ready
from tests.desk.admin.desk import address, change_url, filled, make_move, open_and_save
from tracker.models import Letter, Source, Status

MOVES = ("submit", "publish", "send-back", "withdraw")
CARRIED_OUT = {
    "submit": Status.IN_REVIEW,
    "publish": Status.PUBLISHED,
    "send-back": Status.DRAFT,
    "withdraw": Status.WITHDRAWN,
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("person", ["visitor", "dave", "alice", "bob", "carol", "bob_who_left"])
def test_who_may_make_which_move(
    person: str, move: str, ready: Ready, sign_in: SignIn, request: pytest.FixtureRequest
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
    make_move(client, letter, move)
    letter.refresh_from_db()
    assert letter.status == (CARRIED_OUT[move] if allowed else before)


@pytest.mark.parametrize("move", MOVES)
def test_opening_the_page_of_a_move_moves_nothing(move: str, ready: Ready, reviewer: Client) -> None:
    letter = ready(move)
    reviewer.get(address(Letter, move, letter.pk))
    reviewer.head(address(Letter, move, letter.pk))
    before = letter.status
    letter.refresh_from_db()
    assert letter.status == before


def test_a_move_without_the_pages_token_is_refused(ready: Ready, bob: User) -> None:
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
    name: str, contributor: Client, ready: Ready
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
    contributor: Client, reviewer: Client, ready: Ready
) -> None:
    letter = ready("publish")

    def offered(client: Client) -> list[str]:
        return [move.name for move in client.get(change_url(letter)).context["moves"]]

    assert offered(contributor) == []
    assert offered(reviewer) == ["publish", "send-back"]


def test_a_form_in_a_contributors_hands_offers_no_way_to_publish(contributor: Client, draft_letter: Letter) -> None:
    page = contributor.get(change_url(draft_letter))
    assert "/publish/" not in page.content.decode()
    assert "status" not in filled(page)
