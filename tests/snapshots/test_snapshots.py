"""Snapshots: the same rows as the API in every form, built once for each state of the edition, and served whole."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client

from config.release import RELEASE
from public.engine.dataset import dataset_version
from public.nouns import NOUNS
from snapshots import store
from snapshots.build import TRIES, NeverStill, build
from snapshots.store import Snapshot
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.surfaces import read
from tracker.models import Letter

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

DATA = RELEASE.data
NOON = datetime(2017, 7, 1, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _folder_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.SNAPSHOTS_ROOT = tmp_path
    settings.PUBLIC_URL = "https://tracker.example"


@pytest.fixture
def built(publish: Publish) -> Snapshot:
    """The snapshot of two records of every noun and a disputed letter, as of 1 July 2017."""
    letter = factories.letter(demand="=HYPERLINK(1)")
    factories.cite(letter, field="sent_on", stance="contradicts", quote="Thursday")
    publish(letter, *(make() for make in factories.MAKERS.values() for _ in range(2)))
    return made(build(NOON))


def made(snapshot: Snapshot | None) -> Snapshot:
    assert snapshot is not None
    return snapshot


def path_of(snapshot: Snapshot, form: str) -> Path:
    return next(snapshot.path(file) for file in snapshot.files if file.form == form)


def unpacked(snapshot: Snapshot, form: str) -> dict[str, bytes]:
    with ZipFile(path_of(snapshot, form)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


@time_machine.travel(NOON, tick=False)
def test_tables_and_lines_are_what_the_api_answers(built: Snapshot, client: Client) -> None:
    tables, lines = unpacked(built, "csv"), unpacked(built, "json")
    for noun in NOUNS:
        _, body, _ = read(client, f"/api/v1/{noun}.csv")
        assert tables[f"{noun}.csv"] == body
        records = [json.loads(line) for line in lines[f"{noun}.jsonl"].splitlines()]
        assert [record["slug"] for record in records] == [row["slug"] for row in rows_of(body)]
        assert records[0] == client.get(f"/api/v1/{noun}/{records[0]['slug']}/").json()


def test_the_sqlite_file_holds_the_rows_of_the_tables_with_their_keys(built: Snapshot) -> None:
    database = sqlite3.connect(path_of(built, "sqlite"))
    for name, text in unpacked(built, "csv").items():
        if name.endswith(".csv"):
            kept = database.execute(f'SELECT * FROM "{name.removesuffix(".csv").replace("-", "_")}" ORDER BY rowid')
            for row, told in zip(kept.fetchall(), rows_of(text), strict=True):
                assert all(map(_is_same, row, told.values())), (name, row, told)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    about = dict(database.execute("SELECT name, value FROM about").fetchall())
    assert about["version"] == str(dataset_version().number)
    database.close()


def _is_same(kept: str | float | None, told: str) -> bool:
    """Whether SQLite holds what a cell of the CSV says: numbers by value, texts without the guard of a formula."""
    if isinstance(kept, str):
        return told in {kept, f"'{kept}"}
    return told == "" if kept is None else float(told) == kept


def test_the_data_package_describes_its_tables_truly(built: Snapshot) -> None:
    """By the rules of the Table Schema: names, types, constraints, primary and foreign keys, sizes and checksums."""
    files = unpacked(built, "csv")
    package = json.loads(files.pop("datapackage.json"))
    assert package["profile"] == "tabular-data-package"
    assert {resource["path"] for resource in package["resources"]} == set(files)
    keys = {
        resource["name"]: {row["slug"] for row in rows_of(files[resource["path"]]) if "slug" in row}
        for resource in package["resources"]
    }
    for resource in package["resources"]:
        text, schema = files[resource["path"]], resource["schema"]
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        assert (resource["bytes"], resource["hash"]) == (len(text), f"sha256:{hashlib.sha256(text).hexdigest()}")
        header = next(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
        assert header == [field["name"] for field in schema["fields"]]
        rows = rows_of(text)
        for field in schema["fields"]:
            for cell in filter(None, (row[field["name"]] for row in rows)):
                assert _fits(cell, field), (resource["name"], field["name"], cell)
        if "primaryKey" in schema:
            assert len(keys[resource["name"]]) == len(rows)
        for key in schema.get("foreignKeys", ()):
            pointed = {row[key["fields"]] for row in rows} - {""}
            assert pointed <= keys[key["reference"]["resource"] or resource["name"]], (resource["name"], key)


def _fits(cell: str, field: dict[str, Any]) -> bool:
    rules = field.get("constraints", {})
    types = {"integer": r"-?\d+", "number": r"-?\d+(\.\d+)?", "string": r"(?s).*"}
    return (
        re.fullmatch(types[field["type"]], cell) is not None
        and re.fullmatch(rules.get("pattern", "(?s).*"), cell) is not None
        and cell in rules.get("enum", [cell])
    )


def test_a_draft_is_in_no_file(built: Snapshot, publish: Publish) -> None:
    factories.letter(recipient_as_written="canarybird", demand="canarybird")
    publish(factories.agency())
    later = made(build(NOON))
    everything = b"".join([*unpacked(later, "csv").values(), *unpacked(later, "json").values()])
    assert b"canarybird" not in everything + path_of(later, "sqlite").read_bytes()


def test_a_state_of_the_edition_is_built_once_and_the_last_three_are_kept(
    built: Snapshot, publish: Publish, tmp_path: Path
) -> None:
    assert build(NOON) == built == store.current()
    names = [built.name]
    for _ in range(3):
        publish(factories.agency())
        names.append(made(build(NOON)).name)
    assert made(store.current()).name == names[-1]
    assert {path.name for path in tmp_path.iterdir()} == {*names[1:], "current"}


def test_a_build_begins_anew_when_something_is_published_meanwhile(
    built: Snapshot, publish: Publish, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def moving(times: int) -> Callable[..., Any]:
        """Publish something at the end of the first builds."""
        left = [times] * times

        def described(form: str, path: Path) -> store.File:
            if form == "csv" and left:
                left.pop()
                publish(factories.agency())
            return real(form, path)

        return described

    real = store.described
    publish(factories.agency())
    monkeypatch.setattr(store, "described", moving(1))
    again = made(build(NOON))
    assert again.number == dataset_version().number
    assert len(rows_of(unpacked(again, "csv")["agencies.csv"])) == len(NOUNS["agencies"].rows(NOON.date()))
    publish(factories.agency())
    monkeypatch.setattr(store, "described", moving(TRIES))
    with pytest.raises(NeverStill):
        build(NOON)
    assert store.current() == again
    assert not list(tmp_path.glob(".*"))


def test_nothing_is_built_while_nothing_is_public() -> None:
    assert build(NOON) is None


def test_every_form_names_the_licence_and_the_software(built: Snapshot) -> None:
    database = sqlite3.connect(path_of(built, "sqlite"))
    told = dict(database.execute("SELECT name, value FROM about").fetchall())
    database.close()
    for about in (
        json.loads(unpacked(built, "csv")["datapackage.json"]),
        json.loads(unpacked(built, "json")["about.json"]),
        {**told, "licenses": json.loads(told["licenses"])},
    ):
        assert about["licenses"] == [{"name": DATA.spdx, "title": DATA.name, "path": DATA.url}]
        assert DATA.covers in about["description"]
        assert about["software_version"] == RELEASE.version


def test_files_are_offered_with_their_checksum_and_kept_for_good(built: Snapshot, client: Client) -> None:
    page = client.get("/data/").content.decode()
    for file in built.files:
        assert file.sha256 in page
        latest = client.get(f"/data/latest/{file.form}")
        assert latest["Location"] in page
        status, body, _ = read(client, latest["Location"])
        assert (status, hashlib.sha256(body).hexdigest()) == (200, file.sha256)
        answer = client.head(latest["Location"])
        answer.close()
        assert (answer["Content-Length"], answer["ETag"]) == (str(file.size), f'"{file.sha256}"')
        assert "immutable" in answer["Cache-Control"]
        assert f'filename="{file.name}"' in answer["Content-Disposition"]
        assert client.get(latest["Location"], headers={"If-None-Match": answer["ETag"]}).status_code == 304
    for wrong in ("latest/xml", f"snapshots/{built.name}/manifest.json", "snapshots/none/a", "snapshots/../a"):
        assert client.get(f"/data/{wrong}").status_code == 404


def test_the_page_changes_as_soon_as_a_snapshot_is_offered(published_letter: Letter, client: Client) -> None:
    before = client.get("/data/")
    assert "being built" in before.content.decode()
    build(NOON)
    after = client.get("/data/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "Everything at once" in after.content.decode()


def test_catalogues_find_the_files_and_the_api(built: Snapshot, client: Client) -> None:
    catalog = client.get("/data.json").json()
    (dataset,) = catalog["dataset"]
    required = {"title", "description", "keyword", "modified", "publisher", "contactPoint", "identifier", "accessLevel"}
    assert required <= set(dataset)
    assert dataset["license"] == DATA.url
    assert DATA.covers in dataset["rights"]
    assert catalog["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    downloads = [entry["downloadURL"] for entry in dataset["distribution"] if "downloadURL" in entry]
    assert downloads == [f"https://tracker.example/data/latest/{form}" for form in ("csv", "sqlite", "json")]
    assert {client.get(url.removeprefix("https://tracker.example")).status_code for url in downloads} == {302}
