"""The staff's site: its doors, its front page, and its nouns in the order that staff think in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse

from desk import work_list
from desk.admin.app_list import APP_LIST
from desk.admin.choices import ChoicesView
from desk.admin.command_search import find
from desk.admin.once import KEY, new_key
from desk.admin.theme import ThemedSite
from desk.work_list import WORK, Tile

LONGEST_WORDS = 100
"""Characters of a search; what follows them is left out."""


class StaffSite(ThemedSite):
    """The staff's door: signing in happens on the accounts' pages, and the front page says what waits.

    `tiles` is where other rooms add numbers of their own to the front page: callables that take the request and give a
    Tile, or None for an account that it does not concern.
    """

    index_title = "Front page"
    index_template = "desk/index.html"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.tiles: list[Callable[[HttpRequest], Tile | None]] = []

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [path("work/<slug:name>/", self.admin_view(self.work), name="work"), *super().get_urls()]

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002  # Django's own signature.
        """As Django's, and 400 for an address with a NUL, which PostgreSQL refuses to look for.

        The words of a list's own search are left to the list, which says what is wrong with them.
        """
        guarded: Callable[..., Any] = super().admin_view(view, cacheable)

        @wraps(guarded)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if any("\0" in value for name, values in request.GET.lists() if name != SEARCH_VAR for value in values):
                raise SuspiciousOperation("The address holds a NUL.")
            return guarded(request, *args, **kwargs)

        return answer

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return ChoicesView.as_view(admin_site=self)(request)

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the account works on the record: one that has lost its role does not, whatever else it is."""
        return super().has_permission(request) and request.user.has_module_perms("tracker")

    def index(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> TemplateResponse:
        own = work_list.tiles(work_list.desk_of(request))
        others = [tile for tile in (make(request) for make in self.tiles) if tile is not None]
        return super().index(request, {"tiles": [*own, *others], **(extra_context or {})})

    def work(self, request: HttpRequest, name: str) -> HttpResponse:
        """The list behind a tile: exactly the records that its number counts."""
        work = next((work for work in WORK if work.name == name), None)
        if work is None:
            raise Http404
        asked = request.GET.get("page", "1")
        page = int(asked) if asked.isdecimal() and 0 < int(asked) < 10**6 else 1
        start = (page - 1) * work_list.PAGE
        lines, total, more = work_list.lines(work, work_list.desk_of(request), start)
        context = {
            **self.each_context(request),
            "title": work.title,
            "lines": lines,
            "total": total,
            "more": more,
            "earlier": page - 1,
            "later": page + 1 if start + work_list.PAGE < total else 0,
        }
        request.current_app = self.name
        return TemplateResponse(request, "desk/work.html", context)

    def search(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """What the command search shows while somebody types; never remembered, unlike the theme's own."""
        words = request.GET.get("s", "").strip()[:LONGEST_WORDS]
        if not words:
            return HttpResponse()
        found = Paginator(list(find(self, request, words)), 200)
        context = {"page_obj": found, "results": found.page(1), "page_counter": 0, "execution_time": 0}
        template = "unfold/helpers/command_results.html"
        return TemplateResponse(request, template, context, headers={"HX-Trigger": "search"})

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Send visitors to the page where everybody signs in; tell an account without a role why it may not."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        if request.user.is_authenticated and not self.has_permission(request):
            return render(request, "desk/no_entry.html", status=403)
        query = {REDIRECT_FIELD_NAME: wanted or reverse(f"{self.name}:index")}
        return redirect(f"{reverse('account_login')}?{urlencode(query)}")

    def password_change(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> Any:
        return redirect("account_change_password")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Every noun that the account may see, in the groups and the order that staff think in."""
        listed = super().get_app_list(request, app_label)
        if app_label is not None:
            return listed
        nouns = {noun["model"]: noun for app in listed for noun in app["models"]}
        groups = (
            {
                "name": name,
                "app_label": name,
                "app_url": "",
                "models": [nouns[model] | {"icon": icon} for model, icon in models if model in nouns],
            }
            for name, models in APP_LIST.items()
        )
        return [group for group in groups if group["models"]]

    def each_context(self, request: HttpRequest) -> dict[str, object]:
        context = super().each_context(request)
        context[KEY] = new_key()
        context["sidebar_navigation"] = [
            {
                "title": group["name"],
                "items": [
                    {
                        "title": noun["name"],
                        "icon": noun["icon"],
                        "link": noun["admin_url"],
                        "has_permission": True,
                        "active": request.path.startswith(noun["admin_url"]),
                    }
                    for noun in group["models"]
                ],
            }
            for group in context["available_apps"]
        ]
        return context


site: StaffSite = StaffSite(name="admin")
# Records are deleted one by one, where each can say why it may not be.
site.disable_action("delete_selected")
