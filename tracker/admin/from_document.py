"""The pages on which a letter is logged from its document: hand it in, wait while it is read, accept what it says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from jurisdictions.edition import RECORD
from tracker.admin.base import FileInput, TextInput
from tracker.admin.once import made, once
from tracker.admin.staff import staff
from tracker.models import Source
from tracker.readings import facts, keep_document

SECONDS_BETWEEN_LOOKS = 3


class DocumentForm(forms.Form):
    """The document of one letter."""

    document = forms.FileField(
        widget=FileInput({"accept": ".pdf,.txt,application/pdf,text/plain"}),
        label="The letter",
        help_text="Drop it here or choose it: a PDF or a text file of at most 25 MB. It is kept with a draft source.",
    )
    title = forms.CharField(
        required=False,
        max_length=400,
        widget=TextInput(),
        label="Title of the source",
        help_text="Left empty, it is the file's name. You can change it until the source is published.",
    )


class FromDocument(admin.ModelAdmin[Any]):
    """The pages for `LetterAdmin`. What is accepted opens the form of a new letter; saving is the form's own."""

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view
        return [
            path("from-document/", guard(self.document_view), name="tracker_letter_from_document"),
            path("from-document/<int:key>/", guard(self.reading_view), name="tracker_letter_reading"),
            *super().get_urls(),
        ]

    @once
    def document_view(self, request: HttpRequest) -> HttpResponse:
        """Take a document in; name the source that has it already."""
        self._require(request)
        posted = request.method == "POST"
        form = DocumentForm(request.POST, request.FILES) if posted else DocumentForm()
        if posted and form.is_valid():
            given = form.cleaned_data
            try:
                with transaction.atomic(using=RECORD):
                    source, known = keep_document(given["document"], given["title"], by=staff(request))
            except ValidationError as refusal:
                form.add_error("document", ValidationError(refusal.messages))
            else:
                address = reverse(f"{self.admin_site.name}:tracker_letter_reading", args=[source.pk])
                if known:
                    self.message_user(request, f"This very document is kept already, with “{source}”.", messages.INFO)
                made(request, address)
                return redirect(address)
        return self._page(request, "from_document.html", {"title": "Log a letter from its document", "form": form})

    def reading_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Say how far the reading is; then show what the document says, to accept or drop."""
        self._require(request)
        source = Source.objects.filter(pk=key).first()
        if source is None:
            raise Http404
        waits = source.text_state == Source.TextState.WAITING
        context = {
            "title": "What the document says",
            "source": source,
            "waits": waits,
            "facts": facts(source) if source.extracted_text else [],
            "by_hand": f"{reverse(f'{self.admin_site.name}:tracker_letter_add')}?document={source.pk}",
        }
        page = self._page(request, "reading.html", context)
        if waits:
            page.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
        return page

    def _require(self, request: HttpRequest) -> None:
        account = staff(request)
        if not (self.has_add_permission(request) and account.has_perms(["tracker.add_source", "tracker.view_source"])):
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"tracker/admin/{template}", {**shared, **context})
