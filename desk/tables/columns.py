"""The header of a table: each column known, named once, and one that may be set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from desk.tables.problems import Problem, Refused
from desk.tables.resources import COLUMNS, NounResource, protected
from nouns.noun import PublicNoun
from public.engine.spreadsheets import plain

KEY = "slug"
CITATION_COLUMNS = ("source", "locator", "quote")
"""They add a citation to the row's record. Where the record has a field of that name, the column is the field's."""

DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
"""What other programs part columns with."""


def citation_columns(table: NounResource) -> tuple[str, ...]:
    """The columns of this table that make a citation."""
    model: type[PublicNoun] = table._meta.model
    own = table.columns
    return tuple(name for name in CITATION_COLUMNS if name not in own) if "citations" in model.CHILDREN else ()


def check_header(table: NounResource, header: Sequence[str]) -> list[str]:
    """The names of the columns. Raises Refused, naming everything that is wrong with them."""
    names = [plain(cell) for cell in header]
    allowed = (*table.columns, *citation_columns(table))
    problems = []
    for place, name in enumerate(names, 1):
        if not name:
            problems.append(Problem(1, "", "", f"Column {place} has no name."))
        elif name not in allowed:
            problems.append(Problem(1, name, "", _why_not(table, name, allowed)))
    for name, times in Counter(names).items():
        if name and times > 1:
            places = " and ".join(str(place) for place, other in enumerate(names, 1) if other == name)
            problems.append(Problem(1, name, "", f"The column stands {times} times (places {places}). Keep one."))
    if KEY not in names:
        reason = "The column is missing. It says which record a row is about; leave its cells empty for new ones."
        problems.append(Problem(1, KEY, "", reason))
    if problems:
        raise Refused(problems)
    return names


def _why_not(table: NounResource, name: str, allowed: Sequence[str]) -> str:
    if reason := protected(table._meta.model, name):
        return f"The column is never read. {reason} Take it out."
    if name in COLUMNS:
        return (
            f"In the public tables this is the record's own page, and is not read. The field is {COLUMNS[name]} here."
        )
    for delimiter, word in DELIMITERS.items():
        if set(name.split(delimiter)) & set(allowed):
            return f"Columns are parted by {word} here. Save the table with commas."
    nearest = get_close_matches(name.lower().replace(" ", "_"), allowed, n=1)
    return (
        f"No such column. Did you mean {nearest[0]}?"
        if nearest
        else f"No such column. There are: {', '.join(allowed)}."
    )
