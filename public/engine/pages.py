"""Pages of a list by key: each starts where the last one ended, whatever was published meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.db.models import Model, QuerySet, Sum

from nouns.databases import BATCH, PUBLISHED, batches
from public.engine import cursors
from public.engine.cursors import Place
from public.engine.dataset import DatasetVersion
from public.engine.keeping import kept
from public.engine.order import OrderKey, beyond
from public.engine.references import with_references
from public.engine.select import Selection
from public.engine.totals import totals


@dataclass(frozen=True)
class Page:
    """One page of rows, the cursors of its neighbours (empty where there is none), and the number of rows in all."""

    rows: list[Any]
    next: str
    previous: str
    count: int


@dataclass(frozen=True)
class Turned:
    """One page before it is known how many rows there are. `whole` says that it holds them all."""

    rows: list[Any]
    next: str
    previous: str
    whole: bool


def page(selection: Selection, version: DatasetVersion) -> Page:
    """The page that the selection's cursor and size ask for, in a constant number of queries."""
    asked = cursors.question(selection.noun.name, selection.parameters, selection.order)
    turned = turn(selection.queryset, selection.order, selection.place, selection.page_size, asked)
    number = len(turned.rows) if turned.whole else count(selection, version)
    return Page(with_references(selection.noun, turned.rows), turned.next, turned.previous, number)


def turn(rows: QuerySet[Model], order: Sequence[OrderKey], place: Place | None, size: int, asked: str) -> Turned:
    """The page of this size at this place of ordered rows; its cursors are good for the question `asked`."""
    backwards = place is not None and place.backwards
    if place is not None:
        rows = rows.filter(beyond(order, place.values, backwards=backwards))
    if backwards:
        rows = rows.order_by(*(key.expression(backwards=True) for key in order))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next, has_previous = (True, more) if backwards else (more, place is not None)
    return Turned(
        rows=found,
        next=cursors.write(asked, order, found[-1], backwards=False) if found and has_next else "",
        previous=cursors.write(asked, order, found[0], backwards=True) if found and has_previous else "",
        whole=place is None and not more,
    )


def stream(selection: Selection) -> Iterator[object]:
    """Every row selected, in order, read BATCH at a time however many there are.

    On PostgreSQL inside a transaction: without one the server would gather all rows before it gives the first. SQLite
    gives them as it finds them, and its transactions would keep everybody else from writing.
    """
    with ExitStack() as stack:
        if connections[PUBLISHED].vendor == "postgresql":
            stack.enter_context(transaction.atomic(using=PUBLISHED))
        for batch in batches(selection.queryset.iterator(chunk_size=BATCH)):
            yield from with_references(selection.noun, batch)


def count(selection: Selection, version: DatasetVersion) -> int:
    """How many rows are selected. Counted once for each question and each state of the edition."""
    return kept("count", selection, version, lambda: _counted(selection))


def _counted(selection: Selection) -> int:
    of_totals = totals(selection.filterset)
    if of_totals is None:
        return selection.filterset.without("").order_by().count()
    return of_totals.aggregate(number=Sum("records"))["number"] or 0
