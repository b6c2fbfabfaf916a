"""What a noun said at an earlier revision, beside what it says now, and a button that brings the earlier words back."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from jurisdictions.edition import RECORD, PublicNoun, one_history_row
from tracker.admin.comparison import Change, in_words, label_of
from tracker.admin.forms import OPENED_REVISION


class PastRevisions(admin.ModelAdmin[Any]):
    """The history pages of a noun. Bringing words back is an ordinary edit: the same checks, a new draft revision."""

    history_list_per_page = 50
    object_history_list_template = "tracker/admin/history_list.html"

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        """The history's own way of reverting stays shut: it would bring back an old state of publication as well."""
        return True

    def internal_fields(self) -> tuple[str, ...]:
        """The fields that never leave the record."""
        return ()

    def _content_fields(self) -> tuple[str, ...]:
        """The fields that an edit can change. Rows below the noun have histories of their own."""
        model = cast("type[PublicNoun]", self.model)
        names = (*model.PUBLIC_FIELDS, *self.internal_fields())
        return tuple(name for name in names if model._meta.get_field(name).editable)

    def set_history_delta_changes(self, request: HttpRequest, page: Any, **_options: Any) -> None:
        """Give each line of the history what it changed in content, leaving out the product's own bookkeeping."""
        rows = list(page)
        names = {*self._content_fields(), "slug"}
        for newer, older in pairwise(rows):
            delta = newer.diff_against(older, foreign_keys_are_objs=True, included_fields=names)
            helper = self.get_historical_record_context_helper(request, newer)  # type: ignore[attr-defined]
            newer.history_delta_changes = helper.context_for_delta_changes(delta)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Compare an earlier revision with the present one; on POST, save its values as the next revision."""
        noun = self.get_object(request, object_id)
        past: Any = noun and noun.history.filter(history_id=version_id).first()
        if noun is None or past is None:
            raise Http404
        if not self.has_view_permission(request, noun):
            raise PermissionDenied
        may_change = self.has_change_permission(request, noun)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            try:
                self._bring_back(request, noun, past)
            except ValidationError as refusal:
                self.report(request, refusal)  # type: ignore[attr-defined]  # Of the noun's own admin.
            else:
                self.message_user(request, f"{noun} says again what revision {past.revision} said.", messages.SUCCESS)
            return redirect(self.change_url(noun))  # type: ignore[attr-defined]  # The same.
        context = {
            **self.admin_site.each_context(request),
            "title": f"Revision {past.revision}",
            "subtitle": str(noun),
            "opts": self.opts,
            "noun": noun,
            "past": past,
            "changes": self._compare(noun, past),
            "may_change": may_change,
            "opened_name": OPENED_REVISION,
            "back_url": "../",
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "tracker/admin/past_revision.html", context)

    def _compare(self, noun: Any, past: Any) -> list[Change]:
        found = []
        for name in self._content_fields():
            field = self.model._meta.get_field(name)
            then, now = in_words(field, _past_value(past, field)), in_words(field, getattr(noun, name))
            if then != now:
                found.append(Change(label_of(self.model, name), [then], [now]))
        return found

    @transaction.atomic(using=RECORD)
    def _bring_back(self, request: HttpRequest, noun: Any, past: Any) -> None:
        """Raises ValidationError when the old words break a rule, or StaleRevision when somebody saved meanwhile."""
        opened = request.POST.get(OPENED_REVISION, "")
        noun.revision = int(opened) if opened.isdigit() else -1
        many = []
        for name in self._content_fields():
            field: Any = self.model._meta.get_field(name)
            if isinstance(field, models.ManyToManyField):
                many.append(field)
            else:
                setattr(noun, field.attname, getattr(past, field.attname))
        noun.full_clean(exclude={"revision", "status"})
        by = cast("AbstractUser", request.user)
        with one_history_row(noun, by=by, reason=f"Brought back revision {past.revision}"):
            noun.save()
            for field in many:
                getattr(noun, field.name).set(_past_targets(past, field))
        self.after_save(request, noun)  # type: ignore[attr-defined]  # Of the noun's own admin.


def _past_value(past: Any, field: Any) -> Any:
    """What a field held: a value, a row, or a list of rows; the bare key of a row that is gone."""
    if isinstance(field, models.ManyToManyField):
        return list(_past_targets(past, field))
    try:
        return getattr(past, field.name)
    except ObjectDoesNotExist:
        return getattr(past, field.attname)


def _past_targets(past: Any, field: Any) -> models.QuerySet[Any]:
    """The rows that a many-to-many field held, as far as they still exist."""
    keys = [getattr(link, f"{field.m2m_reverse_field_name()}_id") for link in getattr(past, field.name).all()]
    return field.related_model._base_manager.filter(pk__in=keys)  # type: ignore[no-any-return]
