"""The order of a list, and what comes after or before a row in it, so that pages hold still while the list grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import CharField, F, Field, Q, Value
from django.db.models.functions import NullIf

from nouns.noun import PublicNoun
from nouns.partial_dates import PartialDateField
from public.engine.fields import COMPUTED, Kind

COMPUTED_COLUMNS: dict[Kind, Field[Any, Any]] = {Kind.DATE: PartialDateField(), Kind.CHOICE: CharField()}
"""Stand for the columns that a queryset computes, by kind."""


@dataclass(frozen=True)
class OrderKey:
    """One column of an order. What is unknown (null, or an empty date) comes last in either direction."""

    name: str
    descending: bool
    field: Field[Any, Any]

    @classmethod
    def of(cls, model: type[PublicNoun], text: str) -> OrderKey:
        """Read `sent_on` or `-sent_on`."""
        name = text.lstrip("-")
        computed = name in getattr(model, "COMPUTED_FIELDS", ())
        column: Any = COMPUTED_COLUMNS[COMPUTED[name].kind] if computed else model._meta.get_field(name)
        return cls(name, text.startswith("-"), column)

    @property
    def _dated(self) -> bool:
        return isinstance(self.field, PartialDateField)

    @property
    def unknown(self) -> Q:
        """The rows that come last because their value is not known."""
        return Q(**{self.name: ""}) if self._dated else Q(**{f"{self.name}__isnull": True})

    def expression(self, *, backwards: bool) -> Any:
        """For `order_by`; backwards is the exact reverse."""
        descending = self.descending != backwards
        if (self._dated and self.descending) or not (self._dated or self.field.null):
            # Indexes are in this order; the empty text comes last of itself when dates descend.
            return F(self.name).desc() if descending else F(self.name).asc()
        column = NullIf(F(self.name), Value("")) if self._dated else F(self.name)
        unknown_last = {"nulls_first": True} if backwards else {"nulls_last": True}
        return column.desc(**unknown_last) if descending else column.asc(**unknown_last)

    def beyond(self, value: object, *, backwards: bool) -> Q:
        """The rows that this column puts strictly after the value, or before it when backwards."""
        if value is None:
            return ~self.unknown if backwards else Q(pk__in=[])
        below = self.descending != backwards
        found = Q(**{f"{self.name}__{'lt' if below else 'gt'}": value})
        if not (self._dated or self.field.null):
            return found
        return found & ~self.unknown if backwards else found | self.unknown

    def at_or_beyond(self, value: object, *, backwards: bool) -> Q:
        """The rows that this column puts at the value or after it, or before it when backwards."""
        if value is None or self.field.null or (self._dated and not self.descending):
            return self.beyond(value, backwards=backwards) | self.same(value)
        below = self.descending != backwards
        return Q(**{f"{self.name}__{'lte' if below else 'gte'}": value})

    def same(self, value: object) -> Q:
        """The rows that have the value."""
        return self.unknown if value is None else Q(**{self.name: value})

    def value_of(self, row: object) -> object:
        """The row's value as JSON holds it; None when it is not known."""
        value = getattr(row, self.name)
        if value is None or (self._dated and value == ""):
            return None
        return str(value) if isinstance(value, Decimal) else value


def beyond(keys: Sequence[OrderKey], values: Sequence[object], *, backwards: bool) -> Q:
    """The rows after those values in the order of the keys, or before them when backwards.

    The first column alone bounds the rest, which lets a database start in the middle of an index.
    """
    condition = Q(pk__in=[])
    for place, (key, value) in enumerate(zip(keys, values, strict=True)):
        tied = Q()
        for earlier, its_value in zip(keys[:place], values[:place], strict=True):
            tied &= earlier.same(its_value)
        condition |= tied & key.beyond(value, backwards=backwards)
    return keys[0].at_or_beyond(values[0], backwards=backwards) & condition
