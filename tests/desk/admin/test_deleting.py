"""What may be deleted: drafts that were never public, by their author or a reviewer. Nothing else."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from nouns.declarations import noun_models
from tests import factories
from tests.conftest import Publish, SignIn
from tests.desk.admin.desk import address, change_url, said
from tracker.models import Letter, Publication
from tracker.publishing import acts


def delete(client: Client, letter: Letter) -> str:
    return said(client.post(address(Letter, "delete", letter.pk), {"post": "yes"}, follow=True))


def test_an_author_deletes_a_draft_and_its_rows_go_too(contributor: Client, alice: User, draft_letter: Letter) -> None:
    Letter.objects.filter(pk=draft_letter.pk).update(created_by=alice)
    assert "was deleted successfully" in delete(contributor, draft_letter)
    assert not Letter.objects.exists()
    assert Letter.history.filter(id=draft_letter.pk, history_type="-").get().history_user == alice


def test_a_reviewer_deletes_anybodys_draft(reviewer: Client, draft_letter: Letter) -> None:
    delete(reviewer, draft_letter)
    assert not Letter.objects.exists()


def test_a_contributor_is_told_why_somebody_elses_draft_stays(
    contributor: Client, bob: User, draft_letter: Letter
) -> None:
    Letter.objects.filter(pk=draft_letter.pk).update(created_by=bob)
    assert "was written by somebody else" in delete(contributor, draft_letter)
    assert Letter.objects.exists()
    assert not contributor.get(change_url(draft_letter)).context["has_delete_permission"]


@pytest.mark.parametrize("person", ["alice", "bob", "carol"])
@pytest.mark.parametrize("withdrawn", [False, True])
def test_nobody_deletes_what_the_ledger_names(
    person: str,
    withdrawn: bool,  # noqa: FBT001 - a parameter of the test.
    bob: User,
    published_letter: Letter,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    Letter.objects.filter(pk=published_letter.pk).update(created_by=request.getfixturevalue("alice"))
    if withdrawn:
        acts.withdraw(published_letter, by=bob, reason="It was a duplicate.")
    told = delete(sign_in(request.getfixturevalue(person)), published_letter)
    assert "cannot be deleted. Withdraw it instead." in told
    assert Letter.objects.filter(pk=published_letter.pk).exists()


def test_a_published_place_cannot_be_deleted(administrator: Client, publish: Publish) -> None:
    nation = factories.nation()
    publish(nation)
    response = administrator.post(address(type(nation), "delete", nation.pk), {"post": "yes"}, follow=True)
    assert "the ledger names it: it cannot be deleted" in said(response)


@pytest.mark.parametrize("noun", sorted(noun_models()))
def test_no_list_offers_to_delete(noun: str, administrator: Client) -> None:
    factories.MAKERS[noun]()
    action_form = administrator.get(address(noun_models()[noun], "changelist")).context["action_form"]
    assert action_form is None or "delete_selected" not in dict(action_form.fields["action"].choices)


@pytest.mark.parametrize("person", ["alice", "bob", "carol"])
def test_nobody_adds_changes_or_deletes_a_row_of_the_ledger(
    person: str, published_letter: Letter, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    client = sign_in(request.getfixturevalue(person))
    row = Publication.objects.latest("id")
    assert client.get(address(Publication, "changelist")).status_code == 200
    assert client.get(address(Publication, "change", row.pk)).status_code == 200
    assert client.get(address(Publication, "add")).status_code == 403
    assert client.post(address(Publication, "change", row.pk), {"reason": "Rewritten"}).status_code == 403
    assert client.post(address(Publication, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert Publication.objects.get(pk=row.pk).reason == ""
