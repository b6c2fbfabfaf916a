"""Past editions: row for row what the published edition was, made once, at the cost of the difference, few kept."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import DatabaseError, connections
from django.test import Client

from nouns.databases import PUBLISHED
from public.search.searching import search
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.editions import Dump, dump_edition, edition_models
from tracker.models import Letter, LetterBatch, LetterEvent, Publication
from tracker.publishing import edition, edition_rows, past_editions, workflow
from tracker.publishing.documents import Address

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.EDITIONS_ROOT = tmp_path / "editions"
    with time_machine.travel("2026-06-01T12:00:00Z"):
        yield tmp_path / "editions"


def last() -> tuple[int, str]:
    return Publication.edition.order_by("-id").values_list("id", "hash")[0]


def names(folder: Path) -> list[int]:
    return sorted(int(file.name.split("-")[0]) for file in folder.glob("*.sqlite3"))


def states_of_the_edition(publish: Publish, bob: User) -> dict[tuple[int, str], Dump]:
    """What the edition held after each of several publications: new records, a change, a withdrawal."""
    states = {}
    letter = factories.letter(slug="one")
    statement = factories.statement()
    statement.jurisdictions.set([factories.state("IL"), factories.state("CA")])
    statement.refresh_from_db()
    publish(letter, statement, factories.grant(), factories.policy(), factories.lawsuit())
    states[last()] = dump_edition()
    LetterEvent(letter=letter, kind="response", on="2017-06-28").save()
    letter.refresh_from_db()
    publish(letter, action="change", reason="It was answered.")
    states[last()] = dump_edition()
    workflow.withdraw(statement, by=bob, reason="Said by nobody.")
    edition.sync_published()
    publish(factories.letter(slug="two"))
    states[last()] = dump_edition()
    return states


@pytest.mark.parametrize("forwards", [True, False], ids=["oldest first", "newest first"])
def test_is_row_for_row_what_the_published_edition_was(
    forwards: bool,  # noqa: FBT001 - a parameter of the test.
    publish: Publish,
    bob: User,
) -> None:
    states = states_of_the_edition(publish, bob)
    for publication, state in sorted(states.items(), reverse=not forwards):
        with past_editions.reading(*publication):
            assert dump_edition() == state
    assert dump_edition() == list(states.values())[-1]


def test_has_the_tables_of_the_published_edition(published_letter: Letter) -> None:
    def columns() -> dict[str, list[str]]:
        connection = connections[PUBLISHED]
        with connection.cursor() as cursor:
            tables = {model._meta.db_table for model in edition_models()}
            return {
                table: sorted(column.name for column in connection.introspection.get_table_description(cursor, table))
                for table in tables
            }

    present = columns()
    if connections[PUBLISHED].vendor == "postgresql":
        present["tracker_searchentry"].remove("document")  # The index of search is in tables of its own on SQLite.
    with past_editions.reading(*last()):
        assert columns() == present


def test_search_works_in_it_and_finds_what_was_there(publish: Publish) -> None:
    publish(factories.letter(slug="springfield", recipient_as_written="City of Springfield"))
    then = last()
    publish(factories.letter(slug="peoria", recipient_as_written="City of Peoria"))
    with past_editions.reading(*then):
        assert [hit.slug for hit in search("springfield").hits] == ["springfield"]
        assert [hit.slug for hit in search("springfeild").hits] == ["springfield"]
        assert not search("peoria").hits
    assert [hit.slug for hit in search("peoria").hits] == ["peoria"]


def test_cannot_be_written_to(published_letter: Letter) -> None:
    with past_editions.reading(*last()), pytest.raises(DatabaseError):
        edition_rows.delete(Letter, {})
    assert Letter.edition.exists()


def test_is_made_once_and_from_the_nearest_earlier_one(
    publish: Publish, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "tracker.publishing.past_editions")
    publications = []
    for _ in range(3):
        publish(factories.letter())
        publications.append(last())
    for publication in (publications[0], publications[2], publications[2], publications[1]):
        with past_editions.reading(*publication):
            pass
    first, second, third = (key for key, _ in publications)
    made = [record.args for record in caplog.records if record.args]
    assert [args[1] for args in made if isinstance(args, tuple)] == [0, first, first]
    assert names(folder) == [0, first, second, third]


def test_one_of_another_ledger_is_not_built_upon(publish: Publish, folder: Path) -> None:
    publish(factories.letter(slug="real"))
    key, _ = last()
    publish(factories.letter(slug="later"))
    folder.mkdir()
    (folder / past_editions._path(key, "f" * 64).name).write_bytes(b"This is an edition of another ledger.")
    with past_editions.reading(*last()):
        assert set(Letter.edition.values_list("slug", flat=True)) == {"real", "later"}


def test_only_those_used_last_are_kept(publish: Publish, folder: Path, settings: Any) -> None:
    settings.EDITIONS_KEPT = 2
    publications = []
    for _ in range(3):
        publish(factories.letter())
        publications.append(last())
    with past_editions.reading(*publications[0]):
        os.utime(past_editions._path(*publications[0]), (0, 0))  # Used long ago.
        for publication in publications[1:]:
            with past_editions.reading(*publication):
                pass
        # The first was discarded meanwhile, and is whole for whoever reads it.
        assert Letter.edition.count() == 1
    assert names(folder) == [0, publications[1][0], publications[2][0]]


def test_the_words_of_what_was_taken_back_are_not_in_it(publish: Publish, folder: Path) -> None:
    batch = factories.letter_batch(slug="gone", title="canarybird")
    publish(factories.letter(slug="one", batch=batch))
    with past_editions.reading(*last(), without=[Address("letter-batches", "gone")]):
        assert Letter.edition.select_related("batch").get().batch == LetterBatch(pk=batch.pk)
        assert str(LetterBatch.edition.get()) == "gone"
        assert not search("canarybird").hits
        assert [row.document for row in Publication.edition.filter(slug="gone")] == [{}]
    (without,) = folder.glob(f"{last()[0]}-*-*-*.sqlite3")
    assert b"canarybird" not in without.read_bytes()


def test_a_request_that_would_wait_too_long_is_asked_to_come_again(
    publish: Publish, folder: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel("2026-03-01T12:00:00Z"):
        publish(factories.letter())
    with time_machine.travel("2026-04-01T12:00:00Z"):
        publish(factories.letter())
    monkeypatch.setattr(past_editions, "PATIENCE", 0.0)
    folder.mkdir()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Another process makes one.
        for address, kind in (("/api/v1/letters/", "application/problem+json"), ("/letters/", "text/html")):
            response: Any = client.get(address, {"known_at": "2026-03-15"})
            assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
            assert response.headers["Content-Type"].startswith(kind)
    assert client.get("/letters/", {"known_at": "2026-03-15"}).status_code == 200


def test_a_crash_while_one_is_made_leaves_nothing_that_is_taken_for_one(
    publish: Publish, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(factories.letter())

    def crash(*_: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(past_editions, "apply_group", crash)
        with pytest.raises(RuntimeError), past_editions.reading(*last()):
            pass
    assert names(folder) == [0]
    with past_editions.reading(*last()):
        assert Letter.edition.count() == 1
