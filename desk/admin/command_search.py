"""The search that opens over every page of the staff's site: lists by name, records of every noun by their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

MOST_OF_A_NOUN = 8
"""Records of one noun that are shown; its list, which is searched alike, has the others."""


@dataclass(frozen=True)
class Found:
    """One line of the answer, in the words that the theme's template reads."""

    title: str
    description: str
    link: str
    icon: str


def find(site: AdminSite, request: HttpRequest, words: str) -> Iterator[Found]:
    """The lists whose name has these words, and the records that their own list would find by them.

    One query for each noun that the account may see; nothing is kept, so that what was saved a moment ago is found.
    """
    nouns = [noun for group in site.get_app_list(request) for noun in group["models"]]
    for noun in nouns:
        if words.lower() in noun["name"].lower():
            yield Found(capfirst(noun["name"]), "List", noun["admin_url"], noun.get("icon", "list"))
    for noun in nouns:
        yield from _records(site, request, words, noun)


def _records(site: AdminSite, request: HttpRequest, words: str, noun: Any) -> Iterator[Found]:
    model = noun["model"]
    door = site._registry[model]  # noqa: SLF001  # Django's sites tell of their models in no other way.
    if not door.get_search_fields(request):
        return
    found, repeats = door.get_search_results(request, door.get_queryset(request), words)
    chosen = found.distinct() if repeats else found
    name = f"{site.name}:{model._meta.app_label}_{model._meta.model_name}_change"
    for record in chosen[:MOST_OF_A_NOUN]:
        kind = capfirst(str(model._meta.verbose_name))
        yield Found(str(record), kind, reverse(name, args=[record.pk]), noun.get("icon", "article"))
