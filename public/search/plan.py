"""The parts of a search in SQL that a database's own module fills in and `public.search.searching` puts together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from nouns.databases import PUBLISHED

OPEN, CLOSE = "\ue000", "\ue001"
"""Characters of the private use area that mark what was found in a snippet."""

MOST_COUNTED = 10_000
"""Records of one noun that are counted. Of more it is only said that there are more."""

Condition = tuple[str, list[object]]
"""A condition on an entry in SQL, with its parameters."""


@dataclass(frozen=True)
class Plan:
    """A search in SQL, over search entries called `entry`. Every value is a parameter.

    `source` is FROM with a whole WHERE; `rank` orders ascending, best first; `snippet` is the text of an entry with
    OPEN and CLOSE around what was found. `demands` are, for each alternative, the words that it cannot do without, as
    an array in SQL, where the database counts words.
    """

    source: str
    rank: str
    snippet: str
    source_params: list[object]
    rank_params: list[object] = field(default_factory=list)
    snippet_params: list[object] = field(default_factory=list)
    demands: list[Condition] = field(default_factory=list)

    def narrowed(self, conditions: list[Condition]) -> tuple[str, list[object]]:
        """The source with further conditions, and its parameters."""
        sql = "".join(f" AND {condition}" for condition, _ in conditions)
        return f"{self.source}{sql}", [*self.source_params, *(value for _, values in conditions for value in values)]


@dataclass(frozen=True)
class Found:
    """How many records of each noun match, MOST_COUNTED + 1 meaning more, and the keys of the entries to be ranked."""

    counts: dict[str, int]
    keys: list[int]


class TooCommon(RuntimeError):
    """The words are in so many records that the database gave up looking for those with all of them."""

    def __init__(self) -> None:
        super().__init__("These words are in too many records to be looked for together; name a rarer one.")


def fetch(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement over the edition."""
    with connections[PUBLISHED].cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
