"""Applying the ledger: replay, healing after a crash, and what one bad row may not block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connections, models
from django.test.utils import CaptureQueriesContext

from config.router import EditionIsReadOnly
from nouns.databases import PUBLISHED
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.editions import dump_edition
from tracker.models import (
    AwardShare,
    GrantAward,
    LawsuitEvent,
    LawsuitParty,
    Letter,
    LetterEvent,
    Policy,
    PolicyAnswer,
    PolicyEvent,
    Publication,
)
from tracker.publishing import acts, edition, ledger, workflow

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


@contextmanager
def killed_before_applying(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process dies between the ledger's commit and the edition's: what runs on commit does not run."""
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "sync_published", lambda: None)
        yield


def publish_everything(publish: Publish) -> None:
    """One of each noun, with children and many-to-many links, some published twice and one withdrawn."""
    letter = factories.letter()
    award = factories.grant()
    AwardShare(award=award, jurisdiction=factories.state("CA"), amount="400.00").save()
    letter.legal_authorities.set([factories.authority(), factories.authority()])
    letter.cited_awards.set([award])
    policy = factories.policy()
    PolicyAnswer(policy=policy, question=factories.question(), answer="none_found").save()
    PolicyEvent(policy=policy, kind="amended", on="2016-09").save()
    policy.supersedes.set([factories.policy()])
    lawsuit = factories.lawsuit()
    lawsuit.letters.set([letter])
    lawsuit.policies.set([policy])
    lawsuit.federal_actions.set([factories.federal_action()])
    statement = factories.statement()
    statement.jurisdictions.set([factories.state("IL"), factories.state("CA")])
    batch = factories.letter_batch()
    batch.legal_authorities.set([factories.authority()])
    LawsuitParty(lawsuit=lawsuit, role="plaintiff", name="Illinois", jurisdiction=factories.state("IL")).save()
    LawsuitEvent(lawsuit=lawsuit, kind="order", on="2017-10-19", scope="nationwide").save()
    place = factories.jurisdiction(coextensive_with=factories.jurisdiction(kind="county"))
    place.names.create(name="The City")
    place.counties.set([factories.jurisdiction(kind="county")])
    for row in (letter, award, policy, lawsuit, statement, batch):
        row.refresh_from_db()
    publish(letter, award, policy, lawsuit, statement, batch, place, *(make() for make in factories.MAKERS.values()))
    LetterEvent(letter=letter, kind="response", on="2017-06-28").save()
    letter.refresh_from_db()
    publish(letter, action="change", reason="It was answered.")


def test_replaying_the_ledger_gives_the_edition_row_for_row(publish: Publish, bob: User) -> None:
    publish_everything(publish)
    lonely = factories.statement()
    publish(lonely)
    workflow.withdraw(lonely, by=bob, reason="Said by nobody.")
    edition.sync_published()
    before = dump_edition()
    assert [table for table, rows in before.items() if not rows] == [], "nothing to compare in these tables"
    report = edition.replay()
    assert not report.failed
    assert dump_edition() == before


def test_documents_written_before_a_field_was_declared_are_replayed_with_it_empty(
    published_letter: Letter, bob: User
) -> None:
    written = Publication.objects.get(noun="letters", slug=published_letter.slug)
    fields, children = written.document["fields"], written.document["children"]
    for later in ("demand", "legal_authorities", "recipient_agency"):
        del fields[later]
    del children["events"]
    for citation in children["citations"]:
        del citation["quote"]
    models.QuerySet(Publication).filter(pk=written.pk).update(document=written.document)
    assert not edition.replay().failed
    letter = Letter.edition.get()
    assert (letter.demand, letter.recipient_agency, letter.events.count()) == ("", None, 0)
    assert letter.citations.get().quote == ""
    published_letter.demand = "Something else."
    published_letter.save()
    workflow.discard(published_letter, by=bob)
    assert Letter.objects.get().demand == ""


def test_the_replay_starts_from_an_empty_edition(published_letter: Letter) -> None:
    models.QuerySet(Letter).using(PUBLISHED).filter(pk=published_letter.pk).update(demand="Not in the ledger.")
    edition.replay()
    assert Letter.edition.get().demand == ""


def test_a_crash_between_ledger_and_edition_is_healed(
    publish: Publish, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = factories.letter()
    with killed_before_applying(monkeypatch):
        publish(letter)
    assert letter.published_revision == letter.revision
    assert not Letter.edition.exists()
    call_command("sync_published")
    assert Letter.edition.get().slug == letter.slug
    assert "Applied 5 publications" in capsys.readouterr().out


def test_syncing_twice_changes_nothing(published_letter: Letter) -> None:
    before = dump_edition()
    assert edition.sync_published().applied == []
    assert dump_edition() == before


def test_a_unique_value_may_move_between_two_pending_records(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = factories.grant(award_id="A-1"), factories.grant(award_id="B-2")
    publish(first, second)
    with killed_before_applying(monkeypatch):
        first.award_id = ""
        first.save()
        publish(first)
        second.award_id = "A-1"
        second.save()
        first.award_id = "B-2"
        first.save()
        publish(first, second)
    assert not edition.sync_published().failed
    assert set(GrantAward.edition.values_list("slug", "award_id")) == {(first.slug, "B-2"), (second.slug, "A-1")}


def test_one_row_that_cannot_be_applied_does_not_block_the_later_ones(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker, blocked, later = factories.grant(award_id="A-1"), factories.grant(award_id="B-2"), factories.grant()
    publish(blocker)
    with killed_before_applying(monkeypatch):
        publish(blocked)
        publish(later)
    # Somebody wrote into the edition by hand, so that a row of the ledger collides with it.
    models.QuerySet(GrantAward).using(PUBLISHED).filter(pk=blocker.pk).update(award_id_normalised="B2")
    failed = set(edition.sync_published().failed)
    assert {"grants", "sources"} == {row.noun for row in Publication.objects.filter(id__in=failed)}
    assert blocked.slug in {row.slug for row in Publication.objects.filter(id__in=failed)}
    assert GrantAward.edition.filter(slug=later.slug).exists()
    assert not GrantAward.edition.filter(slug=blocked.slug).exists()
    models.QuerySet(GrantAward).using(PUBLISHED).filter(pk=blocker.pk).update(award_id_normalised="A1")
    assert failed == set(edition.sync_published().applied)
    assert GrantAward.edition.filter(slug=blocked.slug).exists()


def test_a_late_row_does_not_undo_a_later_revision(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = factories.letter()
    publish(letter)
    with killed_before_applying(monkeypatch):
        letter.demand = "Second."
        letter.save()
        publish(letter)
        gap = Publication.objects.filter(noun="letters").latest("id")
        letter.demand = "Third."
        letter.save()
        publish(letter)
    last = Publication.objects.latest("id")
    edition.apply_group([edition._entry(last)], lambda _ids: [last], edition.SyncReport())
    assert edition.sync_published().applied == [gap.id]
    assert Letter.edition.get().demand == "Third."


def test_an_edition_newer_than_a_restored_record_is_noticed_and_mended(
    published_letter: Letter, publish: Publish
) -> None:
    """The record comes back from a backup, its ids are used again, and the edition still has what came after it."""
    backup = Publication.objects.count()
    publish(factories.statement(paraphrase="Lost with the disk."))
    models.QuerySet(Publication).filter(id__gt=backup)._raw_delete("default")
    report = edition.sync_published()
    assert report.replayed
    assert dump_edition()["tracker_statement"] == []
    assert Letter.edition.get().slug == published_letter.slug


def test_a_row_of_the_edition_cannot_be_saved(published_letter: Letter) -> None:
    row = Letter.edition.get()
    with pytest.raises(EditionIsReadOnly):
        row.save()


def test_related_rows_come_from_the_edition_too(published_letter: Letter) -> None:
    row = Letter.edition.select_related("jurisdiction").prefetch_related("events", "citations__source").get()
    assert {row.jurisdiction._state.db, row.events.get()._state.db, row.citations.get().source._state.db} == {PUBLISHED}  # type: ignore[union-attr]


def test_publishing_costs_the_same_for_three_and_twenty(publish: Publish, alice: User, bob: User) -> None:
    publish(factories.letter())

    def cost(number: int) -> int:
        letters = [factories.letter() for _ in range(number)]
        for letter in letters:
            workflow.submit(letter, by=alice)
        with (
            CaptureQueriesContext(connections["default"]) as record,
            CaptureQueriesContext(connections[PUBLISHED]) as copy,
        ):
            acts.publish(letters, by=bob)
        return len(record) + len(copy)

    assert cost(3) == cost(20)


def test_a_policy_points_to_the_one_that_it_replaced(publish: Publish) -> None:
    old, new = factories.policy(), factories.policy()
    new.supersedes.set([old])
    publish(new)
    assert Policy.edition.get(slug=new.slug).supersedes.get().slug == old.slug
