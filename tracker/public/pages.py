"""Pages of a list by key: each starts where the last one ended, whatever was published meanwhile."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from tracker.public import cursors
from tracker.public.ledger import DatasetVersion
from tracker.public.order import beyond
from tracker.public.select import Selection

LONGEST_KEPT = 24 * 60 * 60
"""Seconds for which a count is kept; it is never wrong, only no longer asked for."""


@dataclass(frozen=True)
class Page:
    """One page of rows, the cursors of its neighbours (empty where there is none), and the number of rows in all."""

    rows: list[Any]
    next: str
    previous: str
    count: int


def page(selection: Selection, version: DatasetVersion) -> Page:
    """The page that the selection's cursor and size ask for, in a constant number of queries."""
    place, rows = selection.place, selection.queryset
    backwards = place is not None and place.backwards
    if place is not None:
        rows = rows.filter(beyond(selection.order, place.values, backwards=backwards))
    if backwards:
        rows = rows.order_by(*(key.expression(backwards=True) for key in selection.order))
    found = list(rows[: selection.page_size + 1])
    more, found = len(found) > selection.page_size, found[: selection.page_size]
    if backwards:
        found.reverse()
    whole = place is None and not more
    return Page(
        rows=found,
        next=_cursor(selection, found[-1:], backwards=False) if more or backwards else "",
        previous=_cursor(selection, found[:1], backwards=True) if (more if backwards else place) else "",
        count=len(found) if whole else count(selection, version),
    )


def count(selection: Selection, version: DatasetVersion) -> int:
    """How many rows are selected. Counted once for each question and each state of the edition."""
    rows = selection.queryset.order_by()
    if not version.number:
        return rows.count()
    day = selection.on.isoformat() if selection.depends_on_day else ""
    asked = repr([version.hash, selection.noun.name, sorted(selection.parameters.items()), day])
    key = f"count:{hashlib.sha256(asked.encode()).hexdigest()}"
    known: int | None = cache.get(key)
    if known is None:
        known = rows.count()
        cache.set(key, known, timeout=LONGEST_KEPT)
    return known


def _cursor(selection: Selection, edge: list[Any], *, backwards: bool) -> str:
    """The cursor beyond the page's last or first row; none when the page is empty."""
    asked = cursors.question(selection.noun.name, selection.parameters, selection.order)
    return cursors.write(asked, selection.order, edge[0], backwards=backwards) if edge else ""
