"""The pages of an import: choose a file, see what it would do and all that is wrong, say yes, see what was done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from desk.admin.read_only import ReadOnlyAdmin
from desk.admin.staff_site import site
from desk.admin.theme import FileInput, TextInput, display
from desk.staff import staff
from desk.tables.bulk import BULK
from desk.tables.columns import citation_columns
from desk.tables.resources import resource
from desk.tables.rows import BY_HAND, IN_BULK
from desk.tables.uploads import confirm, earlier_twin, look_again, upload
from nouns.declarations import noun_models
from nouns.history import LONGEST_REASON
from nouns.noun import PublicNoun, Reference
from tracker.models import TableImport

UNDER_WAY = frozenset({TableImport.State.WAITING, TableImport.State.WRITING})
PAGE = 50
LINKED = 200
"""Records that the link to what was made can name; those of more are linked on the pages of the result."""


class UploadForm(forms.Form):
    """The file. What is in it is looked at by the import itself, which says more than a form could."""

    file = forms.FileField(
        label="Table", widget=FileInput(attrs={"accept": ".csv,.xlsx"}), help_text="A .csv file in UTF-8, or an .xlsx."
    )

    def __init__(self, *args: Any, model: type[PublicNoun], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limits = IN_BULK if model in BULK else BY_HAND

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > self.limits.size:
            raise forms.ValidationError(f"A table may have {self.limits.size // 10**6} MB; part this one into several.")
        return file


class ConfirmForm(forms.Form):
    """The last question before a table is carried out."""

    why = forms.CharField(
        label="Why",
        required=False,
        max_length=LONGEST_REASON // 2,
        widget=TextInput(),
        help_text="Optional, for the history of each record; the name of the file stands there anyway.",
    )


@admin.register(TableImport, site=site)
class TableImports(ReadOnlyAdmin):
    """The account's own imports, and the pages of each."""

    list_display = ("name", "about", "state_label", "created_at")
    ordering = ("-created_at",)
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("new/<str:noun>/", view(self.new), name="tracker_tableimport_new"),
            path("<int:key>/change/", view(self.one), name="tracker_tableimport_change"),
            path("", view(self.changelist_view), name="tracker_tableimport_changelist"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """An account sees its own imports alone: what stands in them may be meant for nobody else yet."""
        return super().get_queryset(request).filter(account=staff(request)).defer("report")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return any(_may_import(request, model) for model in noun_models().values())

    @admin.display(description="List", ordering="noun")
    def about(self, row: TableImport) -> str:
        """The plural of the noun that the table holds."""
        return _plural(row)

    @display(
        description="State",
        ordering="state",
        label={
            "Being looked at": "info",
            "Looked at": "warning",
            "Being carried out": "info",
            "Carried out": "success",
        },
    )
    def state_label(self, row: TableImport) -> str:
        """How far it is."""
        return row.get_state_display()

    def new(self, request: HttpRequest, noun: str) -> HttpResponse:
        """Choose a file; it is looked at, and nothing is written."""
        model = noun_models().get(noun)
        if model is None:
            raise Http404
        if not _may_import(request, model):
            raise PermissionDenied
        posted = request.method == "POST"
        form = UploadForm(request.POST if posted else None, request.FILES if posted else None, model=model)
        if form.is_valid():
            return redirect(
                "admin:tracker_tableimport_change", upload(form.cleaned_data["file"], model, by=staff(request)).pk
            )
        table = resource(model)
        context = {
            "form": form,
            "columns": [*table.columns, *citation_columns(table)],
            "limits": form.limits,
            "at_once": issubclass(model, Reference),
            "list_url": _list_url(model),
        }
        return self._page(request, "new_import.html", f"Import {model._meta.verbose_name_plural}", context)

    def one(self, request: HttpRequest, key: int) -> HttpResponse:
        """What a table would do, is doing or did; on POST, look at it again, or carry it out."""
        row = get_object_or_404(TableImport, pk=key, account=staff(request))
        model = noun_models()[row.noun]
        if not _may_import(request, model):
            raise PermissionDenied
        form = ConfirmForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            self._act(request, row, form.cleaned_data["why"])
            return redirect("admin:tracker_tableimport_change", key)
        if "HX-Request" in request.headers and row.state not in UNDER_WAY:
            return HttpResponse(headers={"HX-Refresh": "true"})
        report = row.report
        context = {
            "row": row,
            "form": form,
            "twin": earlier_twin(row) if row.state == TableImport.State.LOOKED_AT else None,
            "problems": _page_of(request, report.get("problems", [])),
            "lines": _page_of(request, report.get("rows", [])),
            "asked": report and report["counts"]["add"] + report["counts"]["change"],
            "record_url": f"admin:{model._meta.app_label}_{model._meta.model_name}_change",
            "list_url": _list_url(model),
            "made_url": _made_url(model, report),
            "model": model._meta,
            "at_once": issubclass(model, Reference),
        }
        template = "import_progress.html" if "HX-Request" in request.headers else "import.html"
        return self._page(request, template, str(row), context)

    def _act(self, request: HttpRequest, row: TableImport, why: str) -> None:
        if "_look" in request.POST:
            if row.state == TableImport.State.LOOKED_AT:
                look_again(row)
            return
        done = confirm(row.pk, by=staff(request), why=why)
        if done.state == TableImport.State.LOOKED_AT:
            self.message_user(
                request,
                "Nothing was written: the record was changed since you looked. This is what the table would do now.",
                messages.WARNING,
            )

    def _page(self, request: HttpRequest, template: str, title: str, context: dict[str, object]) -> HttpResponse:
        request.current_app = self.admin_site.name
        shared = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"desk/{template}", {**shared, **context})


def _may_import(request: HttpRequest, model: type[PublicNoun]) -> bool:
    """Whether the account may add or change such nouns in their form."""
    verbs = (f"{model._meta.app_label}.{verb}_{model._meta.model_name}" for verb in ("add", "change"))
    return any(staff(request).has_perm(verb) for verb in verbs)


def _plural(row: TableImport) -> str:
    return str(noun_models()[row.noun]._meta.verbose_name_plural)


def _list_url(model: type[PublicNoun]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def _made_url(model: type[PublicNoun], report: dict[str, Any]) -> str:
    """The list of exactly what was written, where an address has room for it."""
    keys = [str(line["key"]) for line in report.get("rows", [])]
    return f"{_list_url(model)}?id__in={','.join(keys)}" if 0 < len(keys) <= LINKED and "None" not in keys else ""


def _page_of(request: HttpRequest, found: list[object]) -> Page[Any]:
    return Paginator(found, PAGE).get_page(request.GET.get("page"))
