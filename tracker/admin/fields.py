"""How the fields of a noun, or of a row below it, are asked for. Forms and inlines share it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.http import HttpRequest

from jurisdictions.edition import Declared
from tracker.admin.base import Textarea, TextInput
from tracker.documents import relations
from tracker.partial_dates import PartialDateField

PARTIAL_DATE_HINT = "2017-04-21, 2017-04 or 2017"


class PartialDateInput(TextInput):
    """One text box for a day, a month or a year; the hint shows all three."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"placeholder": PARTIAL_DATE_HINT, "autocomplete": "off", "maxlength": 10, **(attrs or {})})


FIELD_OPTIONS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    PartialDateField: {"widget": PartialDateInput},
    models.TextField: {"widget": Textarea},
    models.URLField: {"assume_scheme": "https"},
}


class DeclaredFields(BaseModelAdmin[Any]):
    """Whatever points to another noun is chosen by searching for it, and no choice is made for anybody."""

    model: type[Declared]
    formfield_overrides: ClassVar[Any] = FIELD_OPTIONS

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [name for name, _ in relations(self.model)]

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Start empty unless the model has a default; the theme alone would take the first choice for an answer."""
        blank = db_field.blank or not db_field.has_default()
        kwargs["choices"] = db_field.get_choices(include_blank=blank, blank_choice=[("", "Select value")])
        return super().formfield_for_choice_field(db_field, request, **kwargs)
