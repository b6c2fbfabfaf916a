"""Writes what a table asks for: drafts with their links, citations and history, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from desk.tables.problems import Refused
from desk.tables.resources import declared_columns
from desk.tables.rows import Row, Verb
from nouns.databases import BATCH, RECORD, UPDATED_AT_ONCE, batches
from nouns.declarations import parent_key
from nouns.history import write_histories
from nouns.noun import PublicNoun, Reference
from tracker.models import Citation, Record
from tracker.publishing.workflow import publish_references, require

MEANWHILE = "The record was changed while this table was looked at. Nothing was written; look at it again."


def write(model: type[PublicNoun], rows: Sequence[Row], *, by: User, reason: str) -> list[str]:
    """Write planned rows without problems; references become public at once, as when they are saved in their form.

    Returns why references, though written, could not be published. Call it inside a transaction. Raises
    PermissionDenied, and Refused when somebody saved one of the nouns since the rows were planned.
    """
    added = [row for row in rows if row.verb == Verb.ADD]
    changed = [row for row in rows if row.verb == Verb.CHANGE]
    for verb, found in {"add": added, "change": changed}.items():
        if found:
            require(by, verb, found[0].noun)
    _lock(model, [row.noun for row in changed])
    now = timezone.now()
    for row in (*added, *changed):
        revise(row, by, now)
        _sign(row.noun, by, reason)
    plain: models.QuerySet[models.Model] = models.QuerySet(model)
    plain.bulk_create([row.noun for row in added], batch_size=BATCH)
    if changed:
        plain.bulk_update([row.noun for row in changed], _columns(model), batch_size=UPDATED_AT_ONCE)
    _link(model, [*added, *changed])
    write_histories(model, [row.noun for row in added], update=False)
    write_histories(model, [row.noun for row in changed], update=True)
    _cite(model, rows, by, reason)
    return _publish([row.noun for row in (*added, *changed)], by)


def revise(row: Row, by: User, now: datetime) -> None:
    """Make the row's noun its next revision, which is a draft: planning saw to that."""
    row.noun.revision += 1
    row.noun.updated_at = now
    if isinstance(row.noun, Record) and row.verb == Verb.ADD:
        row.noun.created_by = by


def _sign(row: Any, by: User, reason: str) -> None:
    """Name who writes a row and why, for its history."""
    row._history_user, row._change_reason = by, reason


def _lock(model: type[PublicNoun], nouns: Sequence[PublicNoun]) -> None:
    """Lock the stored nouns. Raises Refused when one is not at the revision that was read, or is gone."""
    read = {noun.pk: noun.revision for noun in nouns}
    for batch in batches(sorted(read)):
        stored = dict(model._base_manager.select_for_update().filter(pk__in=batch).values_list("pk", "revision"))
        if stored != {key: read[key] for key in batch}:
            raise Refused(MEANWHILE)


def _columns(model: type[PublicNoun]) -> list[str]:
    """The columns of the model that a change may alter: what tables set, and what follows from that."""
    names = {*declared_columns(model), *model.PUBLIC_FIELDS, "status", "revision", "updated_at"} - {"slug"}
    return [field.name for field in model._meta.concrete_fields if field.name in names]


def _link(model: type[PublicNoun], rows: Sequence[Row]) -> None:
    """Replace the links to many of the nouns whose rows set them."""
    for field in model.many_to_many_fields():
        linking = [row for row in rows if field.name in row.links]
        through = model._meta.get_field(field.name).remote_field.through  # type: ignore[union-attr]
        own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
        keys = [row.noun.pk for row in linking if row.verb == Verb.CHANGE]
        for batch in batches(keys):
            through._base_manager.filter(**{f"{own}__in": batch}).delete()
        through._base_manager.bulk_create(
            (
                through(**{f"{own}_id": row.noun.pk, f"{other}_id": linked.pk})
                for row in linking
                for linked in row.links[field.name]
            ),
            batch_size=BATCH,
        )


def _cite(model: type[PublicNoun], rows: Sequence[Row], by: User, reason: str) -> None:
    cited = [(row.citation, row.noun) for row in rows if row.citation is not None]
    for citation, noun in cited:
        setattr(citation, parent_key(model, "citations"), noun)
        _sign(citation, by, reason)
    Citation.objects.bulk_create([citation for citation, _ in cited], batch_size=BATCH)


def _publish(nouns: Sequence[PublicNoun], by: User) -> list[str]:
    """Publish references, and say why when that cannot be; they stay written then, as the form leaves them."""
    references = [noun for noun in nouns if isinstance(noun, Reference)]
    if not references:
        return []
    try:
        with transaction.atomic(using=RECORD):
            publish_references(references, by=by)
    except ValidationError as refusal:
        return refusal.messages
    return []
