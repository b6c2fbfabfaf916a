"""A refused form still has the file that was chosen in it, as a box that can be unticked."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from desk.admin.theme import FileInput
from desk.intake.kept_uploads import keep, kept
from desk.staff import staff
from tracker.models import Source

BOX = "-kept"
"""What the name of a box that keeps a file adds to the name of its field."""


class KeepingFileInput(FileInput):
    """Chooses a file, and keeps the one that was chosen before the form was refused."""

    template_name = "desk/file_input.html"
    chosen: tuple[str, str] | None = None
    """The token of the kept file, and its name."""

    def get_context(self, name: str, value: object, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"kept_name": f"{name}{BOX}", "chosen": self.chosen}
        return context


class KeptFiles(admin.ModelAdmin[Source]):
    """The form of a noun that has a file. For a `NounAdmin` whose file fields use a KeepingFileInput."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        fields = [name.removesuffix(BOX) for name in request.POST if name.endswith(BOX)]
        for name in fields:
            # A file that was chosen anew replaces the kept one.
            if name not in request.FILES and (upload := kept(request.POST[f"{name}{BOX}"], staff(request))):
                request.FILES[name] = upload
        response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        for name, upload in form.files.items() if form.is_bound else ():
            widget = form.fields[name].widget if name in form.fields else None
            if isinstance(widget, KeepingFileInput) and isinstance(upload, UploadedFile) and name not in form.errors:
                widget.chosen = (keep(upload, staff(request)), str(upload.name))
        return super().render_change_form(request, context, *args, **kwargs)
