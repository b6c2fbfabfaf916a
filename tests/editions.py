"""Looks at a whole database, for tests that compare or search everything in it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections, models, router

from nouns.databases import PUBLISHED
from nouns.noun import Settled
from tracker.models import AwardTotal, SearchEntry

Dump = dict[str, list[tuple[Any, ...]]]


def edition_models() -> list[type[models.Model]]:
    """Every model whose table the edition holds, many-to-many tables included."""
    return [
        model
        for name in ("jurisdictions", "tracker")
        for model in apps.get_app_config(name).get_models(include_auto_created=True)
        if router.allow_migrate_model(PUBLISHED, model)
    ]


def dump_edition() -> Dump:
    """Every concrete column of every row of the edition, sorted; of a many-to-many table, its pairs."""
    return {model._meta.db_table: sorted(_rows(model), key=repr) for model in edition_models()}


def _rows(model: type[models.Model]) -> list[tuple[Any, ...]]:
    columns = [field.attname for field in model._meta.concrete_fields]
    if model._meta.auto_created or model in {SearchEntry, AwardTotal} or issubclass(model, Settled):
        columns.remove("id")
    return list(model._base_manager.using(PUBLISHED).values_list(*columns))


def all_text_of(alias: str) -> str:
    """Every value of every table of a database in one text, as SQL sees it."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        values: list[str] = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # Names come from it.
            values.extend(str(value) for row in cursor.fetchall() for value in row)
    return "\n".join(values)
