"""Letters and their mailings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path, reverse
from django.utils import timezone

from jurisdictions.edition import Declared
from tracker.admin.base import ChoiceFilter, RelatedFilter
from tracker.admin.filters import SourceFilter
from tracker.admin.letter_form import LetterForm
from tracker.admin.nouns import RecordAdmin
from tracker.admin.pasted_list import PastedList
from tracker.admin.staff_site import site
from tracker.mailings import wording_of
from tracker.models import Letter, LetterBatch, LetterEvent


@dataclass
class Opening:
    """What the form of a new letter opens with: values of its fields, and rows below it."""

    fields: dict[str, Any] = field(default_factory=dict)
    rows: dict[type[Declared], list[dict[str, Any]]] = field(default_factory=dict)


def opening_of(batch: LetterBatch) -> Opening:
    """The form of a letter of this mailing. What they threaten is left out: it may be one letter's own."""
    wording = wording_of(batch)
    deadline = {"kind": LetterEvent.Kind.DEADLINE.value, "on": batch.sent_on, "due_on": wording.due_on}
    return Opening(
        {
            "batch": batch,
            "sender_agency": batch.sender_agency,
            "sent_on": batch.sent_on,
            "signatory": wording.signatory,
            "signatory_title": wording.signatory_title,
            "legal_authorities": wording.legal_authorities,
            "demand": wording.demand,
        },
        {LetterEvent: [deadline]} if wording.due_on else {},
    )


def _asked(opening: Opening) -> dict[str, Any]:
    """The same by the names that the fields have in the form; each noun as its key and its words."""
    asked = dict(opening.fields)
    for number, row in enumerate(opening.rows.get(LetterEvent, [])):
        asked |= {f"events-{number}-{name}": value for name, value in row.items()}
    return {name: _in_json(value) for name, value in asked.items()}


def _in_json(value: Any) -> Any:
    if isinstance(value, str):
        return value
    nouns: Iterable[Model] = [value] if isinstance(value, Model) else value
    return [{"id": noun.pk, "text": str(noun)} for noun in nouns]


@admin.register(LetterBatch, site=site)
class LetterBatchAdmin(PastedList, RecordAdmin):
    """Mailings."""

    list_display = ("title", "sent_on", "sender_agency", "stands", "public")
    list_select_related = ("sender_agency",)
    search_fields = ("title", "slug", "sent_on")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.wording_view)
        return [path("<int:key>/wording/", view, name="tracker_letterbatch_wording"), *super().get_urls()]

    def links(self, request: HttpRequest, record: Any) -> list[tuple[str, str]]:
        if not request.user.has_perm("tracker.add_letter"):
            return []
        one, several = (
            reverse(f"{self.admin_site.name}:tracker_{page}") for page in ("letter_add", "letterbatch_paste")
        )
        return [
            ("Log a letter of this mailing", f"{one}?batch={record.slug}"),
            ("Log several from a list", f"{several}?batch={record.pk}"),
        ]

    def wording_view(self, request: HttpRequest, key: int) -> JsonResponse:
        """What a letter of the mailing says, for the letter's form: values by the names of its fields."""
        if not (self.has_view_permission(request) and request.user.has_perm("tracker.add_letter")):
            raise PermissionDenied
        batch = LetterBatch.objects.filter(pk=key).select_related("sender_agency").first()
        if batch is None:
            raise Http404
        asked = _asked(opening_of(batch))
        del asked["batch"]
        return JsonResponse(asked)


@admin.register(Letter, site=site)
class LetterAdmin(RecordAdmin):
    """Letters, with where each stands today."""

    form = LetterForm
    change_form_template = "tracker/admin/letter_change_form.html"
    list_display = ("recipient_as_written", "state", "sent_on", "due", "standing_today", "stands", "public")
    list_filter = (
        ("status", ChoiceFilter),
        ("state", ChoiceFilter),
        ("batch", RelatedFilter),
        SourceFilter,
    )
    search_fields = ("recipient_as_written", "jurisdiction__full_name", "addressee", "slug", "sent_on")

    class Media:
        js = ("admin/js/jquery.init.js", "tracker/letter_form.js")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        letters: QuerySet[Letter] = Letter.objects.with_standing(timezone.localdate())
        return letters

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        asked: dict[str, Any] = super().get_changeform_initial_data(request)
        return {**asked, **self.opening(request).fields}

    def opens_with(self, request: HttpRequest, rows: type[Declared]) -> list[dict[str, Any]]:
        return [*super().opens_with(request, rows), *self.opening(request).rows.get(rows, [])]

    def opening(self, request: HttpRequest) -> Opening:
        """What the form opens with, as its address asks: `?batch=` names a mailing by its address or its key."""
        known: Opening | None = getattr(request, "opening", None)
        if known is None:
            known = self._opening(request)
            request.opening = known  # type: ignore[attr-defined]  # Each part of one page asks for it.
        return known

    def _opening(self, request: HttpRequest) -> Opening:
        asked = request.GET.get("batch", "")
        if not asked:
            return Opening()
        is_key = asked.isdecimal() and len(asked) < 18
        batches = LetterBatch.objects.select_related("sender_agency")
        batch = batches.filter(slug=asked).first() or (batches.filter(pk=asked).first() if is_key else None)
        if batch is None:
            self.message_user(request, f"No mailing in the record has the address “{asked}”.", messages.WARNING)
            return Opening({"batch": None})
        return opening_of(batch)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature.
        super().save_related(request, form, formsets, change)
        if found := form.found:
            place = form.instance.jurisdiction
            read = f"was read as {place} ({place.get_kind_display().lower()})" if place else "stays open"
            level = messages.INFO if place else messages.WARNING
            self.message_user(request, f"The recipient “{found.as_written}” {read}. {found.why}", level)

    @admin.display(description="Due", ordering="due_on")
    def due(self, letter: Any) -> str:
        """The deadline that counts today."""
        return letter.due_on or "-"

    @admin.display(description="Standing today", ordering="standing")
    def standing_today(self, letter: Any) -> str:
        """Where the letter stands today, computed from its events."""
        text: str = letter.get_standing_display()
        return text
