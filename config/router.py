"""Which database holds what: the record (`default`) what staff write, the edition (`published`) only what is published.

A third, the inbox (`inbox`), holds what readers report. A model that names a DATABASE lives there and nowhere else.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from inbox import INBOX
from nouns.databases import PUBLISHED, RECORD

EDITION_APPS = frozenset({"jurisdictions", "tracker"})
RECORD_ONLY = frozenset({"letterreading", "sentform", "tableimport"})
"""Tables of those apps that only the staff's site needs."""


class EditionIsReadOnly(TypeError):
    """Something tried to save a row of the published edition; only the ledger writes there."""


class EditionRouter:
    """Writes go to the record; the edition gets the public nouns' tables, without history."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        """The one database of a model that has one, else None.

        Related lookups of all others then stay on the database of the row they start from.
        """
        return getattr(model, "DATABASE", None)

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        """The one database of a model that has one, else the record.

        Raises EditionIsReadOnly for a row that was read from the edition.
        """
        if only := getattr(model, "DATABASE", None):
            return str(only)
        instance = hints.get("instance")
        if instance is not None and instance._state.db == PUBLISHED:
            raise EditionIsReadOnly(
                f"{model.__name__} was read from the published edition, which only the ledger writes."
            )
        return RECORD

    def allow_relation(self, first: models.Model, second: models.Model, **hints: Any) -> bool | None:
        """Rows of one database may refer to each other; the two databases never mix."""
        if first._state.db and second._state.db:
            return first._state.db == second._state.db
        return None

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        """Only the public nouns' tables reach the edition, and the inbox has its own alone.

        `hints={"database": ...}` of a RunPython or RunSQL restricts it to one, since otherwise it runs on both.
        """
        if "database" in hints and hints["database"] != db:
            return False
        if app_label == "inbox":
            return model_name is not None and getattr(apps.get_model(app_label, model_name), "DATABASE", None) == db
        if db == INBOX:
            return False
        if db != PUBLISHED:
            return None
        staff_only = (model_name or "").startswith("historical") or model_name in RECORD_ONLY
        return app_label in EDITION_APPS and not staff_only
