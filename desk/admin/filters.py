"""Ways to narrow a list that no field offers by itself."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Min, Model, QuerySet
from django.http import HttpRequest

from desk.admin.theme import OwnFilter
from desk.work_list import cites_no_source
from nouns.declarations import noun_models
from tracker.models import Status


class SourceFilter(OwnFilter):
    """Records that are written or reviewed and have no source; without one nothing is published."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("none", "None cited")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Model]:
        if self.value() != "none":
            return queryset
        return queryset.filter(cites_no_source(queryset.model), status__in=[Status.DRAFT, Status.IN_REVIEW])


class FiscalYearFilter(OwnFilter):
    """Awards of one federal fiscal year, from the first to the last that the record has."""

    title = "fiscal year"
    parameter_name = "fiscal_year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = model_admin.model.objects.aggregate(first=Min("fiscal_year"), last=Max("fiscal_year"))
        if known["last"] is None:
            return []
        return [(str(year), str(year)) for year in range(known["last"], known["first"] - 1, -1)]

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
