"""The table of each noun, made from what the noun declares: a new field needs nothing here.

A row is known by its `slug`; other nouns stand in cells by theirs, several with `;` between. The resources and widgets
of django-import-export hold how a value becomes a cell and a cell a value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from import_export.fields import Field
from import_export.resources import ModelResource, modelresource_factory
from import_export.widgets import ForeignKeyWidget, ManyToManyWidget, Widget

from nouns.databases import batches
from nouns.noun import PublicNoun
from tracker.models import Record

COLUMNS = {"url": "address"}
"""Columns that are not named like their field. In a public table `url` is the page of the record itself."""
PROTECTED = {
    "id": "Rows are known by their slug.",
    "status": "It moves only by submitting, reviewing, publishing and withdrawing.",
    "file": "A document is kept in the form of its source.",
    "sha256": "It is the checksum of the kept document.",
    "extracted_text": "It is read from the kept document.",
    "standing": "It is computed from the events of the letter.",
    "due_on": "It is computed from the events of the letter.",
}
"""Why some columns are never read, in words of their own. Of every other field that has no column, `protected` says."""


class KnownNouns:
    """Nouns by kind and slug, looked up many at a time."""

    def __init__(self) -> None:
        self._found: dict[type[PublicNoun], dict[str, PublicNoun | None]] = defaultdict(dict)

    def look_up(self, model: type[PublicNoun], slugs: Iterable[str]) -> None:
        """Fetch those of the slugs that were not asked for before. Their long texts stay where they are."""
        found = self._found[model]
        wanted = sorted(set(slugs) - found.keys() - {""})
        texts = [field.name for field in model._meta.concrete_fields if isinstance(field, models.TextField)]
        for batch in batches(wanted):
            found.update(dict.fromkeys(batch))
            found.update({noun.slug: noun for noun in model._base_manager.filter(slug__in=batch).defer(*texts)})

    def get(self, model: type[PublicNoun], slug: str) -> PublicNoun:
        """The noun of this slug. Raises ValueError when there is none."""
        if (noun := self._found[model].get(slug)) is None:
            raise ValueError(f"There is no {model._meta.verbose_name} with the slug “{slug}”.")
        return noun


class ValueWidget(Widget):  # type: ignore[misc]  # The library ships no types.
    """A value as the field of the model prints and checks it."""

    def __init__(self, field: models.Field[Any, Any]) -> None:
        super().__init__()
        self.field = field

    def clean(self, value: str, row: object = None, **kwargs: object) -> object:
        """The value of a cell. Raises ValueError with every reason why it is none."""
        choices = dict(self.field.flatchoices)
        if value and choices and value not in choices:
            raise ValueError(f"Not one of: {', '.join(map(str, choices))}.")
        if not value and not self.field.blank:
            raise ValueError("Needs a value.")
        try:
            return self.field.clean(value if value or not self.field.null else None, None)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from None

    def render(self, value: object, obj: object = None, **kwargs: object) -> str:
        if value is None:
            return ""
        places = getattr(self.field, "decimal_places", None)
        return f"{value:.{places}f}" if isinstance(value, Decimal) else str(value)


class NounWidget(ForeignKeyWidget):  # type: ignore[misc]  # The same.
    """Another noun by its slug."""

    known: KnownNouns

    def __init__(self, field: Any) -> None:
        super().__init__(field.related_model, field="slug")
        self.required = not field.blank

    def slugs(self, value: str) -> list[str]:
        """The slugs that a cell names."""
        return [value]

    def clean(self, value: str, row: object = None, **kwargs: object) -> PublicNoun | None:
        if not value and self.required:
            raise ValueError(f"Needs the slug of a {self.model._meta.verbose_name}.")
        return self.known.get(self.model, value) if value else None

    def render(self, value: Any, obj: object = None, **kwargs: object) -> str:
        return str(value.slug) if value else ""


class NounsWidget(ManyToManyWidget):  # type: ignore[misc]  # The same.
    """Other nouns by their slugs, in alphabetical order."""

    known: KnownNouns

    def __init__(self, field: Any) -> None:
        super().__init__(field.related_model, separator=";", field="slug")

    def slugs(self, value: str) -> list[str]:
        """The slugs that a cell names, each once, in order."""
        return sorted({slug.strip() for slug in value.split(";")} - {""})

    def clean(self, value: str, row: object = None, **kwargs: object) -> list[PublicNoun]:
        nouns, reasons = [], []
        for slug in self.slugs(value):
            try:
                nouns.append(self.known.get(self.model, slug))
            except ValueError as error:
                reasons.append(str(error))
        if reasons:
            raise ValueError(" ".join(reasons))
        return nouns

    def render(self, value: Any, obj: object = None, **kwargs: object) -> str:
        nouns = value if isinstance(value, list) else value.all()
        return ";".join(sorted(noun.slug for noun in nouns))


class NounResource(ModelResource):  # type: ignore[misc]  # The same.
    """The columns of one noun's table. Its relations are found among `known`."""

    def __init__(self) -> None:
        super().__init__()
        self.known = KnownNouns()
        self.columns: dict[str, Field] = {field.column_name: field for field in self.get_import_fields()}
        for field in self.relations():
            field.widget.known = self.known

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Any, readonly: bool) -> Field:  # noqa: ARG003, FBT001  # The library's.
        kinds = ((models.ManyToManyField, NounsWidget), (models.ForeignKey, NounWidget))
        widget = next((made for kind, made in kinds if isinstance(django_field, kind)), ValueWidget)
        return Field(attribute=field_name, column_name=COLUMNS.get(field_name, field_name), widget=widget(django_field))

    def relations(self) -> list[Field]:
        """The columns that hold slugs of other nouns."""
        return [field for field in self.fields.values() if isinstance(field.widget, NounWidget | NounsWidget)]

    def stored(self) -> models.QuerySet[PublicNoun]:
        """The nouns with everything that their rows show, at a constant number of queries."""
        rows: models.QuerySet[PublicNoun] = self._meta.model._base_manager.all()
        return rows.prefetch_related(*(field.attribute for field in self.relations()))

    def row(self, noun: PublicNoun) -> list[str]:
        """The noun as the cells of a file."""
        return [field.export(noun) for field in self.columns.values()]


def resource(model: type[PublicNoun]) -> NounResource:
    """A fresh resource of this noun, which knows no other nouns yet."""
    made: NounResource = _resource_class(model)()
    return made


@cache
def _resource_class(model: type[PublicNoun]) -> type[NounResource]:
    names = declared_columns(model)
    options = {"fields": names, "import_order": names, "export_order": names, "import_id_fields": ("slug",)}
    made: type[NounResource] = modelresource_factory(model, resource_class=NounResource, meta_options=options)
    return made


def declared_columns(model: type[PublicNoun]) -> tuple[str, ...]:
    """The fields that a table of this noun has columns for: the slug, and whatever staff may type."""
    notes = ("internal_notes",) if issubclass(model, Record) else ()
    declared = (*model.PUBLIC_FIELDS, *model.INTERNAL_FIELDS, *notes)
    return ("slug", *(name for name in declared if not protected(model, name)))


def protected(model: type[PublicNoun], name: str) -> str:
    """Why no table sets this field of the noun; empty when one may, or when the noun has no such field."""
    known = {field.name: field for field in model._meta.get_fields()}
    if name in getattr(model, "COMPUTED_FIELDS", ()) or (name in PROTECTED and name in known):
        return PROTECTED[name]
    if name in model.CHILDREN:
        return "Such rows are kept in the form."
    if name in model.DERIVED_FIELDS:
        return "It follows from the other columns."
    return "" if name not in known or known[name].editable else "The tracker keeps it itself."
