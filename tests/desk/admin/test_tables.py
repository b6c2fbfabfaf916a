"""Importing and exporting at the desk: the buttons of a list, the preview, the yes, and the file of what is shown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from desk.tables import uploads
from desk.tables.rows import BY_HAND
from nouns.declarations import noun_models
from nouns.noun import Reference
from tests import factories
from tests.conftest import Work
from tests.desk.admin.desk import address
from tests.desk.tables.sheets import as_csv, exported
from tracker.models import GrantAward, LegalAuthority, Letter, Statement, TableImport

NOUNS = sorted(noun_models())
AWARDS = ("slug", "program", "jurisdiction", "recipient_as_written", "fiscal_year", "amount_kind")


def new_url(noun: str) -> str:
    return f"/admin/tracker/tableimport/new/{noun}/"


def send(client: Client, noun: str, content: bytes, name: str = "table.csv") -> str:
    """Upload a table; the address of its page."""
    answer: Any = client.post(new_url(noun), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer["Location"])


def text(client: Client, url: str) -> str:
    return client.get(url, follow=True).content.decode()


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("person", ["contributor", "reviewer"])
def test_a_list_offers_an_import_to_those_who_may_write_it(
    noun: str, person: str, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(person)
    model = noun_models()[noun]
    may = person == "reviewer" or not issubclass(model, Reference)
    page = text(client, address(model, "changelist"))
    assert (new_url(noun) in page) is may
    assert 'href="export.csv"' in page
    assert client.get(new_url(noun)).status_code == (200 if may else 403)


@pytest.mark.parametrize("noun", NOUNS)
def test_an_uploaded_export_is_found_to_change_nothing(noun: str, reviewer: Client) -> None:
    factories.MAKERS[noun]()
    page = text(reviewer, send(reviewer, noun, exported(noun_models()[noun], "xlsx"), "table.xlsx"))
    assert "would add <strong>0</strong> and change <strong>0</strong>" in page
    assert 'name="why"' not in page


def test_a_table_is_previewed_confirmed_and_linked_to_what_it_made(contributor: Client, alice: User) -> None:
    factories.statement(slug="a", note="Before")
    rows = as_csv(
        ("slug", "speaker", "kind", "paraphrase", "note"),
        ("a", "S", "claim", "P", "After"),
        ("", "T", "claim", "Q", ""),
    )
    url = send(contributor, "statements", rows)
    page = text(contributor, url)
    assert "<del>Before</del> → <ins>After</ins>" in page
    assert Statement.objects.count() == 1
    done: Any = contributor.post(url, {"why": "From the archive"}, follow=True)
    made = Statement.objects.get(speaker="T")
    assert made.history.get().history_change_reason == "From the archive (table.csv)"
    assert [row.pk for row in contributor.get(done.context["made_url"]).context["cl"].result_list] == [
        *Statement.objects.order_by("-said_on", "-pk").values_list("pk", flat=True)
    ]
    assert address(Statement, "change", made.pk) in done.content.decode()


def test_a_second_yes_writes_nothing(contributor: Client) -> None:
    url = send(contributor, "statements", as_csv(("slug", "speaker", "kind", "paraphrase"), ("", "T", "claim", "Q")))
    for _ in range(2):
        contributor.post(url)
    assert Statement.objects.count() == 1
    again = send(contributor, "statements", as_csv(("slug", "speaker", "kind", "paraphrase"), ("", "T", "claim", "Q")))
    assert "This very file was carried out" in text(contributor, again)


def test_all_problems_are_listed_page_by_page_and_mended_records_are_looked_up_again(contributor: Client) -> None:
    factories.state("IL")
    rows = [("", "jag", "illinois", f"R {n}", 2016, "award") for n in range(60)]
    url = send(contributor, "grants", as_csv(AWARDS, *rows))
    assert "60 problems" in text(contributor, url)
    assert "51 to 60 of 60" in text(contributor, f"{url}?page=2")
    contributor.post(url)
    factories.program(slug="jag")
    contributor.post(url, {"_look": "1"})
    assert "would add <strong>60</strong>" in text(contributor, url)
    assert not GrantAward.objects.exists()


def test_what_changed_since_the_preview_is_shown_anew_and_nothing_is_written(contributor: Client) -> None:
    made = factories.statement(slug="a", note="Before")
    url = send(contributor, "statements", as_csv(("slug", "note"), ("a", "Mine")))
    made.note = "Theirs"
    made.save()
    page: Any = contributor.post(url, follow=True)
    assert "changed since you looked" in page.content.decode()
    assert "<del>Theirs</del> → <ins>Mine</ins>" in page.content.decode()
    made.refresh_from_db()
    assert made.note == "Theirs"


def test_an_import_is_its_accounts_own(contributor: Client, reviewer: Client) -> None:
    factories.statement(slug="a")
    url = send(contributor, "statements", as_csv(("slug", "note"), ("a", "Mine")))
    assert reviewer.get(url).status_code == 404
    assert reviewer.post(url).status_code == 404
    assert "table.csv" not in text(reviewer, address(TableImport, "changelist"))
    assert "table.csv" in text(contributor, address(TableImport, "changelist"))


def test_a_file_that_was_exchanged_is_not_carried_out(contributor: Client) -> None:
    factories.statement(slug="a")
    url = send(contributor, "statements", as_csv(("slug", "note"), ("a", "Mine")))
    Path(TableImport.objects.get().file.path).write_bytes(as_csv(("slug", "note"), ("a", "Another's")))
    assert contributor.post(url, follow=True).status_code == 200
    assert Statement.objects.get().note == ""


def test_a_reference_is_not_imported_by_who_may_not_save_it(contributor: Client) -> None:
    answer = contributor.post(
        new_url("legal-authorities"), {"file": SimpleUploadedFile("t.csv", b"slug,citation\n,X\n")}
    )
    assert answer.status_code == 403
    assert not LegalAuthority.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\0", b"PK\x03\x04", b"\xff\xfea", b'"', b"slug\n" + b"," * 300])
@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.exe", "../../t.csv", "t"])
def test_no_upload_is_an_error_of_ours(content: bytes, name: str, contributor: Client) -> None:
    answer = contributor.post(new_url("letters"), {"file": SimpleUploadedFile(name, content)}, follow=True)
    assert answer.status_code == 200
    assert not Letter.objects.exists()


@pytest.mark.parametrize("noun", NOUNS)
def test_an_export_holds_what_the_list_shows_with_its_filters_and_search(noun: str, contributor: Client) -> None:
    model = noun_models()[noun]
    for _ in range(3):
        factories.MAKERS[noun]()
    url = address(model, "changelist")
    whole = body(contributor.get(f"{url}export.csv")).decode("utf-8-sig")
    shown = [row.slug for row in contributor.get(url).context["cl"].result_list]
    assert [row["slug"] for row in csv.DictReader(io.StringIO(whole))] == shown
    assert body(contributor.get(f"{url}export.csv?q=zzzz-nothing")).count(b"\n") == 1
    book: Any = openpyxl.load_workbook(io.BytesIO(body(contributor.get(f"{url}export.xlsx"))))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == shown


def test_an_export_is_streamed_and_runs_in_no_spreadsheet(contributor: Client) -> None:
    for words in ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "plain", "-5"):
        factories.statement(note=words)
    answer: Any = contributor.get(f"{address(Statement, 'changelist')}export.csv")
    assert answer.streaming
    notes = [row["note"] for row in csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"), newline=""))]
    assert sorted(notes) == sorted(["'=1+1", "'+1", "'-1+1", "'@SUM(A1)", "'\t=1", "'\r=1", "plain", "-5"])


def test_an_export_of_another_kind_or_without_a_right_is_refused(contributor: Client, dave: User, sign_in: Any) -> None:
    url = address(Letter, "changelist")
    assert contributor.get(f"{url}export.pdf").status_code == 404
    assert sign_in(dave).get(f"{url}export.csv").status_code in {302, 403}


def test_old_uploads_are_forgotten_and_what_was_done_is_remembered(contributor: Client) -> None:
    factories.statement(slug="a")
    left = send(contributor, "statements", as_csv(("slug", "note"), ("a", "One")))
    done = send(contributor, "statements", as_csv(("slug", "note"), ("a", "Two")))
    contributor.post(done)
    files = [Path(row.file.path) for row in TableImport.objects.all()]
    assert uploads.forget_tables(timezone.now()) == 0
    assert uploads.forget_tables(timezone.now() + timedelta(days=15)) == 2
    assert not any(file.exists() for file in files)
    assert (contributor.get(left).status_code, contributor.get(done).status_code) == (404, 200)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A table of awards that is too long to wait for, once ten rows are as many as that."""
    factories.state("IL")
    factories.program(slug="jag")
    monkeypatch.setattr("desk.tables.uploads.BY_HAND", replace(BY_HAND, rows=10))
    return as_csv(AWARDS, *(("", "jag", "illinois", f"R {n}", 2016, "award") for n in range(30)))


def test_a_large_table_is_looked_at_and_carried_out_by_the_worker(
    large: bytes, contributor: Client, work_off: Work
) -> None:
    url = send(contributor, "grants", large)
    assert "0 rows looked at" in text(contributor, url)
    work_off()
    assert contributor.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "would add <strong>30</strong>" in text(contributor, url)
    for _ in range(2):
        contributor.post(url)
    assert "Carrying it out" in text(contributor, url)
    assert GrantAward.objects.count() == 0
    work_off()
    assert "30 added" in text(contributor, url)
    assert TableImport.objects.get().rows_seen == 30
    uploads.write_table.func(TableImport.objects.get().pk)  # Begun once more, as after a crash.
    assert GrantAward.objects.count() == 30


def test_a_large_table_of_another_noun_is_refused_with_its_limit(large: bytes, contributor: Client) -> None:
    rows = as_csv(("slug", "speaker", "kind", "paraphrase"), *(("", "S", "claim", f"{n}") for n in range(30)))
    assert "more than 10 rows" in text(contributor, send(contributor, "statements", rows))
    assert not DBTaskResult.objects.exists()


def test_the_command_imports_a_table_of_awards(alice: User, tmp_path: Path, capsys: Any) -> None:
    factories.state("IL")
    factories.program(slug="jag")
    path = tmp_path / "awards.csv"
    path.write_bytes(as_csv(AWARDS, ("", "jag", "illinois", "R", 2016, "award")))
    call_command("import_awards", path, "--by", "alice")
    assert "Added 1, changed 0, unchanged 0." in capsys.readouterr().out
    path.write_bytes(as_csv(AWARDS, ("", "jag", "illinois", "R", "x", "gift")))
    with pytest.raises(CommandError, match=r"2 problems\.\nrow 2, fiscal_year \(x\)"):
        call_command("import_awards", path, "--by", "alice")
    for by, missing in (("nobody", path), ("alice", tmp_path / "absent.csv")):
        with pytest.raises(CommandError):
            call_command("import_awards", missing, "--by", by)
    assert GrantAward.objects.count() == 1
