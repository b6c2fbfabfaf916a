"""The rows below a record, edited in its form: one inline for each relation that the record declares."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.http import HttpRequest

from desk.admin.form_fields import DeclaredFields
from desk.admin.forms import ChildForm, CitationForm
from desk.admin.theme import Select, StackedInline, TabularInline
from desk.comparison import label_of
from nouns.declarations import child_models, parent_key, relations
from nouns.noun import Declared, PublicNoun
from tracker.models import Citation


def short_fields_together(model: type[Declared]) -> list[tuple[str, ...]]:
    """The declared fields in order, up to three short ones on a line; texts and nouns have a line of their own."""
    lines: list[tuple[str, ...]] = []
    room = 0
    for name in model.PUBLIC_FIELDS:
        field = model._meta.get_field(name)
        if field.is_relation or isinstance(field, models.TextField):
            lines.append((name,))
            room = 0
        elif room:
            lines[-1] = (*lines[-1], name)
            room -= 1
        else:
            lines.append((name,))
            room = 2
    return lines


class ChildInline(DeclaredFields, InlineModelAdmin[Any, Any]):
    """What every inline shares: the declared fields, a search box for each noun that a row points to."""

    form = ChildForm

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return short_fields_together(self.model)

    def get_extra(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> int:
        """A row for each that the form opens with; at least one while a record is made, which asks for its facts."""
        noun: Any = self.admin_site.get_model_admin(self.parent_model)
        return max(len(noun.opens_with(request, self.model)), 0 if obj else 1)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[models.Model]:
        return super().get_queryset(request).select_related(*(name for name, _ in relations(self.model)))


class RowInline(ChildInline, TabularInline):
    """Rows of a few short fields."""


class BlockInline(ChildInline, StackedInline):
    """Rows with long texts."""


class CitationInline(BlockInline):
    """The sources of a record, or of one field of it, which is chosen among the record's own."""

    form = CitationForm

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: object) -> Any:
        if db_field.name != "field":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        parent = self.parent_model
        groups = (name for name in parent.CHILDREN if name != "citations")
        named = [(name, label_of(parent, name)) for name in (*parent.PUBLIC_FIELDS, *groups)]
        return forms.ChoiceField(
            choices=[("", "The whole record"), *named], required=False, widget=Select(), help_text=db_field.help_text
        )


@cache
def child_inline(noun: type[PublicNoun], relation: str) -> type[ChildInline]:
    """The inline for one of a noun's declared relations."""
    model = child_models(noun)[relation]
    long_texts = any(isinstance(model._meta.get_field(name), models.TextField) for name in model.PUBLIC_FIELDS)
    base = CitationInline if model is Citation else BlockInline if long_texts else RowInline
    return type(f"{model.__name__}Inline", (base,), {"model": model, "fk_name": parent_key(noun, relation)})
