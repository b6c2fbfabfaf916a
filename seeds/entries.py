"""The seed rows as the record knows them: each noun's row with all that belongs to it, and a digest of the whole."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256

from nouns.declarations import noun_models, parent_key
from nouns.noun import PublicNoun
from seeds.checks import references
from seeds.record_rows import Citation
from seeds.reference_rows import NounRow, Row
from seeds.rows import Seeds, row_classes

MODELS: dict[str, type[PublicNoun]] = {
    table: noun_models()[noun] for table in row_classes() if (noun := table.replace("_", "-")) in noun_models()
}
"""The model of each table of nouns, in an order in which a row comes after those of other tables that it points to."""

CHILD_TABLES: dict[tuple[str, str], str] = {
    ("jurisdictions", "names"): "jurisdiction_names",
    ("policies", "events"): "policy_events",
    ("policies", "answers"): "policy_answers",
    ("grants", "shares"): "award_shares",
    ("letters", "events"): "letter_events",
    ("lawsuits", "parties"): "lawsuit_parties",
    ("lawsuits", "events"): "lawsuit_events",
}
"""The table of what belongs to a noun, by the noun's table and the relation. Citations have one table for all."""

SEEDED = "seed "
"""How the change reason of a history row begins that the loader wrote; the digest follows."""


@dataclass(frozen=True)
class Entry:
    """One row of a table of nouns, with the rows that belong to it by relation, each in the order of its file."""

    table: str
    row: NounRow
    children: Mapping[str, tuple[Row, ...]]

    @property
    def slug(self) -> str:
        """The slug of the noun."""
        return self.row.slug

    @property
    def address(self) -> str:
        """The noun and its slug, as an address has them: letters/2017-04-21-chicago-il."""
        return f"{MODELS[self.table].NOUN}/{self.slug}"

    @property
    def is_for_the_public(self) -> bool:
        """Whether it is published: all but rows of low confidence."""
        return getattr(self.row, "confidence", "high") != "low"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of every cell of the row and of what belongs to it."""
        rows = {"row": [self.row], **self.children}
        content = {name: [asdict(row) for row in each] for name, each in rows.items()}  # type: ignore[call-overload]  # Every Row below the base is a dataclass.
        return sha256(json.dumps(content, default=str).encode()).hexdigest()

    def above(self) -> set[str]:
        """The slugs of the rows of its own table that it points to, which are written before it."""
        return {slug for _column, cell, slug in references(self.row) if cell.table == self.table}

    def sources(self) -> set[str]:
        """The slugs of the sources that it cites."""
        return {row.source for row in self.children.get("citations", ()) if isinstance(row, Citation)}


def entries(seeds: Seeds) -> dict[str, list[Entry]]:
    """Every noun's rows by table, in the order of MODELS."""
    children: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for (table, relation), child_table in CHILD_TABLES.items():
        parent = parent_key(MODELS[table], relation)
        for row in getattr(seeds, child_table):
            children[table, getattr(row, parent), relation].append(row)
    for citation in seeds.citations:
        children[citation.table, citation.record, "citations"].append(citation)
    return {
        table: [
            Entry(table, row, {name: tuple(children[table, row.slug, name]) for name in model.CHILDREN})
            for row in getattr(seeds, table)
        ]
        for table, model in MODELS.items()
    }
