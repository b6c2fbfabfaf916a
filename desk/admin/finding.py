"""How lists, choices and the command search find records: by words in their own columns, or in what they point to.

The names of others are looked up first, so that what is asked of the record's table is about its own columns, each of
which has an index for it (see `tracker.record_search`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import smart_split, unescape_string_literal

MOST_NAMED = 500
"""Others whose name may have a word. A word that more of them have names none, and is sought in the record alone."""


class Finding(admin.ModelAdmin[Any]):
    """An admin whose `search_fields` may lie in other tables without making the search read all of its own."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        fields = self.get_search_fields(request)
        if not fields:
            return queryset, False
        for word in _words(search_term):
            found = Q()
            for name in fields:
                found |= self._by(str(name), word)
            queryset = queryset.filter(found)
        return queryset, False

    def _by(self, name: str, word: str) -> Q:
        first, _, rest = name.partition("__")
        field: Any = self.opts.get_field(first)
        if not field.is_relation:
            return Q(**{name if rest else f"{name}__icontains": word})
        others = field.related_model._base_manager.filter(**{f"{rest}__icontains": word})
        points_here = field.one_to_many
        keys = list(others.values_list(field.field.attname if points_here else "pk", flat=True)[: MOST_NAMED + 1])
        if len(keys) > MOST_NAMED:
            return Q(pk__in=[])
        return Q(**{"pk__in" if points_here else f"{first}__in": keys})


def _words(text: str) -> Iterable[str]:
    """The words of a search; what stands in quotation marks is one."""
    for word in smart_split(text):
        quoted = len(word) > 1 and word[0] in "\"'" and word[0] == word[-1]
        yield unescape_string_literal(word) if quoted else word
