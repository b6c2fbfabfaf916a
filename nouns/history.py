"""One history of everything that staff write: who changed what, when and why, on every write path."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connections, models, router, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

from nouns.databases import BATCH, PUBLISHED, RECORD, batches

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

ModelT = TypeVar("ModelT", bound=models.Model)

LONGEST_REASON = 200
"""Characters of a reason that a line of the history keeps."""
HISTORY = HistoricalRecords(
    inherit=True, history_change_reason_field=models.CharField(max_length=LONGEST_REASON, null=True)
)
"""One recorder for every model below: who changed what, when and why, on every write path."""


class HistoryQuerySet(models.QuerySet[ModelT]):
    """A queryset whose bulk writes leave history rows too, which django-simple-history's signals cannot see.

    Rows of the published edition have no history: it is rebuilt from the ledger, which is theirs.
    """

    def bulk_create(self, objs: Iterable[ModelT], *args: Any, **kwargs: Any) -> list[ModelT]:
        with transaction.atomic(using=self._write_alias()):
            created = super().bulk_create(objs, *args, **kwargs)
            if self._write_alias() != PUBLISHED:
                write_histories(self.model, created, update=False)
        return created

    def bulk_update(self, objs: Iterable[ModelT], *args: Any, **kwargs: Any) -> int:
        """As Django's; the rows given must be whole and current, since their history is written from them."""
        rows = list(objs)
        with transaction.atomic(using=self._write_alias()):
            plain: models.QuerySet[Any] = models.QuerySet(self.model, using=self._write_alias())
            updated = plain.bulk_update(rows, *args, **kwargs)
            if self._write_alias() != PUBLISHED:
                write_histories(self.model, rows, update=True)
        return updated

    bulk_update.alters_data = True  # type: ignore[attr-defined]  # Django reads this mark to keep templates off.

    def update(self, **kwargs: Any) -> int:
        if self._write_alias() == PUBLISHED:
            return super().update(**kwargs)
        with transaction.atomic(using=self._write_alias()):
            keys = list(self.values_list("pk", flat=True))
            rows = super().update(**kwargs)
            write_histories(self.model, list(self.model._base_manager.filter(pk__in=keys)), update=True)
        return rows

    update.alters_data = True  # type: ignore[attr-defined]  # The same.

    def _write_alias(self) -> str:
        chosen: str | None = self._db  # type: ignore[attr-defined]  # A queryset's chosen database, which has no public name.
        return chosen or router.db_for_write(self.model)


def write_histories(model: type[models.Model], rows: Collection[models.Model], *, update: bool) -> None:
    """Write one history row for each of these stored rows of the record, their many-to-many links included.

    `_history_user` and `_change_reason` of a row say who changed it and why.
    """
    if not rows:
        return
    history: Any = model.history  # type: ignore[attr-defined]  # Added by HistoricalRecords.
    written = history.bulk_history_create(rows, batch_size=BATCH, update=update)
    _write_many_to_many_history(model, {row.pk: entry for row, entry in zip(rows, written, strict=True)})


def _write_many_to_many_history(model: type[models.Model], entries: dict[int, Any]) -> None:
    """Add to freshly written history rows (by key of the row) the many-to-many links that the rows have now."""
    for name in getattr(model, "_history_m2m_fields", ()):
        field: Any = model._meta.get_field(name)
        through, recorder = field.remote_field.through, HISTORY.m2m_models[field]
        for batch in batches(entries):
            links = through._base_manager.filter(**{f"{field.m2m_field_name()}__in": batch})
            recorder.objects.bulk_create(
                recorder(
                    history=entries[getattr(link, field.m2m_column_name())],
                    **{column.attname: getattr(link, column.attname) for column in through._meta.fields},
                )
                for link in links
            )


def write_stored_histories(
    model: type[models.Model], keys: Sequence[int], *, by: AbstractBaseUser | None, reason: str
) -> None:
    """Write one history row for each stored row of these keys, as changed, its many-to-many links included.

    The database copies them itself, so that it costs the same statements whatever the number of rows.
    """
    if not keys:
        return
    history: Any = model.history.model  # type: ignore[attr-defined]  # Added by HistoricalRecords.
    table, lines = model._meta.db_table, history._meta.db_table
    connection = connections[RECORD]
    columns = ", ".join(field.column for field in history.tracked_fields)
    places = ", ".join(["%s"] * len(keys))
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {lines} ({columns}, history_type, history_date, history_change_reason, history_user_id) "
            f"SELECT {columns}, '~', %s, %s, %s FROM {table} WHERE id IN ({places}) ORDER BY id",
            [now, reason, by.pk if by else None, *keys],
        )
        for name in getattr(model, "_history_m2m_fields", ()):
            field: Any = model._meta.get_field(name)
            through, recorder = field.remote_field.through._meta, HISTORY.m2m_models[field]._meta
            links, own = ", ".join(column.column for column in through.fields), field.m2m_column_name()
            cursor.execute(
                f"INSERT INTO {recorder.db_table} ({links}, history_id) "
                f"SELECT {', '.join(f'l.{column.column}' for column in through.fields)}, "
                f"(SELECT MAX(history_id) FROM {lines} h WHERE h.id = l.{own}) "
                f"FROM {through.db_table} l WHERE l.{own} IN ({places})",
                list(keys),
            )


@contextmanager
def one_history_row(noun: models.Model, *, by: AbstractBaseUser | None, reason: str = "") -> Iterator[None]:
    """Everything done to the noun inside leaves one history row, many-to-many changes included.

    Without it django-simple-history writes one row for the save and one for each many-to-many change.
    """
    created = noun.pk is None
    noun.skip_history_when_saving = True  # type: ignore[attr-defined]  # The flag that django-simple-history reads.
    try:
        yield
    finally:
        del noun.skip_history_when_saving  # type: ignore[attr-defined]
    write_history(noun, by=by, reason=reason, created=created)


def is_being_written(noun: models.Model) -> bool:
    """Whether `one_history_row` is at work on this copy of a noun."""
    return getattr(noun, "skip_history_when_saving", False)


def write_history(noun: models.Model, *, by: AbstractBaseUser | None, reason: str = "", created: bool = False) -> None:
    """Write the noun's present state, many-to-many included, as one history row."""
    noun._history_user = by  # type: ignore[attr-defined]  # Both are read by django-simple-history.
    noun._change_reason = reason or None  # type: ignore[attr-defined]
    HISTORY.create_historical_record(noun, "+" if created else "~")
