"""The parts of a search in SQL that a database's own module fills in and `public.search.searching` puts together."""

from __future__ import annotations

from dataclasses import dataclass, field

OPEN, CLOSE = "\ue000", "\ue001"
"""Characters of the private use area that mark what was found in a snippet."""


@dataclass(frozen=True)
class Plan:
    """A search in SQL, over search entries called `entry`. Every value is a parameter.

    `source` is FROM with a whole WHERE; `rank` orders ascending, best first; `snippet` is the text of an entry with
    OPEN and CLOSE around what was found.
    """

    source: str
    rank: str
    snippet: str
    source_params: list[str]
    rank_params: list[str] = field(default_factory=list)
    snippet_params: list[str] = field(default_factory=list)
