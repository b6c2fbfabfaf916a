"""Lists of any length: counted as far as MOST rows, and gone through in stretches that begin after a row.

A list's pages are numbered, and a database finds page 9,000 by reading all that come before it. So they end with the
MOST-th row, from which the list goes on by the row itself: what is beyond it is found by an index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ALL_VAR, PAGE_VAR, ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page, Paginator
from django.db import connections
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

MOST = 10_000
"""Rows of a list that are counted and numbered."""
AFTER = "after"
"""The parameter with the key of the row that a stretch begins after."""


class CappedPaginator(Paginator[Any]):
    """Counts MOST rows and no more; `more` says whether there are."""

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    @property
    def more(self) -> bool:
        """Whether rows come after those that are numbered."""
        return self._counted > MOST

    def page(self, number: int | str) -> Page[Any]:
        """As Django's, over rows that are found first and then put in order where they are few."""
        if not self.more:
            self.object_list = in_order_once_found(self.object_list)
        return super().page(number)

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return rows.order_by().values("pk")[: MOST + 1].count() if isinstance(rows, QuerySet) else len(rows)


class LongList(ChangeList):
    """A list of which one stretch is shown."""

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        asked: dict[str, Any] = super().get_filters_params(params)
        asked.pop(AFTER, None)
        return asked

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request, exclude_parameters)
        after = str(self.params.get(AFTER, ""))
        return rows.filter(beyond(rows, int(after))) if after.isdecimal() and len(after) < 19 else rows

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.multi_page:
            self.result_list = in_order_once_found(self.queryset)

    @property
    def goes_on(self) -> str:
        """The query of the stretch after this one; nothing but on its last page, or where no row tells what follows."""
        last_page = self.paginator.more and self.page_num == self.paginator.num_pages
        if not last_page or not can_go_on(self.queryset):
            return ""
        return self.get_query_string({AFTER: list(self.result_list)[-1].pk}, remove=[PAGE_VAR, ALL_VAR])


class LongLists(admin.ModelAdmin[Any]):
    """An admin whose list may be of any length."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_after_template = "desk/long_list.html"  # The theme puts it below the list.

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
        themed = super().get_changelist(request, **kwargs)
        return type("LongList", (LongList, themed), {})

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any) -> HttpResponse | None:
        """Refuse to do anything with more rows than the list says that it has."""
        everything = request.POST.get("select_across", "0") not in {"", "0"}
        if everything and CappedPaginator(queryset, 1).more:
            refusal = f"There are more than {MOST:,}. Narrow the list first; nothing was done."
            self.message_user(request, refusal, messages.ERROR)
            return redirect(request.get_full_path())
        return super().response_action(request, queryset, *args)


def _order(rows: QuerySet[Any]) -> Sequence[Any]:
    """What the rows are ordered by: what was asked, or else what their model says."""
    return rows.query.order_by or (rows.model._meta.ordering if rows.ordered else ())


def _keys(rows: QuerySet[Any]) -> Iterator[tuple[str, bool] | None]:
    """The columns that order the rows, each with whether it descends; None for what is no column of theirs."""
    for name in _order(rows):
        if not isinstance(name, str):
            yield None
            continue
        plain = name.lstrip("-")
        try:
            field = rows.model._meta.pk if plain == "pk" else rows.model._meta.get_field(plain)
            yield None if field is None or field.is_relation else (plain, name.startswith("-"))
        except FieldDoesNotExist:
            yield (plain, name.startswith("-")) if plain in rows.query.annotations else None


def in_order_once_found(rows: Any) -> Any:
    """The same rows in the same order, for which no index offers itself.

    Told to find the first of few rows in an order that has an index, PostgreSQL follows that order until it has met
    them, which is all of a long list when they come last.
    """
    first = next(_keys(rows), None) if isinstance(rows, QuerySet) else None
    if first is None:
        return rows
    name, descends = first
    same = Coalesce(F(name), F(name))
    return rows.order_by(same.desc() if descends else same.asc(), *_order(rows)[1:])


def can_go_on(rows: QuerySet[Any]) -> bool:
    """Whether a row alone tells which come after it in this order."""
    return all(_keys(rows))


def beyond(rows: QuerySet[Any], key: int) -> Q:
    """The rows after the one of this key, in their order; all of them where that row is not among them."""
    keys = [pair for pair in _keys(rows) if pair]
    values = rows.filter(pk=key).values_list(*(name for name, _ in keys)).first()
    if values is None or not can_go_on(rows):
        return Q()
    nulls_last = connections[rows.db].features.nulls_order_largest
    found = Q(pk__in=[])
    for place, ((name, descends), value) in enumerate(zip(keys, values, strict=True)):
        tied = Q(*(_same(rows.model, earlier, its) for (earlier, _), its in zip(keys[:place], values, strict=False)))
        found |= tied & _after(name, value, descends=descends, nulls_last=nulls_last != descends)
    # The first column alone bounds the rest, which lets a database start in the middle of an index.
    (first, descends), value = keys[0], values[0]
    bound = Q(**{f"{first}__{'lte' if descends else 'gte'}": value}) if value is not None and len(keys) > 1 else Q()
    return found & (bound | Q(**{f"{first}__isnull": True}) if _nullable(rows.model, first) else bound)


def _after(name: str, value: object, *, descends: bool, nulls_last: bool) -> Q:
    """The rows that one column puts after this value."""
    if value is None:
        return Q(pk__in=[]) if nulls_last else Q(**{f"{name}__isnull": False})
    further = Q(**{f"{name}__{'lt' if descends else 'gt'}": value})
    return further | Q(**{f"{name}__isnull": True}) if nulls_last else further


def _same(model: type[Model], name: str, value: object) -> Q:
    return Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})


def _nullable(model: type[Model], name: str) -> bool:
    return name != "pk" and name in {field.name for field in model._meta.concrete_fields if field.null}
