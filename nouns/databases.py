"""The two databases that hold every public noun, and how much one query may ask of them.

The record (alias `default`) is what staff write; the edition (alias `published`) is what the public reads. Both hold
the same models.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS

RECORD = DEFAULT_DB_ALIAS
PUBLISHED = "published"

BATCH = 500
"""Keys in one query and rows in one statement or read at a time. SQLite's limit on an expression's depth is 1,000."""
UPDATED_AT_ONCE = 100
"""Rows in one statement that updates them: it tries a case per row for each row, so its cost grows with the square."""

ItemT = TypeVar("ItemT")


def batches(items: Iterable[ItemT]) -> Iterator[list[ItemT]]:
    """The items in their order, in groups that one query can take."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
