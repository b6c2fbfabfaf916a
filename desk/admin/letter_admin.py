"""Letters and their mailings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from desk.admin.filters import SourceFilter
from desk.admin.from_document import FromDocument, key_in
from desk.admin.letter_form import LetterForm
from desk.admin.noun_admin import RecordAdmin
from desk.admin.openings import Opening, opening_of
from desk.admin.pasted_list import PastedList
from desk.admin.staff_site import site
from desk.admin.theme import ChoiceFilter, RelatedFilter
from nouns.noun import Declared
from tracker.models import Letter, LetterBatch, Record


@admin.register(LetterBatch, site=site)
class LetterBatchAdmin(PastedList, RecordAdmin):
    """Mailings."""

    list_display = ("title", "sent_on", "sender_agency", "status_label", "public")
    list_select_related = ("sender_agency",)
    search_fields = ("title", "slug", "sent_on")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.wording_view)
        return [path("<int:key>/wording/", view, name="tracker_letterbatch_wording"), *super().get_urls()]

    def links(self, request: HttpRequest, record: Record) -> list[tuple[str, str]]:
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
        asked = opening_of(batch).in_json()
        del asked["batch"]
        return JsonResponse(asked)


@admin.register(Letter, site=site)
class LetterAdmin(FromDocument, RecordAdmin):
    """Letters, with where each stands today."""

    form = LetterForm
    change_form_template = "desk/letter_change_form.html"
    list_before_template = "desk/letters_before.html"
    list_display = ("recipient_as_written", "state", "sent_on", "due", "standing_today", "status_label", "public")
    list_filter = (
        ("status", ChoiceFilter),
        ("state", ChoiceFilter),
        ("batch", RelatedFilter),
        SourceFilter,
    )
    search_fields = ("recipient_as_written", "jurisdiction__full_name", "addressee", "slug", "sent_on")

    class Media:
        js = ("admin/js/jquery.init.js", "desk/letter_form.js", "desk/proposed.js")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        letters: QuerySet[Letter] = Letter.objects.with_standing(timezone.localdate())
        return letters

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        asked: dict[str, Any] = super().get_changeform_initial_data(request)
        return {**asked, **self.opening(request).fields}

    def opens_with(self, request: HttpRequest, rows: type[Declared]) -> list[dict[str, object]]:
        return [*super().opens_with(request, rows), *self.opening(request).rows.get(rows, [])]

    def opening(self, request: HttpRequest) -> Opening:
        """What the form opens with, as its address asks.

        `?batch=` names a mailing by its address or its key, `?document=` a source by its key.
        """
        known: Opening | None = getattr(request, "opening", None)
        if known is None:
            known = self._of_document(request) if "document" in request.GET else self._of_mailing(request)
            request.opening = known  # type: ignore[attr-defined]  # Each part of one page asks for it.
        return known

    def _of_mailing(self, request: HttpRequest) -> Opening:
        asked = request.GET.get("batch", "")
        if not asked:
            return Opening()
        batches = LetterBatch.objects.select_related("sender_agency")
        batch = batches.filter(slug=asked).first() or batches.filter(pk=key_in(asked)).first()
        if batch is None:
            self.message_user(request, f"No mailing in the record has the address “{asked}”.", messages.WARNING)
            return Opening({"batch": None})
        return opening_of(batch)

    def _of_document(self, request: HttpRequest) -> Opening:
        if proposed := self.proposed(request):
            return proposed.opening()
        self.message_user(request, "The document is no longer in the record.", messages.WARNING)
        return Opening()

    def save_related(self, request: HttpRequest, form: Any, formsets: object, change: bool) -> None:  # noqa: FBT001  # Django's signature.
        super().save_related(request, form, formsets, change)
        if found := form.found:
            place = form.instance.jurisdiction
            read = f"was read as {place} ({place.get_kind_display().lower()})" if place else "stays open"
            level = messages.INFO if place else messages.WARNING
            self.message_user(request, f"The recipient “{found.as_written}” {read}. {found.why}", level)

    @admin.display(description="Due", ordering="due_on")
    def due(self, letter: Letter) -> str:
        """The deadline that counts today."""
        return letter.due_on or "-"

    @admin.display(description="Standing today", ordering="standing")
    def standing_today(self, letter: Letter) -> str:
        """Where the letter stands today, computed from its events."""
        text: str = letter.get_standing_display()
        return text
