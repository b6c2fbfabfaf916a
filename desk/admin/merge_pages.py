"""The page on which a published record is merged into another: choose it, see both side by side, say why."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from desk.admin.form_fields import KnownSelect
from desk.admin.forms import OPENED_REVISION
from desk.admin.once import made, once
from desk.admin.theme import Textarea
from desk.comparison import Change, changes
from desk.staff import staff
from nouns.declarations import parent_key
from tracker.models import Citation, Record, Source
from tracker.publishing import merging, workflow
from tracker.publishing.documents import documents

WINNER = "winner"
WINNER_REVISION = "winner_revision"


class ReasonForm(forms.Form):
    """Why two records are one."""

    reason = forms.CharField(widget=Textarea(), help_text="Why are they one? The public is told.")


class Merging(admin.ModelAdmin[Record]):
    """The merge page of a record. For `RecordAdmin`."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("<int:key>/merge/", self.admin_site.admin_view(self.merge_view), name=name), *super().get_urls()]

    @once
    def merge_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show what merging this record into the chosen one will do, and do it when the account says so."""
        if not self.has_publish_permission(request):  # type: ignore[attr-defined]  # Of `Moves`.
            raise PermissionDenied
        loser = self.get_object(request, str(key))
        if loser is None:
            raise Http404
        choice = self._choice(loser, request.POST if request.method == "POST" else request.GET)
        winner = choice.cleaned_data.get(WINNER) if choice.is_bound and choice.is_valid() else None
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if winner is not None and form.is_valid():
            seen = [_as_seen(loser, request, OPENED_REVISION), _as_seen(winner, request, WINNER_REVISION)]
            try:
                workflow.merge(*seen, by=staff(request), reason=form.cleaned_data["reason"])
            except ValidationError as refusal:
                form.add_error(None, ValidationError(refusal.messages))
            else:
                self.message_user(request, f"{loser} is merged into {winner}.", messages.SUCCESS)
                address = self.change_url(winner)  # type: ignore[attr-defined]  # Of `NounAdmin`.
                made(request, address)
                return redirect(address)
        context = {
            **self.admin_site.each_context(request),
            "title": "Merge",
            "subtitle": str(loser),
            "opts": self.opts,
            "loser": loser,
            "choice": choice,
            "form": form,
            "back_url": self.change_url(loser),  # type: ignore[attr-defined]  # Of `NounAdmin`.
            **(self._shown(loser, winner) if winner else {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "desk/merge.html", context)

    def _choice(self, loser: Record, data: Any) -> forms.Form:
        """The form that asks for the record that stays, found as everywhere by searching for it."""
        model = type(loser)
        # A search box belongs to some field that points to such records; each kind has one among the citations'.
        pointer = Citation._meta.get_field("source" if model is Source else parent_key(model, "citations"))
        field = forms.ModelChoiceField(
            model._base_manager.filter(published_revision__isnull=False).exclude(pk=loser.pk),
            widget=KnownSelect(pointer, self.admin_site),
            label="The record that stays",
            error_messages={"invalid_choice": "Choose another published record of this kind."},
        )
        form: forms.Form = type("WinnerForm", (forms.Form,), {WINNER: field})(data if WINNER in data else None)
        return form

    def _shown(self, loser: Record, winner: Record) -> dict[str, object]:
        planned = merging.plan(loser, winner)
        return {
            "winner": winner,
            "hidden": {WINNER: winner.pk, OPENED_REVISION: loser.revision, WINNER_REVISION: winner.revision},
            "planned": planned,
            "changes": _side_by_side(loser, winner),
            "public": [owner for owner in planned.owners.values() if owner.published_revision is not None],
            "drafts": [owner for owner in planned.owners.values() if owner.published_revision is None],
        }


def _as_seen(record: Record, request: HttpRequest, name: str) -> Record:
    """A copy of a record at the revision that the page was opened with."""
    opened, seen = request.POST.get(name, ""), copy(record)
    seen.revision = int(opened) if opened.isdigit() else -1
    return seen


def _side_by_side(loser: Record, winner: Record) -> list[Change]:
    """In what the two records differ."""
    goes, stays = documents([loser, winner])
    pairs = {name: (goes["fields"][name], stays["fields"][name]) for name in goes["fields"]}
    pairs |= {
        name: tuple([{**row, "id": None} for row in content["children"][name]] for content in (goes, stays))
        for name in goes["children"]
    }
    return changes(type(loser), {name: pair for name, pair in pairs.items() if pair[0] != pair[1]})
