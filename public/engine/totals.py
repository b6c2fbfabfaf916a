"""Totals that the edition keeps, where a question can be answered from them instead of from the rows themselves."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from nouns.declarations import totals_model
from public.engine.filterset import StrictFilterSet
from public.engine.knowledge import knowledge


def totals(filterset: StrictFilterSet, *, by: Collection[str] = (), left_out: str = "") -> QuerySet[Any] | None:
    """The totals of what the parameters but one select; None where they do not tell it by these things.

    The parameters must be right. Each total has `records`, the number of rows. A past edition has totals of what was
    taken back since, which is left out of its answers: then the rows are asked.
    """
    table, used = totals_model(filterset._meta.model), filterset.in_use(left_out)
    known = knowledge()
    if table is None or not {*used, *by} <= table.COLUMNS or (known and known.taken_back):
        return None
    rows: QuerySet[Any] = table.edition.all()
    for name, value in used.items():
        rows = filterset.filters[name].filter(rows, value)
    return rows
