"""The addresses of the API: for each noun a list, a table and its records, and what goes across all nouns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, re_path

from api import docs, operations, problems, views
from public.engine.noun import Noun
from public.nouns import NOUNS
from public.summaries import DIMENSIONS

app_name = "api"


def view(kind: type[views.EditionView], **attributes: Any) -> Callable[..., Any]:
    """A view of this kind for one address."""
    narrowed: type[views.EditionView] = type(kind.__name__, (kind,), {"__doc__": kind.__doc__, **attributes})
    return narrowed.as_view()


def noun_patterns(noun: Noun) -> list[URLPattern]:
    """The addresses of one noun."""
    listed = view(views.ListView, noun=noun, operation=operations.list_operation(noun))
    table = view(views.ListView, noun=noun, table=True, operation=operations.table_operation(noun))
    detail = view(views.DetailView, noun=noun, operation=operations.detail_operation(noun))
    return [
        path(f"{noun.name}/", listed, name=noun.name),
        path(f"{noun.name}.csv", table, name=f"{noun.name}-csv"),
        path(f"{noun.name}/<slug:slug>/", detail, name=f"{noun.name}-detail"),
    ]


def summary_pattern(noun: Noun) -> URLPattern:
    """The address of one noun's sums."""
    summary = view(views.SummaryView, noun=noun, operation=operations.summary_operation(noun))
    return path(f"summaries/{noun.name}/", summary, name=f"summaries-{noun.name}")


def elsewhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that the API does not have, or one of its own that lacks the slash at its end."""
    if request.method in {"GET", "HEAD"} and any(pattern.resolve(f"{rest}/") for pattern in OWN):
        query = f"?{request.META['QUERY_STRING']}" if request.META["QUERY_STRING"] else ""
        return HttpResponsePermanentRedirect(f"{request.path}/{query}")
    return problems.not_found(request)


OWN: list[URLPattern] = [
    path("", view(views.IndexView, operation=operations.index_operation()), name="index"),
    *(pattern for noun in NOUNS.values() for pattern in noun_patterns(noun)),
    path("search/", view(views.SearchView, operation=operations.search_operation()), name="search"),
    *(summary_pattern(NOUNS[name]) for name in DIMENSIONS),
    path("changes/", view(views.ChangesView, operation=operations.changes_operation()), name="changes"),
    path("changes/<int:id>/", view(views.ChangeView, operation=operations.change_operation()), name="change"),
    path("schema/", docs.SchemaView.as_view(), name="schema"),
    path("docs/", docs.DocsView.as_view(), name="docs"),
]

urlpatterns: list[URLPattern] = [*OWN, re_path(r"^(?P<rest>.*)$", elsewhere, name="elsewhere")]
