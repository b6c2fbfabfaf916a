"""A letter is logged from its document: hand it in, wait while it is read, keep or drop what it says in the form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from desk.admin.form_fields import LONGEST_KEY
from desk.admin.forms import NounForm
from desk.admin.once import made, once
from desk.admin.proposed import Box, Proposed
from desk.admin.theme import FileInput, TextInput
from desk.intake.readings import facts, keep_document
from desk.staff import staff
from nouns.databases import RECORD
from tracker.models import Citation, Letter, LetterReading, Source

SECONDS_BETWEEN_LOOKS = 3
USUAL = timedelta(seconds=30)
"""How long the worker takes at most, unless it is busy or stands still."""


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


class FromDocument(admin.ModelAdmin[Letter]):
    """The pages for `LetterAdmin`, and the form of a new letter whose address names a `?document=`, a source's key."""

    def get_urls(self) -> list[URLPattern]:
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
        """Say how far the reading is, and lead to the letter's form when there is something for it."""
        self._require(request)
        source = Source.objects.filter(pk=key).first()
        if source is None:
            raise Http404
        form = f"{reverse(f'{self.admin_site.name}:tracker_letter_add')}?document={source.pk}"
        if facts(source):
            return redirect(form)
        reading = LetterReading.objects.filter(source=source).first()
        waits = reading is not None and reading.waits
        context = {
            "title": "Reading the document",
            "source": source,
            "reading": reading,
            "waits": waits,
            "is_late": reading is not None and waits and timezone.now() - reading.asked_at > USUAL,
            "by_hand": form,
        }
        page = self._page(request, "reading.html", context)
        if waits:
            page.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
        return page

    def proposed(self, request: HttpRequest) -> Proposed | None:
        """What the document proposes that the form was opened from; None without one."""
        known: Proposed | None = getattr(request, "proposed", None)
        if known is None and (key := request.GET.get("document", "")):
            source = Source.objects.filter(pk=key_in(key)).first()
            if source is not None and request.user.has_perm("tracker.view_source"):
                known = Proposed(source, request.POST if request.method == "POST" else None)
                request.proposed = known  # type: ignore[attr-defined]  # Each part of one page asks for it.
        return known

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and object_id is None and (proposed := self.proposed(request)):
            request.POST = proposed.obey()  # type: ignore[assignment]  # A copy, which Django types as another class.
        response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        return response

    def save_formset(self, request: HttpRequest, form: NounForm, formset: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature.
        super().save_formset(request, form, formset, change)
        if formset.model is Citation and not change and (proposed := self.proposed(request)):
            for citation in proposed.citations():
                citation.letter = form.instance
                citation.save()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Put beside each field what the document says of it."""
        if not context.get("original") and (proposed := self.proposed(request)):
            form = context["adminform"].form
            for name in form.fields:
                if boxes := proposed.boxes(name):
                    form[name].help_text = mark_safe(_beside(boxes, form[name].label) + form[name].help_text)  # noqa: S308  # Both are ours.
            for rows in context["inline_admin_formsets"]:
                if rows.formset.prefix == "events" and (boxes := proposed.boxes("events")):
                    rows.opts.template_before = "desk/proposed_rows.html"
                    rows.beside = _beside(boxes, "Deadline")
            context["proposed"] = proposed
        return super().render_change_form(request, context, *args, **kwargs)

    def _require(self, request: HttpRequest) -> None:
        account = staff(request)
        if not (self.has_add_permission(request) and account.has_perms(["tracker.add_source", "tracker.view_source"])):
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
        request.current_app = self.admin_site.name
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"desk/{template}", {**shared, **context})


def _beside(boxes: list[Box], label: str) -> str:
    doubted = [box.is_ticked for box in boxes if box.fact.in_doubt]
    shown = {"boxes": boxes, "label": label, "in_doubt": bool(doubted), "is_open": not any(doubted)}
    return render_to_string("desk/proposed.html", shown)


def key_in(asked: str) -> int:
    """A key as an address gives it; one that nothing has for anything else."""
    return int(asked) if asked.isdecimal() and len(asked) < LONGEST_KEY - 1 else 0
