"""A row below a record is part of it: whoever adds, changes or removes one revises the record, by whatever way."""

import pytest

from nouns.history import one_history_row
from nouns.noun import StaleRevision
from tests import factories
from tests.conftest import BOTH_DATABASES
from tracker.models import Citation, Letter, LetterEvent, Status

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def test_a_row_added_changed_or_removed_below_a_draft_is_a_revision_each(draft_letter: Letter) -> None:
    first = draft_letter.revision
    event = LetterEvent(letter=draft_letter, kind="response", on="2017-06-28")
    event.save()
    event.on = "2017-06-29"
    event.save()
    event.delete()
    assert draft_letter.revision == first + 3
    draft_letter.refresh_from_db()
    assert draft_letter.revision == first + 3


def test_a_form_opened_before_a_row_was_added_elsewhere_does_not_save_over_it(draft_letter: Letter) -> None:
    opened = Letter.objects.get(pk=draft_letter.pk)
    factories.cite(draft_letter)
    with pytest.raises(StaleRevision):
        opened.save()


def test_an_older_copy_stays_older_when_a_row_is_added_by_it(draft_letter: Letter) -> None:
    older = Letter.objects.get(pk=draft_letter.pk)
    factories.cite(draft_letter)
    LetterEvent(letter=older, kind="response", on="2017-06-28").save()
    with pytest.raises(StaleRevision):
        older.save()


def test_a_citation_added_to_a_published_record_takes_it_off_the_published_state(published_letter: Letter) -> None:
    Citation(letter=published_letter, source=factories.source()).save()
    published_letter.refresh_from_db()
    assert (published_letter.status, published_letter.revision) == (Status.DRAFT, 2)


def test_rows_saved_with_their_record_are_one_revision_of_it(draft_letter: Letter) -> None:
    first = draft_letter.revision
    with one_history_row(draft_letter, by=None):
        draft_letter.save()
        LetterEvent(letter=draft_letter, kind="response", on="2017-06-28").save()
        draft_letter.events.all()[0].delete()
    draft_letter.refresh_from_db()
    assert draft_letter.revision == first + 1
