"""Loading: twice changes nothing, an edited row changes its record alone, and what staff did by hand stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from jurisdictions.models import Jurisdiction
from nouns.history import one_history_row
from seeds import rows
from seeds.desk import LostReference
from seeds.entries import MODELS, entries
from seeds.load import AUTHOR, REVIEWER, Report, load
from seeds.rows import Seeds
from tests.conftest import BOTH_DATABASES
from tests.seeds.conftest import edited, load_and_apply, spoil, without
from tracker.models import (
    Citation,
    GrantAward,
    Letter,
    LetterEvent,
    Publication,
    Record,
    Source,
    Statement,
    Status,
)
from tracker.publishing import acts

pytestmark = [pytest.mark.django_db(databases=BOTH_DATABASES), pytest.mark.usefixtures("seed_record")]

CHICAGO = "2017-04-21-chicago-il"


def by_hand(record: Any, **values: Any) -> None:
    """Save a record as a member of staff does."""
    for name, value in values.items():
        setattr(record, name, value)
    with one_history_row(record, by=None, reason="By hand"):
        record.save()


def kinds(report: Report) -> set[str]:
    """What the report has something to say about."""
    return {name for name, addresses in vars(report).items() if addresses}


def revisions() -> dict[tuple[str, str], int]:
    return {
        (table, slug): revision
        for table, model in MODELS.items()
        for slug, revision in model._base_manager.values_list("slug", "revision")
    }


def test_a_first_load_creates_everything(seeds: Seeds, seed_record: Report) -> None:
    assert seed_record.created == [entry.address for rows in entries(seeds).values() for entry in rows]
    assert kinds(seed_record) == {"created"}
    assert set(revisions().values()) == {1}


def test_every_record_was_submitted_by_one_account_and_reviewed_by_another() -> None:
    records: list[Any] = [model for model in MODELS.values() if issubclass(model, Record)]
    for model in records:
        public = model.objects.filter(status=Status.PUBLISHED)
        people = public.values_list("created_by__username", "submitted_by__username", "reviewed_by__username")
        assert set(people) == {(AUTHOR, AUTHOR, REVIEWER)}


def test_nobody_can_log_in_to_the_accounts_of_the_seed_record() -> None:
    for account in User.objects.filter(username__in=[AUTHOR, REVIEWER]):
        assert not account.is_active
        assert not account.has_usable_password()


def test_low_confidence_stays_a_draft_and_the_rest_is_public(seeds: Seeds) -> None:
    for table, rows_of_table in entries(seeds).items():
        model: Any = MODELS[table]
        public = set(model.edition.values_list("slug", flat=True))
        assert public == {entry.slug for entry in rows_of_table if entry.is_for_the_public}
    assert Letter.objects.filter(status=Status.DRAFT).count() == 32


def test_a_second_load_changes_nothing(seeds: Seeds, seed_record: Report, django_assert_max_num_queries: Any) -> None:
    before = revisions(), Publication.objects.count(), Letter.history.count()
    with django_assert_max_num_queries(100):
        report = load_and_apply(seeds)
    assert report.unchanged == seed_record.created
    assert kinds(report) == {"unchanged"}
    assert (revisions(), Publication.objects.count(), Letter.history.count()) == before


def test_an_edited_row_updates_exactly_that_record_and_publishes_it(seeds: Seeds) -> None:
    before, publications = revisions(), Publication.objects.count()
    report = load_and_apply(edited(seeds, "letters", CHICAGO, addressee_title="Superintendent of Police"))
    assert report.updated == [f"letters/{CHICAGO}"]
    assert kinds(report) == {"updated", "unchanged"}
    assert {key for key, revision in revisions().items() if before[key] != revision} == {("letters", CHICAGO)}
    assert Publication.objects.count() == publications + 1
    letter = Letter.edition.get(slug=CHICAGO)
    assert (letter.addressee_title, letter.revision) == ("Superintendent of Police", 2)
    assert letter.events.count() == 2


def test_an_edited_child_updates_its_record_and_leaves_the_other_children(seeds: Seeds) -> None:
    [deadline, assessment] = Letter.objects.get(slug=CHICAGO).events.all()
    citations = list(Citation.objects.filter(letter__slug=CHICAGO).values_list("pk", flat=True))
    events = tuple(
        replace(row, due_on="2017-07-31") if row.letter == CHICAGO and row.kind == "deadline" else row
        for row in seeds.letter_events
    )
    report = load_and_apply(replace(seeds, letter_events=events))
    assert report.updated == [f"letters/{CHICAGO}"]
    assert LetterEvent.edition.get(letter__slug=CHICAGO, kind="deadline").due_on == "2017-07-31"
    assert LetterEvent.history.filter(id=deadline.pk).latest().history_type == "-"
    assert LetterEvent.objects.filter(letter__slug=CHICAGO, summary=assessment.summary).exists()
    assert list(Citation.objects.filter(letter__slug=CHICAGO).values_list("pk", flat=True)) == citations


def test_an_added_row_is_created_with_its_citation(seeds: Seeds) -> None:
    letter = next(row for row in seeds.letters if row.slug == CHICAGO)
    citation = next(row for row in seeds.citations if row.record == CHICAGO)
    new = replace(letter, slug="2017-04-21-another", recipient_as_written="Another office of Chicago")
    report = load_and_apply(
        replace(
            seeds,
            letters=(*seeds.letters, new),
            citations=(*seeds.citations, replace(citation, record=new.slug)),
        )
    )
    assert report.created == ["letters/2017-04-21-another"]
    assert Letter.edition.get(slug=new.slug).citations.count() == 1


def test_a_row_raised_from_low_confidence_is_published(seeds: Seeds) -> None:
    report = load_and_apply(edited(seeds, "grants", "2017-jag-allocation-oregon", confidence="medium"))
    assert report.updated == ["grants/2017-jag-allocation-oregon"]
    assert GrantAward.edition.filter(slug="2017-jag-allocation-oregon").exists()


def test_a_row_that_left_the_tables_is_reported_and_stays(seeds: Seeds) -> None:
    report = load_and_apply(without(seeds, "letters", CHICAGO))
    assert report.removed_from_file == [f"letters/{CHICAGO}"]
    assert kinds(report) == {"removed_from_file", "unchanged"}
    assert Letter.edition.filter(slug=CHICAGO).exists()


def test_what_staff_changed_since_is_listed_and_not_overwritten(seeds: Seeds) -> None:
    by_hand(Letter.objects.get(slug=CHICAGO), addressee="Edward Johnson")
    assert not load_and_apply(seeds).conflicts, (
        "As long as the tables say the same, there is nothing to disagree about."
    )
    report = load_and_apply(edited(seeds, "letters", CHICAGO, addressee="E. Johnson"))
    assert list(report.conflicts) == [f"letters/{CHICAGO}"]
    assert "revision 2, where the seed record wrote 1" in report.conflicts[f"letters/{CHICAGO}"]
    assert not report.updated
    assert Letter.objects.get(slug=CHICAGO).addressee == "Edward Johnson"
    assert Letter.edition.get(slug=CHICAGO).addressee == "Eddie Johnson"


def test_an_event_that_staff_added_is_a_change_of_its_record(seeds: Seeds) -> None:
    LetterEvent(letter=Letter.objects.get(slug=CHICAGO), kind="response", on="2017-06-30").save()
    report = load_and_apply(edited(seeds, "letters", CHICAGO, addressee="E. Johnson"))
    assert list(report.conflicts) == [f"letters/{CHICAGO}"]


def test_what_staff_withdrew_is_a_conflict(seeds: Seeds) -> None:
    statement = Statement.objects.get(slug="landrieu-2017-certified")
    acts.withdraw(statement, by=User.objects.get(username=REVIEWER), reason="Not what he said.")
    report = load_and_apply(edited(seeds, "statements", statement.slug, note="Edited."))
    assert report.conflicts == {f"statements/{statement.slug}": "By hand its status was made: withdrawn."}


def test_what_staff_removed_is_a_conflict_and_what_points_to_it_stops_the_load(seeds: Seeds) -> None:
    # Only a draft can be removed.
    Letter.objects.get(slug="2025-08-13-albuquerque-nm").delete()
    assert "removed" in load_and_apply(seeds).conflicts["letters/2025-08-13-albuquerque-nm"]
    pointing = edited(seeds, "lawsuits", "us-v-nyc-2025", letters=("2025-08-13-albuquerque-nm",))
    with pytest.raises(LostReference, match="letters/2025-08-13-albuquerque-nm"):
        load(pointing)


def test_a_record_that_staff_entered_at_the_same_address_is_a_conflict(seeds: Seeds) -> None:
    by_hand(Source(slug="entered-by-hand", title="A paper", kind="primary"))
    [first, *_] = seeds.sources
    report = load_and_apply(replace(seeds, sources=(*seeds.sources, replace(first, slug="entered-by-hand"))))
    assert report.conflicts == {"sources/entered-by-hand": "It was entered by hand, not from the seed record."}


def test_an_unreviewed_edit_of_a_source_is_not_published_by_an_update_of_what_cites_it(seeds: Seeds) -> None:
    by_hand(Source.objects.get(slug="curbed-nola-2017"), title="Unreviewed")
    report = load_and_apply(edited(seeds, "statements", "landrieu-2017-certified", note="Edited."))
    assert "curbed-nola-2017" in report.conflicts["statements/landrieu-2017-certified"]
    assert not Source.edition.filter(title="Unreviewed").exists()


def test_an_edited_place_is_published_at_once(seeds: Seeds) -> None:
    load_and_apply(edited(seeds, "jurisdictions", "cook-county-il", population=5_000_000))
    assert Jurisdiction.edition.get(slug="cook-county-il").population == 5_000_000


def test_the_clock_gives_the_time_of_publication(seeds: Seeds) -> None:
    then = datetime(2026, 1, 2, tzinfo=UTC)
    load_and_apply(edited(seeds, "letters", CHICAGO, summary="Edited."), clock=lambda: then)
    assert Publication.objects.latest("id").at == then


def test_the_command_reports_in_words(monkeypatch: pytest.MonkeyPatch, tables: Path) -> None:
    monkeypatch.setattr(rows.read, "__defaults__", (tables,))
    out = StringIO()
    call_command("load_seeds", stdout=out)
    assert "0 created, 0 updated, " in out.getvalue()


def test_the_command_names_every_fault_and_loads_nothing(monkeypatch: pytest.MonkeyPatch, tables: Path) -> None:
    spoil(tables, "letters", 2, sent_on="soon")
    spoil(tables, "grants", 2, amount="much")
    monkeypatch.setattr(rows.read, "__defaults__", (tables,))
    with pytest.raises(CommandError, match=r"(?s)2 faults.*grants.csv line 2.*letters.csv line 2"):
        call_command("load_seeds")
