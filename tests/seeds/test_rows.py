"""The tables are read as a whole, and every fault of every row is named at once."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from seeds.checks import SeedError
from seeds.rows import DATA, SeedErrors, Seeds, read, row_classes
from tests.seeds.conftest import spoil


def faults(folder: Path) -> list[SeedError]:
    with pytest.raises(SeedErrors) as raised:
        read(folder)
    return list(raised.value.errors)


def the_fault(folder: Path) -> SeedError:
    errors = faults(folder)
    assert len(errors) == 1, "\n".join(map(str, errors))
    return errors[0]


def lines(folder: Path, table: str) -> list[list[str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def line_of(folder: Path, table: str, slug: str) -> int:
    return next(number for number, cells in enumerate(lines(folder, table), 1) if cells[0] == slug)


def test_the_projects_own_tables_are_good(all_seeds: Seeds) -> None:
    assert {name: bool(rows) for name, rows in vars(all_seeds).items()} == dict.fromkeys(row_classes(), True)
    assert {path.stem for path in DATA.glob("*.csv")} == set(row_classes()), "A table that nothing reads."


def test_all_states_and_counties_are_there(all_seeds: Seeds) -> None:
    kinds = Counter(row.kind for row in all_seeds.jurisdictions)
    assert (kinds["nation"], kinds["state"], kinds["county"]) == (1, 56, 3235)


def test_tables_that_are_written_and_read_again_are_the_same(seeds: Seeds, tables: Path) -> None:
    assert read(tables) == seeds


SPOILT_CELLS = [
    ("letters", "sent_on", "21 April 2017", "is not a date", "2014-07-21"),
    ("letters", "sent_on", "2017-02-30", "is not in the calendar", "2014-07-21"),
    ("letters", "sent_on", "2017-13", "is not in the calendar", "2014-07"),
    ("letters", "slug", "2017-04-21 California", "is not like", "cook-county-il"),
    ("letters", "slug", "", "is empty", "cook-county-il"),
    ("letters", "recipient_as_written", "", "is empty", "at most 200 characters"),
    ("letters", "recipient_as_written", "A" * 201, "has 201 characters", "at most 200 characters"),
    ("letters", "addressee", " Kathleen Howard", "has spaces at its beginning or end", "'Kathleen Howard'"),
    ("letters", "state", "CALI", "is not one of the words", "AL, AK"),
    ("letters", "state", "CA", "stands beside a jurisdiction", "Leave it empty"),
    ("letters", "received_on", "2017-04-20", "lies before sent_on", "or later"),
    ("letters", "jurisdiction", "californa", "is no row of jurisdictions.csv", "Did you mean california?"),
    ("letters", "batch", "2017-04-22", "is no row of letter_batches.csv", "Did you mean 2017-04-21?"),
    ("letters", "legal_authorities", "8-usc-1373;8-usc-1373", "names a row twice", "semicolons"),
    ("letters", "legal_authorities", "8-usc-1373;9-xyz-1", "is no row of legal_authorities.csv", "the slug of a row"),
    ("letters", "cited_awards", "2016-jag-miami-dade-county-fl, 2", "is not like", "cook-county-il"),
    ("letters", "confidence", "sure", "is not one of the words", "high, medium, low"),
    ("letter_events", "kind", "reply", "is not one of the words", "response"),
    ("letter_events", "due_on", "", "is empty", "says when it is due"),
    ("letter_events", "due_on", "2017-04-20", "lies before the day that it was set", "the day that it is due"),
    ("letter_events", "outcome", "cleared", "does not fit the kind", "An assessment has an outcome"),
    ("grants", "amount", "$2,181,680", "is not an amount", "481347.50"),
    ("grants", "amount", "-1", "is not an amount", "481347.50"),
    ("grants", "fiscal_year", "FY08", "is not a whole number from 1990 to 2100", "digits alone"),
    ("grants", "fiscal_year", "1889", "is not a whole number from 1990 to 2100", "digits alone"),
    ("grant_programs", "assistance_listing", "16738", "is not like 16.738", "16.738"),
    ("jurisdictions", "geoid", "1703", "is not like", "17031"),
    ("jurisdictions", "latitude", "41.8°", "is not a coordinate", "41.837107"),
    ("jurisdictions", "latitude", "41.8", "stands without the other coordinate", "both"),
    ("jurisdictions", "population_year", "2022", "stands without a population", "or neither"),
    ("jurisdictions", "state", "IL", "does not fit the kind", "The nation has no state"),
    ("jurisdictions", "parent", "chicago-il", "leads back to this row", "above itself"),
    ("sources", "url", "www.wlrn.org/news", "is not the address of a page", "https://"),
    ("sources", "sha256", "ABC", "is not like 64 hexadecimal digits", "64 hexadecimal digits"),
    ("statements", "quote", "", "is empty", "the exact words"),
    ("statements", "period", "", "is empty", "what period it covers"),
    ("policies", "ended_on", "2016-01-03", "lies before the start", "or later"),
    ("policies", "outcome", "proposed", "is not that of a policy with an effect", "Only an adopted policy"),
    ("federal_actions", "ended_on", "1995", "lies before issued_on", "or later"),
    ("designations", "removed_on", "2016-05-30", "lies before designated_on", "after it is listed"),
    ("policies", "supersedes", "executive-order-5-16-philadelphia-pa", "leads back to this row", "above itself"),
    ("award_shares", "amount", "1550961", "brings the shares to 1550961, and the award is 1550960", "parts"),
    ("citations", "field", "sent", "is no field of letters", "Did you mean sent_on?"),
    ("citations", "record", "2017-04-21-californa", "is no row of letters.csv", "2017-04-21-california"),
    ("citations", "source", "doj-pr-17-437", "is no row of sources.csv", "Did you mean doj-pr-17-436?"),
]


def a_line_for(folder: Path, table: str, column: str, text: str) -> int:
    """The line to spoil: the first one, or one of the kind that the fault is about."""
    line = {
        ("jurisdictions", "geoid"): "chicago-il",
        ("jurisdictions", "latitude"): "orleans-parish-la",
        ("jurisdictions", "population_year"): "united-states",
        ("jurisdictions", "parent"): "cook-county-il",
        ("statements", "quote"): "doj-2017-crumbling",
        ("statements", "period"): "bjs-2016-jag-total",
        ("policies", "ended_on"): "executive-order-5-16-philadelphia-pa",
        ("policies", "outcome"): "executive-order-5-16-philadelphia-pa",
        ("policies", "supersedes"): "executive-order-5-16-philadelphia-pa",
    }.get((table, column))
    if table == "citations":
        return next(
            n for n, cells in enumerate(lines(folder, table), 1) if cells[:2] == ["letters", "2017-04-21-california"]
        )
    return line_of(folder, table, line) if line else 2


@pytest.mark.parametrize(("table", "column", "text", "reason", "right"), SPOILT_CELLS)
def test_a_spoilt_cell_is_named_with_its_place_its_value_and_what_would_be_right(
    tables: Path, table: str, column: str, text: str, reason: str, right: str
) -> None:
    line = a_line_for(tables, table, column, text)
    spoil(tables, table, line, **{column: text})
    errors = [error for error in faults(tables) if error.column == column and error.line == line]
    assert len(errors) == 1
    [error] = errors
    assert error.file == f"{table}.csv"
    assert error.value in text or text in error.value
    assert reason in error.reason
    assert right in error.right
    assert str(error).startswith(f"{table}.csv line {line}, column {column}: ")


def test_all_faults_of_all_tables_are_named_at_once_in_the_order_of_the_tables(tables: Path) -> None:
    spoil(tables, "letters", 3, sent_on="21.4.2017", addressee_title="B" * 161, sender_agency="nobody")
    spoil(tables, "letters", 2, confidence="")
    spoil(tables, "jurisdictions", 2, kind="realm")
    spoil(tables, "citations", 2, stance="doubts")
    places = [(error.file, error.line, error.column) for error in faults(tables)]
    assert places == [
        ("jurisdictions.csv", 2, "kind"),
        ("letters.csv", 2, "confidence"),
        ("letters.csv", 3, "addressee_title"),
        ("letters.csv", 3, "sent_on"),
        ("citations.csv", 2, "stance"),
    ]


def test_a_row_that_is_bad_itself_is_not_missed_by_those_that_point_to_it(tables: Path) -> None:
    spoil(tables, "legal_authorities", 2, url="nowhere")
    assert the_fault(tables).column == "url"


def header(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / f"{table}.csv"
    first, rest = path.read_text(encoding="utf-8").split("\n", 1)
    assert old in first
    path.write_text(f"{first.replace(old, new)}\n{rest}", encoding="utf-8")


def test_an_unknown_column_is_named_with_the_nearest_right_one_and_the_missing_one_too(tables: Path) -> None:
    header(tables, "questions", "guidance", "guidence")
    unknown, missing = faults(tables)
    assert (unknown.column, unknown.reason, unknown.right) == (
        "guidence",
        "is not a column of this table",
        "Did you mean guidance?",
    )
    assert (missing.column, missing.reason) == ("guidance", "is missing")


def test_a_column_that_is_there_twice_is_refused(tables: Path) -> None:
    header(tables, "questions", "position", "text")
    assert {(error.column, error.reason) for error in faults(tables)} == {
        ("text", "is there twice"),
        ("position", "is missing"),
    }


def test_a_table_without_a_file_is_named_and_its_rows_are_not_called_lost(tables: Path) -> None:
    (tables / "sources.csv").unlink()
    assert (the_fault(tables).file, the_fault(tables).reason) == ("sources.csv", "is missing")


def test_a_line_with_a_cell_too_many_is_named(tables: Path) -> None:
    with (tables / "letter_events.csv").open("a", encoding="utf-8") as file:
        file.write("2017-04-21-california,response,2017-07-01,,,Somebody, and a comma,Replied.\n")
    assert the_fault(tables).reason == "has 8 cells and the header has 7"


def test_an_open_quote_is_named_with_its_line(tables: Path) -> None:
    last = len(lines(tables, "letter_events"))
    with (tables / "letter_events.csv").open("a", encoding="utf-8") as file:
        file.write('2017-04-21-california,response,2017-07-01,,,"Somebody,Replied.\n')
    assert (the_fault(tables).line, the_fault(tables).reason[:10]) == (last + 1, "is not CSV")


def test_a_table_in_another_encoding_is_refused(tables: Path) -> None:
    (tables / "questions.csv").write_bytes("slug,codebook\nä".encode("latin-1"))
    assert "UTF-8" in faults(tables)[0].right


def test_the_line_named_is_the_one_in_the_file_when_cells_hold_line_breaks(tables: Path) -> None:
    spoil(tables, "questions", 2, guidance="One line.\nAnother line.")
    spoil(tables, "questions", 3, position="third")
    assert the_fault(tables).line == 4


@pytest.mark.parametrize(
    ("table", "column", "value_of"),
    [
        ("letters", "slug", "2017-04-21-california"),
        ("jurisdictions", "geoid", "06"),
        ("grants", "award_id", "2016djbx0578"),
        ("legal_authorities", "citation", "8 U.S.C. 1373"),
    ],
)
def test_a_value_that_another_row_has_is_refused_and_the_other_line_named(
    tables: Path, table: str, column: str, value_of: str
) -> None:
    last = len(lines(tables, table)) - (1 if table == "jurisdictions" else 0)
    if table == "jurisdictions":
        last = line_of(tables, table, "colorado")
    spoil(tables, table, last, **{column: value_of})
    doubles = [error for error in faults(tables) if error.reason.startswith("is that of line ")]
    assert [(error.line, error.column, error.value) for error in doubles] == [(last, column, value_of)]


def test_the_same_citation_twice_is_refused(tables: Path) -> None:
    with (tables / "citations.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(lines(tables, "citations")[1])
    assert the_fault(tables).reason == "is that of line 2"


def test_a_record_for_the_public_without_a_source_is_named_and_a_draft_is_not(tables: Path) -> None:
    spoil(tables, "statements", 2, slug="nobody-says-so")
    assert [error.column for error in faults(tables) if error.reason == "cites no source"] == ["slug"]
    spoil(tables, "statements", 2, confidence="low")
    assert not [error for error in faults(tables) if error.reason == "cites no source"]


def test_a_record_for_the_public_does_not_point_to_a_draft(tables: Path) -> None:
    spoil(tables, "letter_batches", 2, confidence="low")
    errors = faults(tables)
    assert {error.reason for error in errors} == {"is of low confidence and stays a draft"}
    assert len([error for error in errors if error.file == "letters.csv"]) == 9
