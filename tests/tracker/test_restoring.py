"""Bringing back what a record said, whole: its fields, its links to many, its rows and their citations."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from nouns.history import one_history_row
from nouns.noun import StaleRevision
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.editions import dump_edition
from tracker.models import GrantAward, Letter, LetterEvent, Policy, PolicyAnswer, Publication, Status
from tracker.publishing import acts, edition, ledger, workflow
from tracker.publishing.documents import document

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def row_of(noun: Any, revision: int) -> Any:
    return noun.history.filter(revision=revision).order_by("-history_id").first()


@pytest.fixture
def rewritten(publish: Publish, alice: User) -> Letter:
    """A live letter of which a draft changes a field, its links, a deadline and a citation, and adds a reply."""
    letter: Letter = factories.letter(demand="First words.")
    with one_history_row(letter, by=alice):
        letter.save()
        letter.legal_authorities.set([factories.authority(), factories.authority()])
    publish(letter)
    with one_history_row(letter, by=alice, reason="A rewrite"):
        letter.demand = "Second words."
        letter.save()
        letter.legal_authorities.set([])
        event = letter.events.get()
        event.letter, event.due_on = letter, "2017-07-31"
        event.save()
        LetterEvent(letter=letter, kind="response", on="2017-06-28").save()
        citation = letter.citations.get()
        citation.letter = letter
        citation.delete()
    letter.refresh_from_db()
    return letter


def test_discarding_brings_the_public_document_back_and_tells_the_ledger_nothing(
    rewritten: Letter, alice: User, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]
) -> None:
    acts_before, public, lines = Publication.objects.count(), dump_edition(), rewritten.history.count()
    was = ledger.last_document(rewritten)
    with django_capture_on_commit_callbacks(using="default", execute=True):
        kept = workflow.discard(rewritten, by=alice)
    assert acts.differences(kept) == {}
    assert was is not None
    assert document(kept) == {name: was[name] for name in ("fields", "children")}
    assert (kept.status, kept.revision, kept.published_revision) == (Status.PUBLISHED, 4, 4)
    assert (Publication.objects.count(), kept.history.count()) == (acts_before, lines + 1)
    assert dump_edition() == public
    edition.replay()
    assert dump_edition() == public


def test_nobody_saves_over_a_discard_what_they_had_open(rewritten: Letter, alice: User) -> None:
    opened = Letter.objects.get(pk=rewritten.pk)
    workflow.discard(rewritten, by=alice)
    with pytest.raises(StaleRevision):
        opened.save()


def test_what_was_discarded_can_be_edited_and_published_again(rewritten: Letter, alice: User, publish: Publish) -> None:
    workflow.discard(rewritten, by=alice)
    rewritten.refresh_from_db()
    rewritten.demand = "Third words."
    rewritten.save()
    publish(rewritten, action="change", reason="It was extended.")
    assert Letter.edition.get().demand == "Third words."


def test_there_is_nothing_to_discard_on_a_draft_or_an_unchanged_record(
    draft_letter: Letter, published_letter: Letter, alice: User, dave: User
) -> None:
    for record in (draft_letter, published_letter):
        with pytest.raises(ValidationError, match="no edits on top"):
            workflow.discard(record, by=alice)
    with pytest.raises(PermissionDenied):
        workflow.discard(published_letter, by=dave)


def test_discarding_refuses_what_another_record_took_meanwhile(publish: Publish, alice: User) -> None:
    award = factories.grant(award_id="2016-A")
    publish(award)
    award.award_id = "2016-B"
    award.save()
    factories.grant(award_id="2016-A")
    with pytest.raises(ValidationError, match="Another award has this award ID"):
        workflow.discard(award, by=alice)
    assert GrantAward.objects.get(pk=award.pk).award_id == "2016-B"


def test_reverting_restores_fields_links_and_rows_with_their_keys_as_one_new_draft(
    rewritten: Letter, alice: User, publish: Publish
) -> None:
    events = {event.pk for event in rewritten.events.all()}
    before, lines = rewritten.revision, rewritten.history.count()
    back = workflow.revert(rewritten, to=row_of(rewritten, 2), by=alice)
    assert isinstance(back, Letter)
    assert (back.demand, back.status, back.revision) == ("First words.", Status.DRAFT, before + 1)
    assert [str(event) for event in back.events.all()] == ["Deadline 2017-06-30"]
    assert {event.pk for event in back.events.all()} < events
    assert (back.legal_authorities.count(), back.citations.count()) == (2, 1)
    assert back.history.count() == lines + 1
    assert back.history.latest().history_change_reason == "Brought back revision 2"
    forward = workflow.revert(back, to=row_of(back, 3), by=alice)
    assert isinstance(forward, Letter)
    assert (forward.demand, forward.events.count(), forward.citations.count()) == ("Second words.", 2, 0)


def test_reverting_refuses_and_names_what_is_gone(alice: User) -> None:
    question = factories.question(slug="a-question")
    policy = factories.policy()
    with one_history_row(policy, by=alice):
        policy.save()
        PolicyAnswer(policy=policy, question=question, answer="yes").save()
    asked = row_of(policy, policy.revision)
    with one_history_row(policy, by=alice):
        policy.save()
        answer = policy.answers.get()
        answer.policy = policy
        answer.delete()
    question.delete()
    with pytest.raises(ValidationError, match="questions/a-question, which is not in the record any more"):
        workflow.revert(policy, to=asked, by=alice)
    assert Policy.objects.get(pk=policy.pk).revision == policy.revision


def test_internal_notes_stay_as_they_are(draft_letter: Letter, alice: User) -> None:
    first = row_of(draft_letter, draft_letter.revision)
    draft_letter.demand, draft_letter.internal_notes = "More.", "Ask the archive."
    draft_letter.save()
    workflow.revert(draft_letter, to=first, by=alice)
    draft_letter.refresh_from_db()
    assert (draft_letter.demand, draft_letter.internal_notes) == ("", "Ask the archive.")
