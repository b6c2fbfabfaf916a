"""Sources, and the documents kept with them, which staff fetch here and the public nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.urls import URLPattern, path, reverse

from desk.admin.form_fields import FIELD_OPTIONS
from desk.admin.kept_files import KeepingFileInput, KeptFiles
from desk.admin.noun_admin import RecordAdmin
from desk.admin.staff_site import site
from desk.admin.theme import ChoiceFilter
from nouns.databases import RECORD
from tracker.evidence import request_reading
from tracker.models import Source


@dataclass(frozen=True)
class KeptDocument:
    """A stored file as the form names it, with the address at which staff may fetch it."""

    name: str
    url: str

    def __str__(self) -> str:
        return self.name


class PrivateFileInput(KeepingFileInput):
    """Chooses a file. A stored one is linked to where staff may fetch it, since it has no public address."""

    def get_context(self, name: str, value: Any, attrs: object) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        if self.is_initial(value):
            url = reverse(f"{site.name}:tracker_source_document", args=[value.instance.pk])
            context["widget"]["value"] = KeptDocument(f"{value.instance.slug}{PurePosixPath(value.name).suffix}", url)
        return context


@admin.register(Source, site=site)
class SourceAdmin(KeptFiles, RecordAdmin):
    """What was read, and the documents kept of it."""

    formfield_overrides = {**FIELD_OPTIONS, models.FileField: {"widget": PrivateFileInput}}
    address_words = ("title",)
    list_display = ("title", "kind", "publisher", "published_on", "status_label", "public")
    list_filter = (("status", ChoiceFilter), ("kind", ChoiceFilter), ("link_state", ChoiceFilter))

    actions = (*RecordAdmin.actions, "accept_addresses")

    @admin.action(description="Accept what the address answers now", permissions=["change"])
    def accept_addresses(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        """Forget what was found at the addresses of the selected sources; the next check begins anew with each."""
        with transaction.atomic(using=RECORD):
            for source in queryset.exclude(link_state="").select_for_update():
                source.link_state, source.link_sha256, source.link_checked_at = "", "", None
                source._change_reason = "What its address answers was accepted"  # type: ignore[attr-defined]  # The history's.
                source.save_bookkeeping("link_state", "link_sha256", "link_checked_at")
        self.message_user(request, "The next check takes what these addresses answer for right.", messages.SUCCESS)

    def after_save(self, request: HttpRequest, noun: Any) -> None:
        super().after_save(request, noun)
        request_reading(noun)

    search_fields = ("title", "publisher", "author", "url", "slug", "extracted_text")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.document_view)
        return [path("<int:key>/document/", view, name="tracker_source_document"), *super().get_urls()]

    def document_view(self, request: HttpRequest, key: int) -> FileResponse:
        """The kept document as a download, so that no browser shows an uploaded page as ours."""
        source = self.get_object(request, str(key))
        if not self.has_view_permission(request, source):
            raise PermissionDenied
        if source is None or not source.file.name:
            raise Http404
        name = f"{source.slug}{PurePosixPath(source.file.name).suffix}"
        return FileResponse(source.file.open("rb"), as_attachment=True, filename=name)
