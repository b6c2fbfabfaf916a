"""Writing many rows of one table at once, without the signals, the history and the returned keys of Django's ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.db import connections, models

PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)
"""Fields whose values databases take as they stand on a row."""


def write_rows(model: type[models.Model], rows: Sequence[Mapping[str, object]], *, using: str) -> None:
    """Insert rows, given by the attributes of their fields, all in the way of the first; by COPY on PostgreSQL.

    Fields that the first row does not name get their default, and the key is given by the database then. Raises
    IntegrityError as any insert does.
    """
    if not rows:
        return
    connection: Any = connections[using]
    fields: list[Any] = [field for field in model._meta.concrete_fields if _is_given(field, rows[0])]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    defaults = {field.attname: field.get_default() for field in fields if field.attname not in rows[0]}
    values = _values([{**defaults, **row} for row in rows] if defaults else rows, fields, connection)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", values)


def _is_given(field: Any, row: Mapping[str, object]) -> bool:
    return not field.primary_key or row.get(field.attname) is not None


def _values(rows: Iterable[Mapping[str, object]], fields: Sequence[Any], connection: Any) -> Iterator[Sequence[object]]:
    """The values of each row as the database is given them."""
    in_order = itemgetter(*(field.attname for field in fields))
    prepared = [(place, field) for place, field in enumerate(fields) if not isinstance(field, PLAIN)]
    for row in rows:
        values = list(in_order(row))
        for place, field in prepared:
            values[place] = field.get_db_prep_save(values[place], connection)
        yield values
