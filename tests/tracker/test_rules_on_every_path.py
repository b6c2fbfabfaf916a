"""The rules of publication hold whoever writes and however: one row, many at once, a queryset, the shell, or SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connections, models, transaction

from nouns.databases import RECORD
from nouns.history import one_history_row
from nouns.noun import PublishedStays
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.editions import dump_edition
from tracker.models import Citation, Letter, LetterEvent, Source, Status
from tracker.publishing import workflow
from tracker.publishing.refusals import Refused

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

BULK: dict[str, Callable[[Letter], object]] = {
    "bulk_create": lambda letter: LetterEvent.objects.bulk_create(
        [LetterEvent(letter=letter, kind="response", on="2017-06-01")]
    ),
    "bulk_update": lambda letter: LetterEvent.objects.bulk_update(_renamed(letter), ["by"]),
    "update": lambda letter: LetterEvent.objects.filter(letter=letter).update(by="Somebody"),
    "update through the record": lambda letter: letter.events.update(by="Somebody"),
    "delete": lambda letter: letter.events.all().delete(),
    "delete citations": lambda letter: Citation.objects.filter(letter=letter).delete(),
    "move away": lambda letter: letter.events.update(letter=factories.letter()),
}


def _renamed(letter: Letter) -> list[LetterEvent]:
    rows = list(letter.events.all())
    for row in rows:
        row.by = "Somebody"
    return rows


@pytest.mark.parametrize("path", BULK)
class TestRowsWrittenManyAtOnce:
    def test_make_a_live_record_a_draft_and_leave_the_public_alone(self, published_letter: Letter, path: str) -> None:
        before = dump_edition()
        BULK[path](published_letter)
        published_letter.refresh_from_db()
        assert (published_letter.status, published_letter.revision) == (Status.DRAFT, 2)
        assert published_letter.published_revision == 1
        assert dump_edition() == before

    def test_take_a_record_out_of_review(self, draft_letter: Letter, alice: User, path: str) -> None:
        revision = workflow.submit(draft_letter, by=alice).revision
        BULK[path](draft_letter)
        draft_letter.refresh_from_db()
        assert (draft_letter.status, draft_letter.revision) == (Status.DRAFT, revision + 1)


def test_rows_of_a_draft_are_written_at_once_without_a_revision_each(draft_letter: Letter) -> None:
    revision = draft_letter.revision
    BULK["bulk_create"](draft_letter)
    draft_letter.refresh_from_db()
    assert draft_letter.revision == revision


class TestWhatWasPublishedStays:
    def test_whoever_deletes_it(self, published_letter: Letter) -> None:
        source = Source.objects.get(citing__letter=published_letter)
        for delete in (
            published_letter.delete,
            Letter.objects.all().delete,
            models.QuerySet(Letter).delete,
            source.delete,
            published_letter.sender_agency.delete,
        ):
            with pytest.raises((PublishedStays, models.ProtectedError)), transaction.atomic(using=RECORD):
                delete()
        assert Letter.objects.filter(pk=published_letter.pk).exists()

    def test_after_its_withdrawal_too(self, published_letter: Letter, bob: User) -> None:
        workflow.withdraw(published_letter, by=bob, reason="Never sent.")
        with pytest.raises(PublishedStays, match="the ledger names it"):
            published_letter.delete()

    def test_against_sql_while_anything_of_it_is_there(self, published_letter: Letter) -> None:
        def delete() -> None:
            with transaction.atomic(using=RECORD):
                with connections[RECORD].cursor() as cursor:
                    cursor.execute("DELETE FROM tracker_letter WHERE id = %s", [published_letter.pk])
                connections[RECORD].check_constraints()  # Which a commit would do.

        with pytest.raises(IntegrityError):
            delete()

    def test_but_a_draft_that_never_was_public_goes(self, draft_letter: Letter) -> None:
        draft_letter.delete()
        assert not Letter.objects.exists()


def test_no_status_says_published_without_a_reviewer_or_of_another_revision(draft_letter: Letter, bob: User) -> None:
    rows: models.QuerySet[Letter] = models.QuerySet(Letter).filter(pk=draft_letter.pk)
    for forged in ({}, {"reviewed_by": bob}, {"published_revision": draft_letter.revision}):
        with pytest.raises(IntegrityError), transaction.atomic(using=RECORD):
            rows.update(status=Status.PUBLISHED, **forged)


def edit(letter: Letter, by: User) -> None:
    with one_history_row(letter, by=by):
        letter.demand = "Words of the reviewer."
        letter.save()


def revert(letter: Letter, by: User) -> None:
    workflow.revert(letter, to=letter.history.order_by("history_id").first(), by=by)


class TestNobodyPublishesTheirOwnWork:
    @pytest.mark.parametrize("write", [edit, revert])
    def test_also_when_somebody_else_submits_it(
        self, published_letter: Letter, write: Callable[..., None], alice: User, bob: User, carol: User, settings: Any
    ) -> None:
        if write is revert:
            edit(published_letter, alice)
        write(published_letter, bob)
        published_letter.refresh_from_db()
        submitted = workflow.submit(published_letter, by=alice)
        with pytest.raises(Refused, match="was edited by you"):
            workflow.approve([submitted], by=bob)
        settings.TEAM_OF_ONE = True
        workflow.approve([submitted], by=bob)

    def test_a_reviewer_who_edited_an_earlier_revision_reviews_the_next(
        self, draft_letter: Letter, publish: Publish, alice: User, bob: User
    ) -> None:
        edit(draft_letter, bob)
        models.QuerySet(Letter.history.model).filter(history_user=bob).update(history_user=None)
        publish(draft_letter)
        models.QuerySet(Letter.history.model).filter(id=draft_letter.pk).update(history_user=bob)
        edit(draft_letter, alice)
        workflow.approve([workflow.submit(draft_letter, by=alice)], by=bob)

    def test_a_source_that_goes_along_counts(
        self, draft_letter: Letter, publish: Publish, alice: User, bob: User
    ) -> None:
        source = Source.objects.get(citing__letter=draft_letter)
        publish(factories.nation(), factories.state("IL"), factories.justice_department())
        with one_history_row(source, by=bob):
            source.title = "Of the reviewer"
            source.save()
        submitted = workflow.submit(draft_letter, by=alice)
        with pytest.raises(Refused, match="The source Of the reviewer, which goes along, was written by you"):
            workflow.approve([submitted], by=bob)
