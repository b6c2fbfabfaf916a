"""What saving a form does to the record, and what it leaves alone."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from jurisdictions.models import Jurisdiction
from nouns.databases import PUBLISHED
from tests import factories
from tests.conftest import Publish
from tests.desk.admin.desk import address, change_url, errors, filled, open_and_save, said
from tracker.models import Letter, Publication, Statement, Status

NEW_LETTER = {
    "recipient_as_written": "State of Illinois",
    "sent_on": "2017-04-21",
    "events-0-kind": "deadline",
    "events-0-on": "2017-04-21",
    "events-0-due_on": "2017-06-30",
}


def log_letter(client: Client, **changes: Any) -> Any:
    fields = {
        **NEW_LETTER,
        "sender_agency": factories.justice_department().pk,
        "jurisdiction": factories.state("IL").pk,
        "citations-0-source": factories.source().pk,
    }
    return open_and_save(client, address(Letter, "add"), **{**fields, **changes})


def test_a_contributor_logs_a_letter_with_its_deadline_and_source(contributor: Client, alice: User) -> None:
    response = log_letter(contributor)
    letter = Letter.objects.get()
    assert "was added successfully" in said(response)
    assert (letter.slug, letter.state, letter.revision, letter.status) == ("2017-04-21-illinois", "IL", 1, Status.DRAFT)
    assert letter.created_by == alice
    assert (letter.submitted_by, letter.reviewed_by, letter.published_revision) == (None, None, None)
    assert [str(event) for event in letter.events.all()] == ["Deadline 2017-06-30"]
    assert letter.citations.count() == 1


def test_saving_leaves_one_history_row_by_whoever_saved_with_the_chosen_nouns_in_it(
    contributor: Client, alice: User
) -> None:
    authorities = [factories.authority(), factories.authority()]
    log_letter(contributor, legal_authorities=[authority.pk for authority in authorities])
    [row] = Letter.objects.get().history.all()
    assert row.history_user == alice
    assert row.legal_authorities.count() == 2
    letter = Letter.objects.get()
    open_and_save(contributor, change_url(letter), summary="Changed.", legal_authorities=[authorities[0].pk])
    rows = letter.history.all()
    assert [(row.revision, row.legal_authorities.count()) for row in rows] == [(2, 1), (1, 2)]
    assert {row.history_user for row in letter.events.get().history.all()} == {alice}


def test_an_edit_without_a_change_makes_no_revision_and_takes_nothing_down(
    contributor: Client, published_letter: Letter
) -> None:
    before = published_letter.history.count()
    open_and_save(contributor, change_url(published_letter))
    published_letter.refresh_from_db()
    assert (published_letter.status, published_letter.revision) == (Status.PUBLISHED, 1)
    assert published_letter.history.count() == before


def test_an_edit_of_a_published_record_is_a_draft_that_the_public_does_not_see(
    contributor: Client, published_letter: Letter
) -> None:
    open_and_save(contributor, change_url(published_letter), demand="A new demand.")
    published_letter.refresh_from_db()
    assert (published_letter.status, published_letter.revision) == (Status.DRAFT, 2)
    assert published_letter.published_revision == 1
    assert Letter.objects.using(PUBLISHED).get().demand == ""
    assert Publication.objects.filter(noun="letters").count() == 1
    page = contributor.get(change_url(published_letter)).content.decode()
    assert "Public: revision 1; this draft differs in: Demand." in page


def test_changing_only_a_row_below_a_record_is_a_revision_too(contributor: Client, published_letter: Letter) -> None:
    open_and_save(contributor, change_url(published_letter), **{"events-0-due_on": "2017-07-31"})
    published_letter.refresh_from_db()
    assert (published_letter.status, published_letter.revision) == (Status.DRAFT, 2)
    page = contributor.get(change_url(published_letter)).content.decode()
    assert "this draft differs in: Events." in page


def test_removing_the_last_row_below_a_record_is_one_revision(contributor: Client, draft_letter: Letter) -> None:
    before = draft_letter.revision
    open_and_save(contributor, change_url(draft_letter), **{"events-0-DELETE": "on"})
    draft_letter.refresh_from_db()
    assert draft_letter.revision == before + 1
    assert not draft_letter.events.exists()


def test_a_form_that_does_not_say_what_it_was_opened_at_saves_nothing(
    contributor: Client, draft_letter: Letter
) -> None:
    data = filled(contributor.get(change_url(draft_letter)), demand="Blind")
    del data["opened_revision"]
    assert "Nothing was saved" in errors(contributor.post(change_url(draft_letter), data))
    draft_letter.refresh_from_db()
    assert draft_letter.demand == ""


def test_a_reviewer_who_saves_a_reference_publishes_it(
    reviewer: Client, django_capture_on_commit_callbacks: Any
) -> None:
    nation = factories.nation()
    with django_capture_on_commit_callbacks(using="default", execute=True):
        open_and_save(reviewer, change_url(nation), population="325000000", population_year="2017")
    assert Jurisdiction.objects.using(PUBLISHED).get().population == 325_000_000
    nation.refresh_from_db()
    assert nation.published_revision == nation.revision == 2


def test_a_reference_that_cannot_be_published_is_saved_and_the_reasons_are_told(reviewer: Client) -> None:
    state = factories.state("IL")
    response = open_and_save(reviewer, change_url(state), population="12800000")
    assert "points to jurisdictions/united-states, which is not published" in said(response)
    assert "saved, but not published yet" in said(response)
    state.refresh_from_db()
    assert state.population == 12_800_000


def test_an_unchanged_reference_is_not_published_again(reviewer: Client, publish: Publish) -> None:
    nation = factories.nation()
    publish(nation)
    open_and_save(reviewer, change_url(nation))
    assert Publication.objects.count() == 1


def test_a_contributor_reads_references_and_cannot_change_them(contributor: Client) -> None:
    nation = factories.nation()
    assert contributor.get(change_url(nation)).status_code == 200
    assert contributor.post(change_url(nation), {"name": "Elsewhere", "opened_revision": "1"}).status_code == 403
    assert contributor.get(address(Jurisdiction, "add")).status_code == 403
    nation.refresh_from_db()
    assert nation.name == "United States"


def test_a_statement_keeps_the_jurisdictions_chosen_for_it(contributor: Client) -> None:
    places = [factories.state("IL"), factories.state("CA")]
    open_and_save(
        contributor,
        address(Statement, "add"),
        speaker="A speaker",
        said_on="2017-04-21",
        kind="claim",
        paraphrase="Says so.",
        jurisdictions=[place.pk for place in places],
    )
    statement = Statement.objects.get()
    assert set(statement.jurisdictions.all()) == set(places)
    assert statement.slug == "a-speaker-2017-04-21"


def test_save_and_submit_does_both(contributor: Client, alice: User, draft_letter: Letter) -> None:
    response = open_and_save(contributor, change_url(draft_letter), summary="Done.", _submit="1")
    draft_letter.refresh_from_db()
    assert "is in review" in said(response)
    assert (draft_letter.status, draft_letter.submitted_by) == (Status.IN_REVIEW, alice)


def test_a_letter_is_logged_without_a_deadline_when_the_row_for_it_stays_empty(contributor: Client) -> None:
    log_letter(contributor, **{"events-0-kind": "", "events-0-on": "", "events-0-due_on": ""})
    assert not Letter.objects.get().events.exists()


def test_a_draft_that_cannot_be_submitted_is_saved_and_says_why(contributor: Client) -> None:
    response = log_letter(contributor, _submit="1", **{"citations-0-source": ""})
    letter = Letter.objects.get()
    assert "cites no source" in said(response)
    assert "saved as a draft" in said(response)
    assert letter.status == Status.DRAFT
    assert letter.events.count() == 1
