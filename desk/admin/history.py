"""The history of a noun as sentences, an earlier revision beside the present one, and a button that brings it back."""

from __future__ import annotations

import re
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from desk.admin.forms import OPENED_REVISION
from desk.comparison import Change, changes, names_of, sentences
from nouns.declarations import child_models
from nouns.noun import PublicNoun
from tracker.publishing import restoring, workflow
from tracker.publishing.documents import Document, document_references

SEED_MARK = re.compile(r"^seed [0-9a-f]{64}$")
"""The reason that the loader of the seed record leaves: a mark for itself, and no word for a reader."""
DEEDS = {"+": "Written", "~": "Saved", "-": "Deleted"}
NOTHING: Document = {"fields": {}, "children": {}}


class PastRevisions(admin.ModelAdmin[PublicNoun]):
    """The history pages of a noun. Bringing a revision back is an ordinary edit: the same checks, a new draft."""

    history_list_per_page = 50
    object_history_list_template = "desk/history_list.html"

    def revert_disabled(self, request: HttpRequest, obj: object = None) -> bool:
        """The history's own way of reverting stays shut: it would bring back an old state of publication as well."""
        return True

    def set_history_delta_changes(self, request: HttpRequest, page: Any, **_options: object) -> None:
        """Give each line of the history its deed, its reason and what it changed, rows below the noun included."""
        rows = list(page)
        if not rows:
            return
        noun = rows[0].instance
        earlier = noun.history.filter(history_id__lt=rows[-1].history_id).order_by("-history_id").first()
        known = [*rows, *([earlier] if earlier else [])]
        model = type(noun)
        documents = restoring.in_documents(model, restoring.past(noun, known))
        names = names_of(address for content in documents for address in document_references(model, content))
        for row, now, was in zip(rows, documents, [*documents[1:], NOTHING], strict=False):
            row.deed, row.why = DEEDS[row.history_type], row.history_change_reason or ""
            if SEED_MARK.match(row.why):
                row.deed, row.why = "Loaded from the seed record", ""
            row.told = sentences(model, was, now, names)
            if row.why and not row.told:  # A move, which the actions call by its name: "Sent back: Which page?"
                row.deed, _, row.why = row.why.partition(": ")
            row.is_first = was is NOTHING

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: object = None
    ) -> HttpResponse:
        """Compare an earlier revision with the present one; on POST, bring it back as the next revision."""
        noun = self.get_object(request, object_id)
        past: Any = noun and noun.history.filter(history_id=version_id).first()
        if noun is None or past is None:
            raise Http404
        if not self.has_view_permission(request, noun):
            raise PermissionDenied
        if request.method == "POST":
            return self._bring_back(request, noun, past)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Revision {past.revision}",
            "subtitle": str(noun),
            "opts": self.opts,
            "noun": noun,
            "past": past,
            "why": "" if SEED_MARK.match(past.history_change_reason or "") else past.history_change_reason,
            "changes": _compared(noun, past),
            "may_change": self.has_change_permission(request, noun),
            "opened_name": OPENED_REVISION,
            "back_url": "../",
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "desk/past_revision.html", context)

    def _bring_back(self, request: HttpRequest, noun: PublicNoun, past: Any) -> HttpResponse:
        opened = request.POST.get(OPENED_REVISION, "")
        noun.revision = int(opened) if opened.isdigit() else -1
        try:
            reverted = workflow.revert(noun, to=past, by=cast("AbstractUser", request.user))
        except ValidationError as refusal:
            self.report(request, refusal)  # type: ignore[attr-defined]  # Of the noun's own admin.
        else:
            self.message_user(request, f"{noun} says again what revision {past.revision} said.", messages.SUCCESS)
            self.after_save(request, reverted)  # type: ignore[attr-defined]  # The same.
        return redirect(self.change_url(noun))  # type: ignore[attr-defined]  # The same.


def _compared(noun: PublicNoun, past: restoring.PastRow) -> list[Change]:
    """What the noun said at a row of its history beside what it says now."""
    model = type(noun)
    snapshots = [*restoring.past(noun, [past]), restoring.current(noun)]
    then, now = restoring.in_documents(model, snapshots)
    pairs = {name: (then["fields"][name], now["fields"][name]) for name in restoring.content_fields(model)}
    pairs |= {relation: (then["children"][relation], now["children"][relation]) for relation in child_models(model)}
    return changes(model, {name: pair for name, pair in pairs.items() if pair[0] != pair[1]})
