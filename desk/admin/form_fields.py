"""How the fields of a noun, or of a row below it, are asked for. Forms and inlines share it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models
from django.http import HttpRequest

from desk.admin.theme import Textarea, TextInput
from nouns.declarations import relations
from nouns.noun import Declared
from nouns.partial_dates import PartialDateField

LONGEST_KEY = 19
"""Digits of which no key has so many; a larger number would be too much for a database."""
PARTIAL_DATE_HINT = "2017-04-21, 2017-04 or 2017"


class PartialDateInput(TextInput):
    """One text box for a day, a month or a year; the hint shows all three."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__({"placeholder": PARTIAL_DATE_HINT, "autocomplete": "off", "maxlength": 10, **(attrs or {})})


class KeysOnly:
    """A searchable choice that shows nothing for what is no key, where Django's own would fail; the form refuses it."""

    def optgroups(self, name: str, value: Any, attrs: dict[str, object] | None = None) -> Any:
        keys = [key for key in value if str(key).isdecimal() and len(str(key)) < LONGEST_KEY]
        return super().optgroups(name, keys, attrs)  # type: ignore[misc]  # Of the widget that this is mixed into.


class KnownSelect(KeysOnly, AutocompleteSelect):
    """A searchable choice that takes the chosen row from its form, which has it, instead of asking the database.

    Without it each row of a long list of events or citations costs a query.
    """

    known: models.Model | None = None

    def optgroups(self, name: str, value: object, attrs: dict[str, object] | None = None) -> Any:
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attrs)
        chosen = self.create_option(name, value[0], str(self.known), selected=True, index=0)
        empty = [] if self.is_required else [self.create_option(name, "", "", selected=False, index=0)]
        return [(None, [*empty, chosen], 0)]


class KnownSelectMultiple(KeysOnly, AutocompleteSelectMultiple):
    """The same for several at once."""


FIELD_OPTIONS: dict[type[models.Field[Any, Any]], dict[str, object]] = {
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

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownSelectMultiple(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: object) -> Any:
        """Start empty unless the model has a default; the theme alone would take the first choice for an answer."""
        blank = db_field.blank or not db_field.has_default()
        kwargs["choices"] = db_field.get_choices(include_blank=blank, blank_choice=[("", "Select value")])
        return super().formfield_for_choice_field(db_field, request, **kwargs)
