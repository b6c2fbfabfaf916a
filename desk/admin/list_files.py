"""The list of every noun as a file, and the way to import one: buttons beside each list."""

from __future__ import annotations

import tempfile
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from desk.admin.long_lists import AFTER
from desk.tables.exports import csv_pieces, write_workbook
from desk.tables.problems import Refused
from nouns.noun import PublicNoun

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Tables(admin.ModelAdmin[PublicNoun]):
    """The exports of a noun's list, which hold what its filters and its search select. For `NounAdmin`."""

    list_before_template = "desk/list_files.html"  # The theme puts it above the list.

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export.<str:suffix>", view, name=name), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        may_import = self.has_add_permission(request) or self.has_change_permission(request)
        selection = request.GET.copy()
        for stretch in ("p", AFTER):
            selection.pop(stretch, None)
        context = {
            "import_url": reverse("admin:tracker_tableimport_new", args=[self.model.NOUN]) if may_import else "",
            "export_query": f"?{selection.urlencode()}" if selection else "",
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def export_view(self, request: HttpRequest, suffix: str) -> HttpResponseBase:
        """What the list shows with this query, on all its pages, as a CSV file or a workbook."""
        if suffix not in {"csv", "xlsx"}:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        selected = self.get_changelist_instance(request).get_queryset(request)
        name = f"{self.model.NOUN}-{timezone.localdate().isoformat()}.{suffix}"
        if suffix == "csv":
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            return StreamingHttpResponse(csv_pieces(selected), content_type="text/csv; charset=utf-8", headers=headers)
        return self._workbook(request, selected, name)

    def _workbook(self, request: HttpRequest, selected: QuerySet[PublicNoun], name: str) -> HttpResponseBase:
        file = tempfile.TemporaryFile()  # noqa: SIM115  # The response closes it.
        try:
            write_workbook(selected, file)
        except Refused as refusal:
            file.close()
            self.message_user(request, str(refusal.problems[0]), messages.ERROR)
            address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            return redirect(f"{address}?{urlencode(request.GET)}")
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=name, content_type=WORKBOOK)
