"""Ways to narrow a list that no field offers by itself."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from desk.admin.theme import OwnFilter
from desk.work_list import cites_no_source
from nouns.declarations import noun_models


class SourceFilter(OwnFilter):
    """Records without any source, which cannot be submitted."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("none", "None cited")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Model]:
        return queryset.filter(cites_no_source(queryset.model)) if self.value() == "none" else queryset


class FiscalYearFilter(OwnFilter):
    """Awards of one federal fiscal year, among those that the record has."""

    title = "fiscal year"
    parameter_name = "fiscal_year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = model_admin.model.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
        return [(str(year), str(year)) for year in years]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        year = self.value() or ""
        return queryset.filter(fiscal_year=int(year)) if year.isdecimal() else queryset


class NounFilter(OwnFilter):
    """Publications of one kind of record."""

    title = "noun"
    parameter_name = "noun"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(noun, noun) for noun in sorted(noun_models())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(noun=self.value()) if self.value() else queryset
