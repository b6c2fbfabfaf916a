from __future__ import annotations

import csv

import pytest

from reading.recipients import resolve, resolve_list
from tests.reading.scoring import CORPUS, SEED_TABLES, seed_gazetteer


def slug(line: str) -> str:
    place = resolve(line, seed_gazetteer()).place
    return place.slug if place else ""


def test_the_mailings_of_29_and_23_resolve_as_the_record_has_them() -> None:
    with (SEED_TABLES / "letters.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["batch"] in {"2017-11-15", "2018-01-24", "2025-08-13"}]
    assert len(rows) > 80
    wrong = [row["recipient_as_written"] for row in rows if slug(row["recipient_as_written"]) != row["jurisdiction"]]
    assert wrong == []


def test_middlesex_stays_open_with_its_candidates() -> None:
    found = resolve("Middlesex, New Jersey", seed_gazetteer())
    assert found.place is None
    assert {place.slug for place in found.candidates} == {"middlesex-county-nj", "middlesex-nj"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("• City and County of Denver, Colorado;", "denver-co"),
        ("(3) Dona Ana County, N.M.; and", "dona-ana-county-nm"),
        ("La Salle County, Illinois", "lasalle-county-il"),
        ("Prince Georges County, MD", "prince-georges-county-md"),
        ("Washington, District of Columbia", "district-of-columbia"),
        ("Mayor Jim Kenney, City of Philadelphia, Pennsylvania", "philadelphia-pa"),
        ("Eddie Johnson, Superintendent, Chicago Police Department", "chicago-il"),
        ("New York, New York", "new-york-city-ny"),
        ("New York", ""),
        ("State of New York", "new-york"),
        ("City of Richmond, Virginia", "richmond-city-va"),
        ("Richmond, Virginia", ""),
        ("Springfield, Illinois", ""),
        ("San Diego, California", ""),
        ("Washington County", ""),
        ("Skokie Police Department, Cook County, Illinois", ""),
        ("Kansas City, Missouri", ""),
        ("Rochester", ""),
        ("Police Department of Portland", ""),
        ("Philadelphia Police Department", "philadelphia-pa"),
        ("Baltimore County Executive, Maryland", "baltimore-county-md"),
    ],
)
def test_a_line_resolves_or_stays_open(line: str, expected: str) -> None:
    assert slug(line) == expected


def test_the_writings_of_releases_and_letters_resolve_or_stay_open() -> None:
    with (CORPUS / "recipients.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["line"], slug(row["line"])) for row in rows if slug(row["line"]) != row["jurisdiction"]] == []


def test_every_county_resolves_by_its_full_name_and_state() -> None:
    gazetteer = seed_gazetteer()
    counties = [place for place in gazetteer.places if place.kind == "county"]
    wrong = [
        str(county) for county in counties if resolve(f"{county.full_name}, {county.state}", gazetteer).place != county
    ]
    # One government each, which the record has as the city and as the District.
    assert wrong == ["District of Columbia, DC", "Baltimore city, MD"]


def test_a_heading_says_what_the_next_lines_name() -> None:
    found = resolve_list(["States:", "New York", "", "Cities:", "New York"], seed_gazetteer())
    assert [one.place.slug for one in found if one.place] == ["new-york"]
