"""The two kinds of noun in the staff's site. What a noun declares of itself makes its form, its list and its rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from desk.admin.children import child_inline
from desk.admin.filters import SourceFilter
from desk.admin.finding import Finding
from desk.admin.form_fields import DeclaredFields
from desk.admin.forms import WHY, NounForm
from desk.admin.history import PastRevisions
from desk.admin.list_files import Tables
from desk.admin.long_lists import LongLists
from desk.admin.merge_pages import Merging
from desk.admin.moves import MOVES, Moves
from desk.admin.once import made, once
from desk.admin.preview import Previews, has_page
from desk.admin.rebasing import Rebasing
from desk.admin.theme import ChoiceFilter, ThemedAdmin, display
from desk.comparison import label_of
from desk.staff import staff
from nouns.history import one_history_row
from nouns.noun import Declared, PublicNoun
from tracker.addresses import free_address
from tracker.models import Publication, Record
from tracker.publishing import acts, workflow
from tracker.publishing.refusals import uncited_facts


class NounAdmin(Rebasing, PastRevisions, Tables, LongLists, Finding, DeclaredFields, SimpleHistoryAdmin, ThemedAdmin):  # type: ignore[misc]  # The history's ships no types.
    """A noun of the record: its declared public and internal fields, its rows, its history.

    `address_words` are the text fields that the address is proposed from while somebody types.

    Each base adds one thing to Django's ModelAdmin by its own hooks, and calls `super()` for the rest. Where two have
    the same hook, the left one acts first; from left to right:

    - Rebasing, first of all at the change page, because it mends what was posted and holds the transaction in which
      everything after it reads the form;
    - PastRevisions, the pages of the history, before SimpleHistoryAdmin, whose own pages they take the place of;
    - Tables, beside the list: its files to take away, and the way to imports;
    - LongLists and Finding, how far a list is counted, and how it is searched;
    - DeclaredFields, how fields are asked, before ThemedAdmin, which would choose other widgets for them;
    - SimpleHistoryAdmin, and ThemedAdmin last, because it makes the pages that all the others add to.

    RecordAdmin adds Moves (which answers after a save, to submit at once), Merging and Previews in front, each a page
    or two of its own, in any order among themselves. What one noun alone has stands before all of these: KeptFiles of
    sources and FromDocument of letters take part in the change page around Rebasing, so that it reads the files and
    the facts that they restore; PastedList is a page. A page that makes something is marked `once`, whose second
    sending is answered before any of these acts.
    """

    model: type[PublicNoun]
    address_words: ClassVar[tuple[str, ...]] = ()

    form = NounForm
    change_form_template = "desk/noun_change_form.html"
    list_filter_submit = True
    list_per_page = 50

    class Media:
        js = ("desk/cite.js",)

    def get_inlines(self, request: HttpRequest, obj: object = None) -> list[Any]:
        return [child_inline(self.model, relation) for relation in self.model.CHILDREN]

    def opens_with(self, request: HttpRequest, rows: type[Declared]) -> list[dict[str, object]]:
        """The rows of this kind that a form opens with, beside those that are stored; each with its values."""
        return []

    def get_formset_kwargs(self, request: HttpRequest, obj: PublicNoun, inline: Any, prefix: str) -> dict[str, object]:
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET":  # What is sent back is judged by itself, so that such a row is stored.
            options["initial"] = self.opens_with(request, inline.model)
        return options

    def get_fieldsets(self, request: HttpRequest, obj: object = None) -> Any:
        internal = self.internal_fields()
        return [
            ("Public record", {"fields": self.model.PUBLIC_FIELDS}),
            ("Publication", {"fields": ("slug", *(self.bookkeeping() if obj else ()))}),
            *([("Internal", {"fields": internal})] if internal else []),
        ]

    def internal_fields(self) -> tuple[str, ...]:
        """The fields that never leave the record, in reading order."""
        return self.model.INTERNAL_FIELDS

    def bookkeeping(self) -> tuple[str, ...]:
        """What the product itself notes about a noun's publication."""
        return ("revision", "published_at")

    def get_readonly_fields(self, request: HttpRequest, obj: PublicNoun | None = None) -> tuple[str, ...]:
        declared = (*self.model.PUBLIC_FIELDS, *self.model.INTERNAL_FIELDS)
        computed = [name for name in declared if not self.model._meta.get_field(name).editable]
        address = ("slug",) if obj and obj.published_at else ()
        return (*self.model.DERIVED_FIELDS, *computed, *self.bookkeeping(), *address)

    def get_prepopulated_fields(self, request: HttpRequest, obj: object = None) -> dict[str, Sequence[str]]:
        return {"slug": self.address_words} if obj is None and self.address_words else {}

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The public page, for what is public and has one."""
        if obj is None or obj.published_revision is None:
            return None
        return f"{settings.PUBLIC_URL}{obj.get_absolute_url()}" if has_page(obj) else None

    @once
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        response: HttpResponse = super().add_view(request, form_url, extra_context)
        return response

    def save_model(self, request: HttpRequest, obj: object, form: object, change: bool) -> None:  # noqa: FBT001  # Django's signature.
        """Leave it to `save_related`, which knows whether anything changed, in the noun or in the rows below it."""

    def save_related(self, request: HttpRequest, form: NounForm, formsets: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature.
        """Save the noun and its rows as one revision and one line of its history; nothing when nothing changed."""
        noun = form.instance
        if change and not (form.has_new_content or any(formset.has_changed() for formset in formsets)):
            super().save_related(request, form, formsets, change)  # Writes nothing; Django wants to hear of no change.
            return
        with one_history_row(noun, by=staff(request), reason=form.cleaned_data[WHY]):
            if not change:
                self.begin(noun, request)
            noun.save()
            super().save_related(request, form, formsets, change)
        if not change:
            made(request, self.change_url(noun))
        self.after_save(request, noun)

    def begin(self, noun: PublicNoun, request: HttpRequest) -> None:
        """Complete a noun that is saved for the first time."""
        noun.slug = noun.slug or free_address(self.model, noun.words_for_slug())

    def after_save(self, request: HttpRequest, noun: object) -> None:
        """What follows a save that changed something."""

    def has_delete_permission(self, request: HttpRequest, obj: PublicNoun | None = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not self.delete_refusal(request, obj))

    def delete_refusal(self, request: HttpRequest, noun: PublicNoun) -> str:
        """Why this account may not delete this noun, or nothing."""
        return f"{noun} was published, so the ledger names it: it cannot be deleted." if noun.published_at else ""

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        noun: Any = self.get_object(request, unquote(object_id))
        refusal = self.delete_refusal(request, noun) if noun else ""
        if refusal and super().has_delete_permission(request, noun):
            self.message_user(request, refusal, messages.ERROR)
            return redirect(self.change_url(noun))
        response: HttpResponse = super().delete_view(request, object_id, extra_context)
        return response

    def change_url(self, noun: PublicNoun) -> str:
        """The address of the noun's form."""
        return reverse(f"{self.admin_site.name}:{noun._meta.app_label}_{noun._meta.model_name}_change", args=[noun.pk])

    def report(self, request: HttpRequest, refusal: ValidationError, level: int = messages.ERROR) -> None:
        """Tell the account every reason of a refusal."""
        for reason in refusal.messages:
            self.message_user(request, reason, level)


class ReferenceAdmin(NounAdmin):
    """A noun without review: saving publishes it, since only those who keep the references may save it."""

    def after_save(self, request: HttpRequest, noun: Any) -> None:
        try:
            workflow.publish_references([noun], by=staff(request))
        except ValidationError as refusal:
            self.report(request, refusal, messages.WARNING)
            self.message_user(request, f"{noun} is saved, but not published yet.", messages.WARNING)


class RecordAdmin(Moves, Merging, Previews, NounAdmin):
    """A reviewed noun. Its status moves only by `workflow`, which its buttons and actions call."""

    model: type[Record]
    list_filter: ClassVar[Any] = (("status", ChoiceFilter), SourceFilter)

    def internal_fields(self) -> tuple[str, ...]:
        return (*self.model.INTERNAL_FIELDS, "internal_notes")

    def bookkeeping(self) -> tuple[str, ...]:
        return ("status", "revision", "published_at", "people")

    @display(
        description="Status", ordering="status", label={"Draft": "warning", "In review": "info", "Published": "success"}
    )
    def status_label(self, record: Record) -> str:
        """The status, as a coloured label in a list."""
        return record.get_status_display()

    @admin.display(description="Public")
    def public(self, record: Record) -> str:
        """Whether the public sees the record, and whether it sees this revision."""
        if record.published_revision is None:
            return "not yet" if record.published_at is None else "no longer"
        return "yes" if record.published_revision == record.revision else "an earlier revision"

    @admin.display(description="People")
    def people(self, record: Record) -> str:
        """Who wrote, submitted and reviewed it."""
        named = {"written": record.created_by, "submitted": record.submitted_by, "reviewed": record.reviewed_by}
        return ", ".join(f"{done} by {account}" for done, account in named.items() if account) or "nobody yet"

    def links(self, request: HttpRequest, record: Record) -> list[tuple[str, str]]:
        """What else is offered beside a stored record's moves: words and address of each."""
        return []

    def begin(self, noun: Any, request: HttpRequest) -> None:
        super().begin(noun, request)
        noun.created_by = staff(request)

    def delete_refusal(self, request: HttpRequest, noun: Any) -> str:
        if refusal := super().delete_refusal(request, noun):
            return f"{refusal} Withdraw it instead."
        if noun.created_by_id != request.user.pk and not self.has_publish_permission(request):
            return f"{noun} was written by somebody else. Its author or a reviewer may delete it."
        return ""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        stored = self.model._base_manager.filter(pk=context["object_id"]).first() if context.get("object_id") else None
        if stored is not None:
            context["record"] = stored
            context["public_view"] = public_view(stored)
            context["may_merge"] = stored.published_revision is not None and self.has_publish_permission(request)
            context["uncited"] = ", ".join(facts for _, facts in uncited_facts([stored]))
            context["has_preview"] = has_page(stored)
            context["links"] = self.links(request, stored)
            context["moves"] = [move for move in MOVES if move.offered(stored) and self.may_move(request, move)]
        context["offers_submission"] = self.has_change_permission(request, stored)
        return super().render_change_form(request, context, *args, **kwargs)


def public_view(record: Record) -> str:
    """What the public sees of a record, in a sentence."""
    if record.published_revision is None:
        return "Not public yet." if record.published_at is None else _gone(record)
    if record.published_revision == record.revision:
        return "Public: this revision."
    names = [label_of(type(record), name) for name in acts.differences(record)]
    differs = f"this draft differs in: {', '.join(names)}." if names else "this draft says the same."
    return f"Public: revision {record.published_revision}; {differs}"


def _gone(record: Record) -> str:
    """How a record that was public went."""
    last = Publication.objects.filter(noun=record.NOUN, record_id=record.pk).order_by("-id").first()
    if last is not None and last.action == Publication.Action.MERGE:
        return f"Merged into {last.document[Publication.MERGED_INTO]}: its public address leads there."
    return "Withdrawn: the public no longer sees it."
