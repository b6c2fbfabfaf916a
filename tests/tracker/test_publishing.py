"""The ledger and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import models

from nouns.databases import PUBLISHED
from nouns.noun import StaleRevision
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import Letter, LetterEvent, Publication, Source, Statement, Status
from tracker.models.publication import LedgerIsAppendOnly
from tracker.publishing import acts, ledger, refusals, workflow

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def submitted(letter: Letter, by: User) -> Letter:
    workflow.submit(letter, by=by)
    letter.refresh_from_db()
    return letter


class TestPublish:
    def test_takes_the_sources_along(self, published_letter: Letter) -> None:
        source = published_letter.citations.get().source
        assert source.status == Status.PUBLISHED
        assert Source.edition.get().slug == source.slug

    def test_names_every_reason_to_refuse_at_once(self, alice: User, bob: User) -> None:
        batch = factories.letter_batch(slug="2017-04-21")
        letter = factories.letter(batch=batch)
        without_source = factories.letter()
        submitted(letter, alice)
        without_source.citations.all().delete()
        with pytest.raises(refusals.Refused) as refusal:
            acts.publish([letter, without_source], by=bob)
        messages = " ".join(refusal.value.messages)
        assert "cites no source" in messages
        assert "is not in review" in messages
        assert "letter-batches/2017-04-21, which is not published" in messages
        assert "agencies/department-of-justice, which is not published" in messages
        assert not Publication.objects.exists()

    def test_a_reviewer_cannot_publish_what_they_submitted(self, bob: User, publish: Publish) -> None:
        publish(factories.letter())
        letter = submitted(factories.letter(), bob)
        with pytest.raises(refusals.Refused, match="submitted by you"):
            workflow.approve([letter], by=bob)

    def test_a_team_of_one_can(self, bob: User, publish: Publish, settings: Any) -> None:
        settings.TEAM_OF_ONE = True
        publish(factories.letter())
        letter = submitted(factories.letter(), bob)
        assert workflow.approve([letter], by=bob)

    def test_an_edit_makes_a_draft_again_and_leaves_the_public_revision_up(self, published_letter: Letter) -> None:
        published_letter.demand = "More than before."
        published_letter.save()
        assert published_letter.status == Status.DRAFT
        assert published_letter.published_revision == published_letter.revision - 1
        assert Letter.edition.get(slug=published_letter.slug).demand == ""

    def test_a_new_child_makes_a_draft_again(self, published_letter: Letter) -> None:
        LetterEvent(letter=published_letter, kind="response", on="2017-06-28").save()
        published_letter.refresh_from_db()
        assert published_letter.status == Status.DRAFT
        assert Letter.edition.get(slug=published_letter.slug).events.count() == 1

    def test_a_removed_child_makes_a_draft_again(self, published_letter: Letter) -> None:
        published_letter.events.get().delete()
        published_letter.refresh_from_db()
        assert published_letter.status == Status.DRAFT

    def test_a_correction_says_what_was_wrong(self, published_letter: Letter, publish: Publish) -> None:
        published_letter.addressee = "Toni Preckwinkle"
        published_letter.save()
        with pytest.raises(ValidationError, match="Say what was wrong"):
            publish(published_letter, action="correct")
        publish(published_letter, action="correct", reason="The addressee was missing.")
        last = Publication.objects.last()
        assert last is not None
        assert (last.action, last.reason) == ("correct", "The addressee was missing.")
        assert Letter.edition.get(slug=published_letter.slug).addressee == "Toni Preckwinkle"

    def test_the_first_day_of_publication_stays(self, published_letter: Letter, publish: Publish) -> None:
        first = Letter.edition.get(slug=published_letter.slug).published_at
        published_letter.demand = "Proof."
        published_letter.save()
        publish(published_letter)
        again = Letter.edition.get(slug=published_letter.slug)
        assert again.published_at == first
        assert first is not None
        assert again.updated_at > first

    def test_a_reference_that_has_not_changed_is_passed_over(self, publish: Publish) -> None:
        place = factories.jurisdiction(parent=factories.state())
        publish(place)
        count = Publication.objects.count()
        publish(place)
        assert Publication.objects.count() == count

    def test_a_published_address_never_changes(self, published_letter: Letter) -> None:
        published_letter.slug = "another"
        with pytest.raises(ValidationError, match="never changes"):
            published_letter.save()

    def test_an_address_never_passes_on(self, published_letter: Letter, publish: Publish, bob: User) -> None:
        slug = published_letter.slug
        workflow.withdraw(published_letter, by=bob, reason="Never sent.")
        models.QuerySet(Letter).filter(pk=published_letter.pk).update(slug="moved-away")
        with pytest.raises(refusals.Refused, match="another record was published there"):
            publish(factories.letter(slug=slug))

    def test_a_value_that_the_edition_holds_as_anothers_is_refused(self, publish: Publish) -> None:
        """A unique value moves: the record allows it once its holder lets go, the edition once that is public."""
        first = factories.grant(award_id="2016-DJ-BX-0578")
        publish(first)
        first.award_id = ""
        first.save()
        second = factories.grant(award_id="2016-DJ-BX-0578")
        before = Publication.objects.count()
        with pytest.raises(refusals.Refused, match="edition refuses"):
            publish(second)
        assert Publication.objects.count() == before
        publish(first, second)
        assert type(second).edition.get(award_id="2016-DJ-BX-0578").slug == second.slug

    def test_a_withdrawn_source_is_not_brought_back_by_a_citation(self, publish: Publish, bob: User) -> None:
        source = factories.source()
        workflow.submit(source, by=factories_author())
        workflow.approve([source], by=bob)
        source.refresh_from_db()
        workflow.withdraw(source, by=bob, reason="Forged.")
        letter = factories.letter()
        factories.cite(letter, source=source)
        with pytest.raises(ValidationError, match="source that was withdrawn"):
            publish(letter)


def factories_author() -> User:
    return User.objects.get(username="alice")


class TestWithdraw:
    def test_takes_a_record_out_and_keeps_why(self, published_letter: Letter, publish: Publish, bob: User) -> None:
        row = workflow.withdraw(published_letter, by=bob, reason="It was never sent.")
        assert (row.action, row.reason, row.document) == ("withdraw", "It was never sent.", {})
        published_letter.refresh_from_db()
        assert published_letter.status == Status.WITHDRAWN

    def test_needs_a_reason(self, published_letter: Letter, bob: User) -> None:
        with pytest.raises(refusals.Refused, match="Say why"):
            workflow.withdraw(published_letter, by=bob, reason=" ")

    def test_is_refused_while_public_records_point_to_it(self, publish: Publish, bob: User) -> None:
        batch = factories.letter_batch()
        letter = factories.letter(batch=batch)
        publish(batch, letter)
        with pytest.raises(refusals.Refused, match="points to it"):
            workflow.withdraw(batch, by=bob, reason="Twice.")

    def test_what_is_not_public_cannot_be_withdrawn(self, draft_letter: Letter, bob: User) -> None:
        with pytest.raises(refusals.Refused, match="not published"):
            workflow.withdraw(draft_letter, by=bob, reason="Why not.")


class TestLedger:
    def test_is_only_added_to(self, published_letter: Letter) -> None:
        row = Publication.objects.get(noun="letters")
        row.reason = "Otherwise."
        for attempt in (row.save, row.delete, Publication.objects.all().delete):
            with pytest.raises(LedgerIsAppendOnly):
                attempt()
        with pytest.raises(LedgerIsAppendOnly):
            Publication.objects.update(reason="Otherwise.")

    def test_numbers_its_rows_from_one_without_gaps(self, published_letter: Letter) -> None:
        ids = list(Publication.objects.values_list("id", flat=True))
        assert ids == list(range(1, len(ids) + 1))

    def test_verifies_as_it_was_written(self, published_letter: Letter, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("verify_ledger")
        assert "as they were written" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "tampering",
        [
            lambda rows: rows.filter(noun="letters").update(reason="Otherwise."),
            lambda rows: rows.filter(noun="letters").update(document={}),
            lambda rows: rows.filter(id=2)._raw_delete("default"),
            lambda rows: rows.filter(id=rows.count())._raw_delete("default"),
            lambda rows: (
                rows.filter(id=1).update(id=99),
                rows.filter(id=2).update(id=1),
                rows.filter(id=99).update(id=2),
            ),
        ],
        ids=["changed reason", "changed document", "removed", "cut off at the end", "reordered"],
    )
    def test_shows_when_a_row_was_tampered_with(
        self, published_letter: Letter, tampering: Callable[[models.QuerySet[Publication]], object]
    ) -> None:
        tampering(models.QuerySet(Publication))
        assert ledger.verify_ledger()
        with pytest.raises(CommandError):
            call_command("verify_ledger")


class TestDifferences:
    def test_are_none_for_what_is_public(self, published_letter: Letter) -> None:
        assert acts.differences(published_letter) == {}

    def test_name_fields_and_children(self, published_letter: Letter) -> None:
        published_letter.addressee = "Eddie Johnson"
        published_letter.save()
        LetterEvent(letter=published_letter, kind="response", on="2017-06-28").save()
        changes = acts.differences(published_letter)
        assert changes["addressee"] == ("", "Eddie Johnson")
        assert set(changes) == {"addressee", "events"}


class TestActions:
    def test_a_draft_without_a_source_is_not_submitted(self, alice: User) -> None:
        letter = factories.letter()
        letter.citations.all().delete()
        with pytest.raises(ValidationError, match="cites no source"):
            workflow.submit(letter, by=alice)

    def test_many_drafts_are_submitted_as_one_is(self, alice: User) -> None:
        one, other = factories.letter(), factories.letter()
        for letter in (one, other):
            letter.legal_authorities.set([factories.authority()])
            letter.refresh_from_db()
        submitted(one, alice)
        assert workflow.submit_together(Letter.objects.filter(pk=other.pk), by=alice) == 1
        other.refresh_from_db()
        assert (other.status, other.submitted_by) == (one.status, one.submitted_by)
        told = ("status", "submitted_by", "history_type", "history_user", "history_change_reason")
        lines = [Letter.history.filter(id=letter.pk).latest("history_id") for letter in (one, other)]
        assert [getattr(lines[0], name) for name in told] == [getattr(lines[1], name) for name in told]
        assert [line.legal_authorities.count() for line in lines] == [1, 1]

    def test_of_many_drafts_none_is_submitted_when_one_cannot_be(self, draft_letter: Letter, alice: User) -> None:
        uncited, again = factories.letter(), submitted(factories.letter(), alice)
        uncited.citations.all().delete()
        with pytest.raises(ValidationError) as refusal:
            workflow.submit_together([draft_letter, uncited, again], by=alice)
        assert len(refusal.value.messages) == 2
        draft_letter.refresh_from_db()
        assert draft_letter.status == Status.DRAFT

    def test_a_record_goes_back_with_a_note(self, draft_letter: Letter, alice: User, bob: User) -> None:
        submitted(draft_letter, alice)
        with pytest.raises(ValidationError, match="with a note"):
            workflow.send_back(draft_letter, by=bob, note="")
        back = workflow.send_back(draft_letter, by=bob, note="Which page?")
        assert (back.status, back.review_note) == (Status.DRAFT, "Which page?")

    def test_what_changed_since_the_reviewer_read_it_is_not_published(
        self, draft_letter: Letter, alice: User, bob: User
    ) -> None:
        seen = submitted(draft_letter, alice)
        editor = Letter.objects.get(pk=seen.pk)
        editor.demand = "More."
        editor.save()
        submitted(editor, alice)
        with pytest.raises(StaleRevision):
            workflow.approve([seen], by=bob)

    def test_two_editors_cannot_overwrite_each_other(self, draft_letter: Letter) -> None:
        first, second = Letter.objects.get(pk=draft_letter.pk), Letter.objects.get(pk=draft_letter.pk)
        first.demand = "First."
        first.save()
        second.demand = "Second."
        with pytest.raises(StaleRevision, match="saved by somebody else"):
            second.save()
        assert Letter.objects.get(pk=draft_letter.pk).demand == "First."

    @pytest.mark.parametrize("verb", ["send_back", "approve", "withdraw"])
    def test_a_contributor_does_not_review(self, published_letter: Letter, alice: User, verb: str) -> None:
        attempts: dict[str, Callable[[], object]] = {
            "send_back": lambda: workflow.send_back(published_letter, by=alice, note="No."),
            "approve": lambda: workflow.approve([published_letter], by=alice),
            "withdraw": lambda: workflow.withdraw(published_letter, by=alice, reason="No."),
        }
        with pytest.raises(PermissionDenied):
            attempts[verb]()

    def test_an_outsider_submits_nothing(self, draft_letter: Letter, dave: User) -> None:
        with pytest.raises(PermissionDenied):
            workflow.submit(draft_letter, by=dave)


def test_statements_are_published_with_the_places_that_they_are_about(publish: Publish) -> None:
    statement = factories.statement()
    statement.jurisdictions.set([factories.state("IL")])
    publish(statement)
    assert [place.slug for place in Statement.edition.get().jurisdictions.all()] == ["illinois"]
    assert Statement.edition.get()._state.db == PUBLISHED
