"""The history of a noun, and bringing earlier words back without passing by a reviewer."""

from django.test import Client

from tests import factories
from tests.conftest import Publish
from tests.desk.admin.desk import address, change_url, open_and_save, said
from tracker.models import Letter, Status


def past(letter: Letter, revision: int) -> str:
    row = letter.history.filter(revision=revision).latest("history_id")
    return address(Letter, "simple_history", letter.pk, row.pk)


def test_the_history_says_who_changed_what_when_and_why(
    contributor: Client, reviewer: Client, published_letter: Letter
) -> None:
    open_and_save(contributor, change_url(published_letter), demand="A new demand.")
    page = reviewer.get(address(Letter, "history", published_letter.pk)).content.decode()
    for told in ("alice", "bob", "Published", "Submitted", "A new demand."):
        assert told in page
    assert "Updated at" not in page


def test_an_earlier_revision_is_shown_beside_the_present_one(contributor: Client, draft_letter: Letter) -> None:
    first = draft_letter.revision
    open_and_save(contributor, change_url(draft_letter), demand="A new demand.", sent_on="2017-04-20")
    shown = contributor.get(past(draft_letter, first)).context["changes"]
    assert [(change.label, change.before, change.after) for change in shown] == [
        ("Sent on", ["21 April 2017"], ["20 April 2017"]),
        ("Demand", ["(empty)"], ["A new demand."]),
    ]


def test_bringing_words_back_makes_a_draft_and_leaves_what_is_public_alone(
    contributor: Client, reviewer: Client, publish: Publish
) -> None:
    authorities = [factories.authority(), factories.authority()]
    letter = factories.letter(demand="First words.")
    letter.legal_authorities.set(authorities)
    publish(letter)
    first = letter.revision
    open_and_save(contributor, change_url(letter), demand="Second words.", legal_authorities=[authorities[0].pk])
    letter.refresh_from_db()
    response = contributor.post(past(letter, first), {"opened_revision": letter.revision}, follow=True)
    assert f"says again what revision {first} said" in said(response)
    letter.refresh_from_db()
    assert (letter.demand, set(letter.legal_authorities.all())) == ("First words.", set(authorities))
    assert (letter.status, letter.revision, letter.published_revision) == (Status.DRAFT, first + 2, first)
    [row, *_] = letter.history.all()
    assert (row.history_user.username, row.history_change_reason) == ("alice", f"Brought back revision {first}")
    assert row.legal_authorities.count() == 2


def test_no_earlier_state_of_publication_comes_back_with_the_words(
    contributor: Client, published_letter: Letter
) -> None:
    draft = published_letter.history.filter(status=Status.DRAFT).earliest("history_id")
    url = address(Letter, "simple_history", published_letter.pk, draft.pk)
    open_and_save(contributor, change_url(published_letter), demand="Changed.")
    published_letter.refresh_from_db()
    forged = {"opened_revision": published_letter.revision, "status": "published", "_change_history": "1"}
    contributor.post(url, forged)
    published_letter.refresh_from_db()
    assert (published_letter.status, published_letter.published_revision) == (Status.DRAFT, 1)
    assert published_letter.published_at is not None
    assert published_letter.reviewed_by is not None


def test_words_do_not_come_back_over_what_somebody_saved_meanwhile(contributor: Client, draft_letter: Letter) -> None:
    first = draft_letter.revision
    open_and_save(contributor, change_url(draft_letter), demand="A new demand.")
    response = contributor.post(past(draft_letter, first), {"opened_revision": first}, follow=True)
    assert "was saved by somebody else" in said(response)
    draft_letter.refresh_from_db()
    assert draft_letter.demand == "A new demand."


def test_words_that_break_a_rule_by_now_do_not_come_back(contributor: Client) -> None:
    award = factories.grant(award_id="2016-A")
    first = award.revision
    open_and_save(contributor, change_url(award), award_id="2016-B")
    factories.grant(award_id="2016-A")
    award.refresh_from_db()
    row = award.history.filter(revision=first).latest("history_id")
    url = address(type(award), "simple_history", award.pk, row.pk)
    response = contributor.post(url, {"opened_revision": award.revision}, follow=True)
    assert "Another award has this award ID" in said(response)
    award.refresh_from_db()
    assert award.award_id == "2016-B"


def test_a_contributor_brings_no_words_of_a_reference_back(contributor: Client, reviewer: Client) -> None:
    nation = factories.nation()
    open_and_save(reviewer, change_url(nation), population="1")
    nation.refresh_from_db()
    row = nation.history.filter(revision=1).latest("history_id")
    url = address(type(nation), "simple_history", nation.pk, row.pk)
    assert "Bring this revision back" not in contributor.get(url).content.decode()
    assert contributor.post(url, {"opened_revision": nation.revision}).status_code == 403
