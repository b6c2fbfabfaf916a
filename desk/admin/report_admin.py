"""Reports of mistakes: what readers told, and what the desk answers them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from desk.admin.staff_site import site
from desk.admin.theme import ChoiceFilter, Select, Textarea, ThemedAdmin, display
from desk.staff import staff
from desk.work_list import Tile
from inbox.answers import answer
from inbox.models import Report, State
from nouns.declarations import noun_models
from tracker.models import Publication

TOLD = ("record_link", "dataset_version", "wrong", "right", "source_url", "name", "email", "may_name", "sent_at")
ANSWER = ("state", "words", "correction", "answered")


class AnswerForm(forms.ModelForm[Report]):
    """What came of a report. The corrections offered are those of its record since it was sent."""

    class Meta:
        model = Report
        fields = ("state", "words", "correction")
        widgets = {"words": Textarea()}

    state = forms.ChoiceField(
        choices=[choice for choice in State.choices if choice[0] != State.NEW], widget=Select(), initial=State.TAKEN_UP
    )
    correction = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        widget=Select(),
        help_text="Publish the correction first, then choose it here. The reporter is named beside it if they wish.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        since = Publication.objects.filter(
            action=Publication.Action.CORRECT,
            noun=self.instance.noun,
            slug=self.instance.slug,
            at__gte=self.instance.sent_at,
        )
        named = [(row.pk, f"{row.at:%d %B %Y}: {row.reason}") for row in since.order_by("-id")]
        self.fields["correction"].choices = [("", "None"), *named]  # type: ignore[attr-defined]  # It is a choice field.


@admin.register(Report, site=site)
class ReportAdmin(ThemedAdmin):
    """The inbox, newest first. All staff read it, and those who may publish letters answer."""

    form = AnswerForm
    list_display = ("gist", "about", "state_label", "sent_at", "answered")
    list_filter = (("state", ChoiceFilter),)
    list_filter_submit = True
    search_fields = ("slug", "wrong", "right", "name")
    ordering = ("-sent_at",)
    readonly_fields = (*TOLD, "answered")
    fieldsets = (("What a reader told", {"fields": TOLD}), ("Our answer, which the reader sees", {"fields": ANSWER}))
    show_full_result_count = False

    @admin.display(description="What is wrong")
    def gist(self, report: Report) -> str:
        """The beginning of what the reader told."""
        return f"{report.wrong[:80]}…" if len(report.wrong) > 80 else report.wrong

    @admin.display(description="Record", ordering="slug")
    def about(self, report: Report) -> str:
        """The record that it is about."""
        return str(report)

    @display(
        description="State",
        ordering="state",
        label={"New": "warning", "Taken up": "info", "Corrected": "success", "Declined": "danger"},
    )
    def state_label(self, report: Report) -> str:
        """What came of it, in a word."""
        return report.get_state_display()

    @admin.display(description="Answered")
    def answered(self, report: Report) -> str:
        """Who answered last, and when."""
        if report.answered_at is None:
            return "Not yet"
        return f"{timezone.localtime(report.answered_at):%d %B %Y, %H:%M} by {report.answered_by}"

    @admin.display(description="Record")
    def record_link(self, report: Report) -> str:
        """The record's own form, and what the reader saw."""
        model: Any = noun_models().get(report.noun)
        record = model and model.objects.filter(slug=report.slug).first()
        if record is None:
            return f"{report}, which is there no longer"
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, record)

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's.
        told = form.cleaned_data
        answer(
            obj,
            state=told["state"],
            words=told["words"],
            correction=told["correction"],
            by=staff(request).get_username(),
            now=timezone.now(),
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """One report; it has no history."""
        return super().change_view(request, object_id, form_url, {"show_history": False, **(extra_context or {})})

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("tracker.view_letter")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("tracker.publish_letter")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def reports_tile(request: HttpRequest) -> Tile | None:
    """The front page's number of reports that nobody has answered."""
    if not request.user.has_perm("tracker.view_letter"):
        return None
    url = f"{reverse('admin:inbox_report_changelist')}?state__exact={State.NEW}"
    return Tile("reports", "Reports of mistakes", Report.objects.filter(state=State.NEW).count(), url)


site.tiles.append(reports_tile)
