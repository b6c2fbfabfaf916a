"""The forms of nouns and their rows. They refuse to overwrite what somebody else saved meanwhile."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from desk.admin.form_fields import KnownSelect
from desk.admin.theme import TextInput
from nouns.history import LONGEST_REASON
from tracker.addresses import is_taken
from tracker.models import Record

OPENED_REVISION = "opened_revision"
WHY = "why"


class NounForm(forms.ModelForm[Any]):
    """The form of a noun. It carries the revision that it was opened at, and the noun is saved at that one only.

    OF_THE_FORM names what it asks beside the noun's own fields.
    """

    OF_THE_FORM: ClassVar[frozenset[str]] = frozenset({OPENED_REVISION, WHY})

    opened_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(
        label="Why this change",
        required=False,
        max_length=LONGEST_REASON,
        widget=TextInput(),
        help_text="Optional, for the history: staff read it, the public does not.",
    )

    @property
    def has_new_content(self) -> bool:
        """Whether anything was changed that the noun says; a reason alone is no change."""
        return bool(set(self.changed_data) - self.OF_THE_FORM)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial[OPENED_REVISION] = self.instance.revision
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].label = "Address in the tracker"
            self.fields["slug"].help_text = "Left empty, it is made for you. It never changes once published."

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug and is_taken(type(self.instance), slug, self.instance.pk):
            raise ValidationError("Another record has or had this address. Leave it empty to get one that is free.")
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk:
            self._refuse_if_stale(cleaned.get(OPENED_REVISION))
        return cleaned

    def _refuse_if_stale(self, opened: int | None) -> None:
        """Refuse when the stored revision is another one. The row stays locked until this save is done."""
        stored = type(self.instance)._base_manager.select_for_update().get(pk=self.instance.pk)
        if stored.revision == opened:
            return
        # `desk.admin.rebasing` has brought both versions together, so that a second, deliberate save is of this one.
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix(OPENED_REVISION)] = str(stored.revision)
        self.data = data
        raise ValidationError(_who_saved(stored))


def _who_saved(stored: Record) -> str:
    last = stored.history.filter(revision=stored.revision).order_by("history_id").first()
    who = (last and last.history_user) or "Somebody else"
    when = date_format(timezone.localtime(last.history_date), "j F Y, H:i") if last else "meanwhile"
    return (
        f"Nothing was saved: {who} saved this record ({when}) after you opened it. What you typed is still here. "
        "Look at what came of both, and save again."
    )


class ChildForm(forms.ModelForm[Any]):
    """The form of one row below a noun: an event, a party, an answer, a share, a citation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownSelect):
                opened_with = self.initial.get(name)
                if self.instance.pk:
                    widget.known = getattr(self.instance, name)
                elif isinstance(opened_with, models.Model):
                    widget.known = opened_with


class CitationForm(ChildForm):
    """The form of a citation. A field that is no longer offered, but that the citation names, stays as it is."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        named, field = self.instance.field, self.fields.get("field")
        if isinstance(field, forms.ChoiceField) and named and named not in dict(field.choices):  # type: ignore[arg-type]
            field.choices = [*field.choices, (named, named)]  # type: ignore[misc]
