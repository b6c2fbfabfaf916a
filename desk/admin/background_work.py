"""Background work: what workers do, did and failed to do."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tasks_db.compat import TaskResultStatus

from desk.admin.read_only import ReadOnlyAdmin
from desk.admin.staff_site import site
from desk.admin.theme import OwnFilter, display
from desk.background import work
from desk.models import ATTEMPTS, BackgroundWork
from desk.staff import staff
from desk.work_list import Tile


class StateFilter(OwnFilter):
    """Background work by what becomes of it."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [
            ("failed", "Failed: waits for a person"),
            *((status.value, status.label) for status in TaskResultStatus),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        if self.value() == "failed":
            return queryset.filter(pk__in=work.failed_work().values("pk"))
        return queryset.filter(status=self.value()) if self.value() in TaskResultStatus.values else queryset


@admin.register(BackgroundWork, site=site)
class BackgroundWorkAdmin(ReadOnlyAdmin):
    """What workers do, did and failed to do. Reviewers and administrators let it be tried again or set it aside."""

    list_display = ("what", "enqueued_at", "status_label", "attempts", "why")
    list_filter = (StateFilter,)
    list_select_related = ("set_aside",)
    list_filter_submit = True
    search_fields = ("task_path", "traceback")
    ordering = ("-enqueued_at",)
    actions = ("try_again_selected", "set_aside_selected")
    fields = ("what", "status_label", "enqueued_at", "started_at", "finished_at", "attempts", "why")
    change_form_template = "desk/background_work.html"
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:key>/try-again/", view(require_POST(self.try_again)), name="desk_backgroundwork_try_again"),
            path("<uuid:key>/set-aside/", view(require_POST(self.set_aside)), name="desk_backgroundwork_set_aside"),
            *super().get_urls(),
        ]

    @display(
        description="State",
        ordering="status",
        label={
            "Waits": "info",
            "Running": "info",
            "Done": "success",
            "Failed": "danger",
            "To be tried again": "warning",
        },
    )
    def status_label(self, row: BackgroundWork) -> str:
        """What becomes of it, in a word."""
        if row.status != TaskResultStatus.FAILED:
            return {"READY": "Waits", "RUNNING": "Running"}.get(row.status, "Done")
        if hasattr(row, "set_aside"):
            return "Set aside"
        return "To be tried again" if row.attempts < ATTEMPTS else "Failed"

    @admin.display(description="Why it failed")
    def why(self, row: BackgroundWork) -> str:
        """The error, in one line."""
        return row.error or "-"

    @admin.action(description="Try again", permissions=["view"])
    def try_again_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Let workers begin the selected failed work anew."""
        self.message_user(request, f"To be tried again: {work.try_again(queryset)}.", messages.SUCCESS)

    @admin.action(description="Set aside", permissions=["view"])
    def set_aside_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take the selected failed work off the work list."""
        number = work.set_aside(queryset, by=staff(request), now=timezone.now())
        self.message_user(request, f"Set aside: {number}.", messages.SUCCESS)

    def try_again(self, request: HttpRequest, key: object) -> HttpResponse:
        """Let workers begin one piece of failed work anew."""
        self.try_again_selected(request, self._one(request, key))
        return redirect("admin:desk_backgroundwork_changelist")

    def set_aside(self, request: HttpRequest, key: object) -> HttpResponse:
        """Take one piece of failed work off the work list."""
        self.set_aside_selected(request, self._one(request, key))
        return redirect("admin:desk_backgroundwork_changelist")

    def _one(self, request: HttpRequest, key: Any) -> QuerySet[Model]:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return BackgroundWork.objects.filter(pk=key)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """One piece of work; it has no history."""
        return super().change_view(request, object_id, form_url, {"show_history": False, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = kwargs.get("obj")
        context["failed_work"] = row if row is not None and row.status == TaskResultStatus.FAILED else None
        return super().render_change_form(request, context, *args, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Those who may publish letters look after the work behind them."""
        return request.user.has_perm("tracker.publish_letter")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


def failed_work_tile(request: HttpRequest) -> Tile | None:
    """The front page's number of failed work, for those who may see to it."""
    if not request.user.has_perm("tracker.publish_letter"):
        return None
    url = f"{reverse('admin:desk_backgroundwork_changelist')}?state=failed"
    return Tile("failed-work", "Failed background work", work.failed_work().count(), url)


site.tiles.append(failed_work_tile)
