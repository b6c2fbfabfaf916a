"""Merging two records of one kind: nothing is lost, every address leads on, and the ledger tells it all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client

from desk.models import Follow
from nouns.databases import PUBLISHED, RECORD
from nouns.noun import StaleRevision
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.editions import dump_edition
from tracker.models import (
    Citation,
    Lawsuit,
    Letter,
    LetterBatch,
    LetterEvent,
    Policy,
    PolicyAnswer,
    Publication,
    Source,
    Status,
)
from tracker.publishing import edition, ledger, workflow
from tracker.publishing.refusals import Refused

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

Merge = Callable[..., Publication]


@pytest.fixture
def merge(bob: User, django_capture_on_commit_callbacks: Any) -> Merge:
    def merged(loser: Any, winner: Any, by: User = bob, reason: str = "The same letter twice.") -> Publication:
        for record in (loser, winner):
            record.refresh_from_db()
        with django_capture_on_commit_callbacks(using=RECORD, execute=True):
            row = workflow.merge(loser, winner, by=by, reason=reason)
        for record in (loser, winner):
            record.refresh_from_db()
        return row

    return merged


@pytest.fixture
def twins(publish: Publish) -> tuple[Letter, Letter]:
    """Two public letters that are one: the first has a reply of its own, both have the same deadline."""
    loser = factories.letter(slug="loser")
    LetterEvent(letter=loser, kind="response", on="2017-06-20", by="Illinois").save()
    winner = factories.letter(slug="winner")
    publish(loser, winner)
    return loser, winner


def test_rows_and_citations_move_and_what_both_say_stays_single(twins: tuple[Letter, Letter], merge: Merge) -> None:
    loser, winner = twins
    sources = {citation.source for letter in twins for citation in letter.citations.all()}
    merge(loser, winner)
    assert sorted(str(event) for event in winner.events.all()) == ["Deadline 2017-06-30", "Reply 2017-06-20"]
    assert {citation.source for citation in winner.citations.all()} == sources
    public = Letter.objects.using(PUBLISHED).get()
    assert (public.slug, public.events.count(), public.citations.count()) == ("winner", 2, len(sources))
    assert (winner.status, winner.published_revision) == (Status.PUBLISHED, winner.revision)
    assert (loser.status, loser.published_revision, loser.slug) == (Status.WITHDRAWN, None, "loser")


def test_the_ledger_tells_it_and_replaying_it_gives_the_same(twins: tuple[Letter, Letter], merge: Merge) -> None:
    row = merge(*twins)
    assert (row.action, row.slug, row.document, row.reason) == (
        "merge", "loser", {"merged_into": "winner"}, "The same letter twice.",
    )  # fmt: skip
    before = Publication.objects.get(id=row.id - 1)
    assert (before.slug, before.action, before.at) == ("winner", "change", row.at)
    assert before.reason == "Merged with loser: The same letter twice."
    assert ledger.verify_ledger() == []
    applied = dump_edition()
    edition.replay()
    assert dump_edition() == applied


def test_both_addresses_lead_to_the_winner_whatever_happens_to_it(
    twins: tuple[Letter, Letter], merge: Merge, publish: Publish
) -> None:
    merge(*twins)
    third = factories.letter(slug="third")
    publish(third)
    merge(twins[1], third, reason="A third one.")
    for slug in ("loser", "winner"):
        page = Client().get(f"/letters/{slug}/?on=2017-07-01")
        assert (page.status_code, page["Location"]) == (301, "/letters/third/?on=2017-07-01")
        data = Client().get(f"/api/v1/letters/{slug}/?on=2017-07-01")
        assert (data.status_code, data["Location"]) == (301, "http://testserver/api/v1/letters/third/?on=2017-07-01")
    assert Client().get("/letters/loser/").content == b"Merged into /letters/third/: The same letter twice.\n"
    assert Client().get("/letters/third/").status_code == 200
    listed = Client().get("/api/v1/changes/?action=merge").json()["results"]
    assert [change["slug"] for change in listed] == ["winner", "loser"]
    assert Client().get(f"/api/v1/changes/{listed[1]['id']}/").json()["document"] == {"merged_into": "winner"}


def test_the_history_of_both_says_what_happened(twins: tuple[Letter, Letter], merge: Merge, bob: User) -> None:
    loser, winner = twins
    merge(loser, winner)
    last = loser.history.first()
    assert (last.history_change_reason, last.history_user) == ("Merged into winner: The same letter twice.", bob)
    reasons = [row.history_change_reason for row in winner.history.all()[:2]]
    assert reasons[1] == "Merged with loser: The same letter twice."
    moved = winner.events.get(kind="response")
    assert [row.letter_id for row in moved.history.all()] == [winner.pk, loser.pk]


def test_what_points_to_the_loser_points_to_the_winner_and_is_published_again(
    publish: Publish, merge: Merge, bob: User
) -> None:
    loser, winner = factories.letter_batch(slug="loser"), factories.letter_batch(slug="winner")
    live = factories.letter(slug="live", batch=loser)
    publish(loser, winner, live)
    draft = factories.letter(slug="draft", batch=loser)
    merge(loser, winner)
    for letter in (live, draft):
        letter.refresh_from_db()
        assert letter.batch == winner
    assert (live.status, draft.status) == (Status.PUBLISHED, Status.DRAFT)
    assert Letter.objects.using(PUBLISHED).get().batch == LetterBatch.objects.using(PUBLISHED).get()
    assert live.history.filter(history_change_reason__startswith="Points to winner now").count() == 1
    assert Publication.objects.get(slug="live", action="change").reason.startswith("Merged with loser")


def test_links_to_many_and_rows_below_others_are_pointed_anew(publish: Publish, merge: Merge) -> None:
    loser, winner = factories.letter(slug="loser"), factories.letter(slug="winner")
    lawsuit = factories.lawsuit()
    lawsuit.letters.set([loser, winner])
    publish(loser, winner, lawsuit)
    merge(loser, winner)
    for using in (RECORD, PUBLISHED):
        assert [letter.slug for letter in Lawsuit.objects.using(using).get().letters.all()] == ["winner"]

    source, other = factories.source(slug="a-source"), factories.source(slug="b-source")
    policy = factories.cite(factories.policy(), source=source)
    publish(source, other, policy)
    merge(source, other, reason="One page, two addresses.")
    assert not Citation.objects.filter(source=source).exists()
    for using in (RECORD, PUBLISHED):
        assert Policy.objects.using(using).get().citations.filter(source__slug="b-source").count() == 1
    assert list(Source.objects.using(PUBLISHED).filter(slug="a-source")) == []
    assert ledger.verify_ledger() == []


def test_who_follows_the_loser_follows_the_winner(
    twins: tuple[Letter, Letter], merge: Merge, alice: User, bob: User
) -> None:
    loser, winner = twins
    for account, letter in ((alice, loser), (bob, loser), (bob, winner)):
        Follow.objects.create(account=account, letter=letter)
    merge(loser, winner)
    assert {follow.account for follow in Follow.objects.filter(letter=winner)} == {alice, bob}


class TestRefusals:
    """Each is a sentence, and nothing at all is changed."""

    def refused(self, merge: Merge, loser: Any, winner: Any, **options: Any) -> str:
        """What the refusal says."""
        before = (dump_edition(), Publication.objects.count(), loser.history.count(), winner.history.count())
        with pytest.raises((Refused, ValidationError)) as refusal, transaction.atomic(using=RECORD):
            merge(loser, winner, **options)
        assert (dump_edition(), Publication.objects.count(), loser.history.count(), winner.history.count()) == before
        return " ".join(refusal.value.messages)

    def test_without_a_reason(self, twins: tuple[Letter, Letter], merge: Merge) -> None:
        assert "Say why" in self.refused(merge, *twins, reason=" ")

    def test_of_one_record_with_itself_or_with_another_kind(self, twins: tuple[Letter, Letter], merge: Merge) -> None:
        assert "Two different records of one kind" in self.refused(merge, twins[0], twins[0])
        assert "Two different records of one kind" in self.refused(merge, twins[0], factories.letter_batch())

    def test_while_either_is_not_public_or_has_edits(
        self, twins: tuple[Letter, Letter], merge: Merge, draft_letter: Letter
    ) -> None:
        assert "Draft recipient, 2017-04-21 is not published" in self.refused(merge, twins[0], draft_letter)
        twins[1].demand = "An edit."
        twins[1].save()
        assert "has edits that are not published" in self.refused(merge, *twins)

    def test_while_what_points_to_the_loser_has_edits(
        self, twins: tuple[Letter, Letter], merge: Merge, publish: Publish
    ) -> None:
        lawsuit = factories.lawsuit(caption="A v. B")
        lawsuit.letters.set([twins[0]])
        publish(lawsuit)
        lawsuit.letters.clear()
        lawsuit.save()
        assert "A v. B points to" in self.refused(merge, *twins)

    def test_when_the_winner_itself_points_to_the_loser(self, merge: Merge, publish: Publish) -> None:
        old, new = factories.policy(title="Old"), factories.policy(title="New")
        new.supersedes.set([old])
        publish(old, new)
        assert "itself" in self.refused(merge, old, new)

    def test_when_both_answer_one_question_differently(self, merge: Merge, publish: Publish) -> None:
        question = factories.question()
        policies = [factories.policy(), factories.policy()]
        for policy, answer in zip(policies, ("yes", "no"), strict=True):
            PolicyAnswer(policy=policy, question=question, answer=answer).save()
        publish(*policies)
        assert "cannot move to" in self.refused(merge, *policies)

    def test_by_who_may_not_publish(self, twins: tuple[Letter, Letter], merge: Merge, alice: User) -> None:
        with pytest.raises(PermissionDenied):
            merge(*twins, by=alice)

    def test_over_a_revision_that_the_reviewer_has_not_seen(self, twins: tuple[Letter, Letter], bob: User) -> None:
        twins[0].revision -= 1
        with pytest.raises(StaleRevision):
            workflow.merge(*twins, by=bob, reason="Twice.")
