"""Pages of a list by key: each starts where the last one ended, whatever was published meanwhile.

A cursor is the position of a row in the order, signed, and good for the question it was made for only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.db.models import QuerySet

from tracker.public.errors import BadQuery, ParameterError
from tracker.public.ledger import DatasetVersion
from tracker.public.order import beyond
from tracker.public.select import Selection

CURSOR_VERSION = 1
_SIGNER = signing.Signer(salt="tracker.public.pages")


@dataclass(frozen=True)
class Page:
    """One page of rows, the cursors of its neighbours (empty where there is none), and the number of rows in all."""

    rows: list[Any]
    next: str
    previous: str
    count: int


def page(selection: Selection, version: DatasetVersion) -> Page:
    """The page that the selection's cursor and size ask for, in a constant number of queries.

    Raises BadQuery naming `cursor` when that was not made for this question.
    """
    backwards, values = _read_cursor(selection)
    rows = selection.queryset
    if values:
        rows = rows.filter(beyond(selection.order, values, backwards=backwards))
    if backwards:
        rows = rows.order_by(*(key.expression(backwards=True) for key in selection.order))
    found = list(rows[: selection.page_size + 1])
    more, found = len(found) > selection.page_size, found[: selection.page_size]
    if backwards:
        found.reverse()
    has_next = bool(found) and (more or backwards)
    has_previous = bool(found) and (more if backwards else bool(values))
    whole = not values and not more
    return Page(
        rows=found,
        next=_cursor(selection, found[-1], backwards=False) if has_next else "",
        previous=_cursor(selection, found[0], backwards=True) if has_previous else "",
        count=len(found) if whole else count(selection, version),
    )


def count(selection: Selection, version: DatasetVersion) -> int:
    """How many rows are selected. Counted once for each question and each state of the edition."""
    if not version.number:
        return selection.queryset.count()
    day = selection.on.isoformat() if selection.depends_on_day else ""
    question = repr([version.hash, selection.noun.name, sorted(selection.parameters.items()), day])
    key = f"count:{hashlib.sha256(question.encode()).hexdigest()}"
    known: int | None = cache.get(key)
    if known is None:
        known = _unordered(selection.queryset).count()
        cache.set(key, known, timeout=24 * 60 * 60)
    return known


def _unordered(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by()


def _question(selection: Selection) -> str:
    """What a cursor is good for: this noun, these filters, this order."""
    asked = [
        selection.noun.name,
        sorted(selection.parameters.items()),
        [(key.name, key.descending) for key in selection.order],
    ]
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]


def _cursor(selection: Selection, row: Any, *, backwards: bool) -> str:
    values = [key.value_of(row) for key in selection.order]
    return _SIGNER.sign_object([CURSOR_VERSION, _question(selection), int(backwards), values])


def _read_cursor(selection: Selection) -> tuple[bool, list[Any]]:
    """Direction and position; no position when the list starts at its beginning."""
    if not selection.cursor:
        return False, []
    try:
        content: Any = _SIGNER.unsign_object(selection.cursor)
        version, question, backwards, values = content
    except (signing.BadSignature, ValueError):
        version = question = None
    if version != CURSOR_VERSION or question != _question(selection):
        raise BadQuery(
            [
                ParameterError(
                    "cursor",
                    selection.cursor,
                    "This cursor was not made for this question. Leave it out to start at the first page.",
                )
            ]
        )
    keys = [key.field for key in selection.order]
    positions = zip(keys, values, strict=True)
    return bool(backwards), [None if value is None else field.to_python(value) for field, value in positions]
