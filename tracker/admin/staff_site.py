"""The staff's site: its doors, its front page, and its nouns in the order that staff think in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tracker.admin.base import ThemedSite
from tracker.admin.front_page import APP_LIST, waiting_work


class StaffSite(ThemedSite):
    """The staff's door: signing in happens on the accounts' pages, and the front page says what waits."""

    index_title = "Front page"
    index_template = "tracker/admin/index.html"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().index(request, {"waiting": waiting_work(request, self.name), **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send visitors to the page where everybody signs in; tell an account without a role why it may not."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        if request.user.is_authenticated and not self.has_permission(request):
            return render(request, "tracker/admin/no_entry.html", status=403)
        query = {REDIRECT_FIELD_NAME: wanted or reverse(f"{self.name}:index")}
        return redirect(f"{reverse('account_login')}?{urlencode(query)}")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
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

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
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
