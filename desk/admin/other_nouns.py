"""The pages of nouns that nobody wrote any for: a list and a form from what the noun declares."""

from __future__ import annotations

from django.db import models

from desk.admin.noun_admin import NounAdmin, RecordAdmin, ReferenceAdmin
from desk.admin.staff_site import site
from nouns.declarations import noun_models
from nouns.noun import PublicNoun
from tracker.models import Record


def admin_of(model: type[PublicNoun]) -> type[NounAdmin]:
    """Pages on which the noun is found by its public texts, and listed by its name."""
    fields = [model._meta.get_field(name) for name in model.PUBLIC_FIELDS]
    texts = [field.name for field in fields if isinstance(field, models.CharField | models.TextField)]
    base, columns = (RecordAdmin, ("status_label", "public")) if issubclass(model, Record) else (ReferenceAdmin, ())
    return type(
        f"{model.__name__}Admin",
        (base,),
        {"list_display": ("__str__", *columns), "search_fields": (*texts, "slug"), "__doc__": base.__doc__},
    )


def register() -> None:
    """Give pages to each noun that has none yet."""
    for noun in noun_models().values():
        if not site.is_registered(noun):
            site.register(noun, admin_of(noun))
