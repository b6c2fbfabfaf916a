"""The two commands by which scripts read lists and letters: one JSON object a line, and clear refusals."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.conftest import BOTH_DATABASES
from tests.pdfs import pdf_of

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

LETTER = """U.S. Department of Justice
Washington, D.C. 20530
April 21, 2017
The Honorable John Cullerton
President
State of Illinois
Springfield, IL 62706
Dear President Cullerton:
By June 30, 2017, you must submit all documentation.
Sincerely,
Alan R. Hanson
Acting Assistant Attorney General"""


@pytest.fixture
def places() -> None:
    """Illinois, and a county and a borough of one name."""
    for code, geoid in (("IL", "17"), ("NJ", "34")):
        place = factories.state(code)
        place.geoid = geoid
        place.save()
    for kind, geoid, name in (("county", "34023", "Middlesex County"), ("place", "3445690", "Middlesex borough")):
        factories.jurisdiction(kind=kind, geoid=geoid, full_name=name, name="Middlesex", state="NJ", slug=f"m-{kind}")


def lines(command: str, content: bytes, folder: Path, name: str) -> tuple[list[dict[str, Any]], str]:
    """What the command prints for a file with this content, and what it says beside that."""
    file, out, err = folder / name, StringIO(), StringIO()
    file.write_bytes(content)
    call_command(command, str(file), stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_each_line_of_a_list_is_resolved_or_left_open(places: None, tmp_path: Path) -> None:
    text = "\u2022 State of Illinois;\n\nMiddlesex, New Jersey\nTownship of Nowhere, New Jersey\n"
    found, _ = lines("resolve_recipients", text.encode(), tmp_path, "list.txt")
    assert [line["geoid"] for line in found] == ["17", None, None]
    assert found[0]["slug"] == "illinois"
    assert set(found[1]["candidates"]) == {"34023", "3445690"}
    assert all(line["why"] for line in found)


@pytest.mark.parametrize(("name", "content"), [("letter.pdf", pdf_of([LETTER])), ("letter.txt", LETTER.encode())])
def test_a_letter_is_read_from_a_pdf_as_from_a_text(places: None, tmp_path: Path, name: str, content: bytes) -> None:
    found, told = lines("read_letter", content, tmp_path, name)
    said = {line["field"]: line for line in found}
    assert (said["sent_on"]["value"], said["due_on"]["value"]) == ("2017-04-21", "2017-06-30")
    assert (said["recipient"]["value"], said["recipient"]["quote"]) == ("17", "State of Illinois")
    assert {line["page"] for line in found} == {1}
    assert told == ""


def test_a_scan_yields_nothing_and_that_is_told(places: None, tmp_path: Path) -> None:
    found, told = lines("read_letter", pdf_of([""]), tmp_path, "scan.pdf")
    assert found == []
    assert "The document has no text" in told


@pytest.mark.parametrize("command", ["resolve_recipients", "read_letter"])
def test_what_cannot_be_read_is_refused(places: None, tmp_path: Path, command: str) -> None:
    with pytest.raises(CommandError, match=r"gone\.txt cannot be read: No such file"):
        call_command(command, str(tmp_path / "gone.txt"))
    with pytest.raises(CommandError, match="neither a PDF nor a text"):
        lines(command, b"\x00\x01\x02" * 50, tmp_path, "noise.txt")


@pytest.mark.parametrize("command", ["resolve_recipients", "read_letter"])
def test_a_record_without_places_says_so(db: None, tmp_path: Path, command: str) -> None:
    with pytest.raises(CommandError, match="The record has no places yet"):
        lines(command, b"State of Illinois", tmp_path, "list.txt")
