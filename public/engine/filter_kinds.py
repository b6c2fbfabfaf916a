"""The kinds of filter: which rows each selects, and how its value reads. What a value may be, its parameter says."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django_filters.filters import Filter

from nouns.partial_dates import PartialDate, on_or_after, on_or_before
from public.engine.list_parameters import ChoiceListField, SlugListField, YearListField
from public.engine.parameters import AmountField, AsOfField, DayField, QueryField, TextField, WholeNumberField
from public.search.searching import searched


class StrictFilter(Filter):  # type: ignore[misc]  # django-filter has no types.
    """A filter that applies a queryset's verb, or else a lookup of its field."""

    def __init__(self, field_name: str | None = None, *, verb: str = "", **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.verb = verb

    def filter(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The rows of the queryset that the value selects; all of them when there is none."""
        return queryset if value in (None, "", []) else self.select(queryset, value)

    def select(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The same for a value that is there."""
        if self.verb:
            chosen: QuerySet[Any] = getattr(queryset, self.verb)(*(value if isinstance(value, list) else [value]))
            return chosen
        return queryset.filter(**{f"{self.field_name}__{self.lookup_expr}": value})

    def display(self, value: Any) -> str:
        """The value as a reader understands it."""
        return str(value)


class ChoicesFilter(StrictFilter):
    """One or several codes out of a fixed list."""

    field_class = ChoiceListField

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, lookup_expr="in", **kwargs)

    def display(self, value: list[str]) -> str:
        labels = dict(self.field.choices)
        return ", ".join(str(labels[code]) for code in value)


class SlugsFilter(StrictFilter):
    """One or several published nouns by slug."""

    field_class = SlugListField

    def select(self, queryset: QuerySet[Any], value: list[Any]) -> QuerySet[Any]:
        if self.verb:
            return super().select(queryset, [noun.slug for noun in value])
        return queryset.filter(**{f"{self.field_name}__in": [noun.pk for noun in value]})

    def display(self, value: list[Any]) -> str:
        return ", ".join(str(noun) for noun in value)


class YearsFilter(StrictFilter):
    """One or several years."""

    field_class = YearListField

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, lookup_expr="in", **kwargs)

    def display(self, value: list[int]) -> str:
        return ", ".join(str(year) for year in value)


class DayFilter(StrictFilter):
    """A whole day, for a verb."""

    field_class = DayField

    def display(self, value: date) -> str:
        return PartialDate(value.isoformat()).in_words


class AfterFilter(DayFilter):
    """Rows dated on this day or later, as far as their date is known."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, edge="first", **kwargs)

    def select(self, queryset: QuerySet[Any], value: date) -> QuerySet[Any]:
        return queryset.filter(on_or_after(self.field_name, value))


class BeforeFilter(DayFilter):
    """Rows dated on this day or earlier, as far as their date is known."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, edge="last", **kwargs)

    def select(self, queryset: QuerySet[Any], value: date) -> QuerySet[Any]:
        return queryset.filter(on_or_before(self.field_name, value))


class AsOfFilter(DayFilter):
    """What had happened by the day asked about, by a verb of the noun's; all rows of a noun that has no days."""

    field_class = AsOfField

    def __init__(self, *, help_text: str, **kwargs: Any) -> None:
        super().__init__(label="As of", help_text=help_text, **kwargs)

    def select(self, queryset: QuerySet[Any], value: date) -> QuerySet[Any]:
        return super().select(queryset, value) if self.verb else queryset


class AmountFilter(StrictFilter):
    """An amount in US dollars."""

    field_class = AmountField

    def display(self, value: Any) -> str:
        return f"${value:,}"


class WholeNumberFilter(StrictFilter):
    """A number of things."""

    field_class = WholeNumberField

    def display(self, value: int) -> str:
        return f"{value:,}"


class TextFilter(StrictFilter):
    """Words that the field contains, whatever their capitals."""

    field_class = TextField

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, lookup_expr="icontains", **kwargs)


class SearchFilter(StrictFilter):
    """A search within the noun."""

    field_class = QueryField

    def select(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return searched(queryset, value)
