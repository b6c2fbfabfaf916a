"""My deadlines: what an account follows, what is due, and its calendar."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from desk.admin.staff_site import site
from desk.admin.theme import CheckboxSelectMultiple, ThemedAdmin
from desk.models import Follow, Preferences
from desk.reminders.follows import follow_areas, follow_letter, last_day, open_deadlines
from desk.reminders.own_calendar import change_secret
from desk.reminders.wording import when
from desk.staff import staff
from jurisdictions.models import STATES
from tracker.models import Letter

LONGEST_LIST = 100
"""Deadlines of one list; those beyond are counted."""
NEW_CALENDAR = "desk.new_calendar"
"""Where a session keeps a calendar's new address until its owner has seen it."""


class AreasForm(forms.Form):
    """What an account follows beside single letters, and whether it is sent the digest."""

    everything = forms.BooleanField(label="Every letter", required=False)
    digest = forms.BooleanField(label="Send me a digest on Monday mornings", required=False)
    states = forms.MultipleChoiceField(
        label="Every letter of these states",
        required=False,
        choices=list(STATES.items()),
        widget=CheckboxSelectMultiple(),
    )


@admin.register(Follow, site=site)
class MyDeadlines(ThemedAdmin):
    """What the account follows, and the deadlines that follow from it. Everybody sees their own alone."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.my_deadlines), name="desk_follow_changelist"),
            path("letter/<int:key>/", view(self.one_letter), name="desk_follow_letter"),
            path("calendar/", view(require_POST(self.new_calendar)), name="desk_follow_calendar"),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tracker.view_letter")

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("tracker.view_letter")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whoever deletes a letter deletes with it that it was followed."""
        return self.has_view_permission(request)

    def my_deadlines(self, request: HttpRequest) -> HttpResponse:
        """What I follow, what is due, and my calendar; saves what is ticked."""
        self._require_role(request)
        account = staff(request)
        preferences = Preferences.objects.filter(account=account).first()
        follows = list(Follow.objects.filter(account=account).select_related("letter"))
        areas = {
            "everything": any(follow.everything for follow in follows),
            "states": [follow.state for follow in follows if follow.state],
            "digest": preferences is None or preferences.digest,
        }
        form = AreasForm(request.POST or None, initial=areas)
        if request.method == "POST" and form.is_valid():
            chosen = form.cleaned_data
            follow_areas(account, everything=chosen["everything"], states=chosen["states"])
            Preferences.objects.update_or_create(account=account, defaults={"digest": chosen["digest"]})
            self.message_user(request, "Saved.", messages.SUCCESS)
            return redirect("admin:desk_follow_changelist")
        context = {
            "form": form,
            "letters": [follow.letter for follow in follows if follow.letter],
            "lists": _lists_of_deadlines(account),
            "email": account.email,
            "calendar_made_at": preferences and preferences.calendar_made_at,
            "new_calendar": request.session.pop(NEW_CALENDAR, ""),
        }
        return self._page(request, "desk/my_deadlines.html", "My deadlines", context)

    def one_letter(self, request: HttpRequest, key: int) -> HttpResponse:
        """Follow one letter or stop; asked by htmx, only the control that other pages show."""
        self._require_role(request)
        letter = get_object_or_404(Letter, pk=key)
        account = staff(request)
        if request.method == "POST":
            follow_letter(account, letter, wanted=request.POST.get("follow") == "1")
            if "HX-Request" not in request.headers:
                wanted = request.POST.get("next", "")
                is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
                return redirect(wanted if is_ours else "admin:desk_follow_changelist")
        context = {"letter": letter, "followed": Follow.objects.filter(account=account, letter=letter).exists()}
        if "HX-Request" in request.headers:
            return TemplateResponse(request, "desk/follow_control.html", context)
        return self._page(request, "desk/follow_letter.html", "Follow a letter", context)

    def new_calendar(self, request: HttpRequest) -> HttpResponse:
        """Give my calendar a new address and show it once."""
        self._require_role(request)
        secret = change_secret(staff(request), now=timezone.now())
        request.session[NEW_CALENDAR] = request.build_absolute_uri(reverse("desk_calendar", args=[secret]))
        return redirect(f"{reverse('admin:desk_follow_changelist')}#calendar")

    def _require_role(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, title: str, context: dict[str, object]) -> HttpResponse:
        request.current_app = self.admin_site.name
        shared = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})


def _lists_of_deadlines(account: User) -> list[dict[str, object]]:
    """The account's open deadlines: those ahead, the next first, and those that have passed, the last first."""
    today = timezone.localdate()
    ahead: list[dict[str, object]] = []
    passed: list[dict[str, object]] = []
    for letter in open_deadlines(account, today).select_related("batch"):
        line = {"letter": letter, "when": when(letter, today)}
        (passed if last_day(letter) < today else ahead).append(line)
    titles = {"Ahead": ahead, "Past their deadline": passed[::-1]}
    return [
        {"title": title, "lines": lines[:LONGEST_LIST], "more": max(len(lines) - LONGEST_LIST, 0), "count": len(lines)}
        for title, lines in titles.items()
    ]
