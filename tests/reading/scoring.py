"""The corpus of letters: texts in the shape of real ones, with what each says, in four parts."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reading.letters import read
from reading.places import Gazetteer, Place

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
SEED_TABLES = HERE.parent.parent / "seeds" / "data"

PARTS = ("seen", "held_out", "hostile", "as_sent")
"""`seen` was there while the rules were tuned; the others were written afterwards, each by a plan of its own. `as_sent`
has the settings, and where they are federal works the words, of letters sent from 2008 to 2025 as scanners and sites
give them, and what is easily taken for one: orders of courts, releases, articles, memoranda, replies. What persons of
other governments say in it is made up.
"""

Fact = tuple[str, str]


@dataclass(frozen=True)
class Document:
    """A document of the corpus and the fields and values that it states."""

    name: str
    pages: list[str]
    facts: frozenset[Fact]

    def proposed(self) -> frozenset[Fact]:
        """What reading it proposes."""
        return frozenset((found.field, found.value) for found in read(self.pages, seed_gazetteer()))


@dataclass(frozen=True)
class Score:
    """How many proposals of each field are right, wrong and missing, and which are wrong or missing."""

    right: Counter[str]
    wrong: Counter[str]
    missing: Counter[str]
    faults: list[str]

    def precision(self, field: str) -> float:
        proposed = self.right[field] + self.wrong[field]
        return self.right[field] / proposed if proposed else 1.0

    def recall(self, field: str) -> float:
        stated = self.right[field] + self.missing[field]
        return self.right[field] / stated if stated else 1.0


def documents(part: str) -> list[Document]:
    """The documents of a part of the corpus."""
    facts: dict[str, set[Fact]] = {}
    for row in _rows(CORPUS / part / "expected.csv"):
        facts.setdefault(row["letter"], set()).add((row["field"], row["value"]))
    return [
        Document(path.stem, path.read_text(encoding="utf-8").split("\f"), frozenset(facts.get(path.stem, ())))
        for path in sorted((CORPUS / part).glob("*.txt"))
    ]


def score(part: str) -> Score:
    """The score of reading a part of the corpus."""
    found = Score(Counter(), Counter(), Counter(), [])
    for document in documents(part):
        proposed = document.proposed()
        for counter, facts in (
            (found.right, proposed & document.facts),
            (found.wrong, proposed - document.facts),
            (found.missing, document.facts - proposed),
        ):
            counter.update(field for field, _ in facts)
        found.faults.extend(f"{document.name}: wrong {fact}" for fact in sorted(proposed - document.facts))
        found.faults.extend(f"{document.name}: missing {fact}" for fact in sorted(document.facts - proposed))
    return found


@cache
def seed_gazetteer() -> Gazetteer:
    """The places of the seed record."""
    names: dict[str, list[str]] = {}
    for row in _rows(SEED_TABLES / "jurisdiction_names.csv"):
        names.setdefault(row["jurisdiction"], []).append(row["name"])
    rows = _rows(SEED_TABLES / "jurisdictions.csv")
    geoids = {row["slug"]: row["geoid"] for row in rows}
    return Gazetteer(
        Place(
            geoid=row["geoid"],
            slug=row["slug"],
            kind=row["kind"],
            name=row["name"],
            full_name=row["full_name"],
            state=row["state"],
            other_names=tuple(names.get(row["slug"], ())),
            coextensive_with=geoids.get(row["coextensive_with"], ""),
        )
        for row in rows
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
