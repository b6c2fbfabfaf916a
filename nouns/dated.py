"""Rows of what happened on a day, and what they said on any other: the ground of `tracker.querysets`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.query import ModelIterable

from nouns.history import HistoryQuerySet
from nouns.partial_dates import on_or_before

ModelT = TypeVar("ModelT", bound=models.Model)


class DatedQuerySet(HistoryQuerySet[ModelT]):
    """Rows of what happened on a day. BEGINS names the column with the day on which each began to be."""

    BEGINS: ClassVar[str]

    def begun_by(self, on: date) -> Self:
        """What had happened by the day `on`, as far as its date is known; what nobody could date is among it."""
        return self.filter(on_or_before(self.BEGINS, on) | Q(**{self.BEGINS: ""}))

    def as_of(self, on: date) -> Self:
        """What had happened by the day `on`, each row without what came later (see `PublicNoun.forget_after`)."""
        begun = self.begun_by(on)
        # How Django makes rows is a queryset's own affair, and what its clones inherit: slices and pages forget too.
        begun._iterable_class = type("AsOf", (_AsOf,), {"on": on})  # noqa: SLF001
        return begun


class _AsOf(ModelIterable[Any]):
    """Makes rows that say what was so on a day."""

    on: ClassVar[date]

    def __iter__(self) -> Iterator[Any]:
        for row in super().__iter__():
            row.forget_after(self.on)
            yield row
