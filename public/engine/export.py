"""A selection as lines of CSV that the database writes itself: a million of them, and a model for none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, transaction
from django.db.models import Case, CharField, Expression, F, Func, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, NullIf

from nouns.databases import BATCH, PUBLISHED, batches
from nouns.declarations import parent_key
from public.engine.fields import Kind, PublicField
from public.engine.noun import Noun
from public.engine.select import Selection
from public.engine.serializers import Links, disputed
from public.engine.spreadsheets import RUNNING, SPACE, csv_text
from tracker.models import Citation

MOST_DISPUTED = 500
"""Records with a contradiction that a statement can name one by one."""

_FIRST = ", ".join(str(ord(each)) for each in sorted(SPACE | RUNNING | {"'"}))
_RUNS = f"^[''{''.join(sorted(SPACE))}]*[{''.join(sorted(RUNNING - {'-'}))}-]"


class Safe(Func):
    """A text as `public.engine.spreadsheets.safe` has it, on PostgreSQL; SQLite's lines are made safe by itself."""

    template = (
        f"CASE WHEN ascii(%(expressions)s) IN ({_FIRST}) AND %(expressions)s ~ '{_RUNS}'"
        " AND %(expressions)s !~ '^-?[0-9]+(\\.[0-9]+)?$' THEN '''' || %(expressions)s ELSE %(expressions)s END"
    )
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The text as it is."""
        return self.as_sql(compiler, connection, template="%(expressions)s", **context)


class Moment(Func):
    """A moment as `public.engine.serializers.timestamp` has it."""

    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The same of the text that SQLite keeps, which is in UTC."""
        template = "substr(replace(%(expressions)s, ' ', 'T'), 1, 19) || 'Z'"
        return self.as_sql(compiler, connection, template=template, **context)


def lines(selection: Selection, keys: Sequence[str], links: Links) -> Iterator[str | bytes] | None:
    """The rows of the selection as CSV without a header, in its order, some at a time.

    None where a cell cannot be had from one row in SQL: what it links to by the many, what is computed of the day or
    was not so yet on the day asked about, and a single column, of which CSV has its own idea when it is empty.
    """
    noun = selection.noun
    linked = any(field.kind is Kind.REFERENCES for field in noun.fields)
    if linked or noun.computed or (selection.as_of and noun.model.LATER) or len(keys) < 2:
        return None
    contradicted = _contradicted(noun)
    if len(contradicted) > MOST_DISPUTED:
        return None
    columns = _columns(noun, links, contradicted)
    rows = selection.queryset.values_list(*(columns[key] for key in keys))
    return _copied(rows) if connections[PUBLISHED].vendor == "postgresql" else _read(rows)


def _columns(noun: Noun, links: Links, contradicted: dict[int, set[str]]) -> dict[str, Expression | F]:
    columns: dict[str, Expression | F] = {
        "slug": Safe(F("slug")),
        "url": Concat(Value(links.page(noun.name, "")[:-1]), F("slug"), Value("/"), output_field=TextField()),
        "api_url": Concat(Value(links.api(noun.name)), F("slug"), Value("/"), output_field=TextField()),
    }
    for field in noun.fields:
        columns[field.key] = _column(field)
        if field.kind is Kind.CHOICE:
            labels = [When(**{field.name: code}, then=Value(label)) for code, label in field.choices]
            columns[f"{field.key}_label"] = Case(*labels, default=None, output_field=CharField())
    named = [When(pk=key, then=Value(";".join(disputed(noun, fields)))) for key, fields in contradicted.items()]
    return columns | {
        "disputed": Case(*named, default=None, output_field=CharField()),
        "revision": F("revision"),
        "published_at": Moment(F("published_at")),
        "updated_at": Moment(F("updated_at")),
    }


def _column(field: PublicField) -> Expression | F:
    match field.kind:
        case Kind.REFERENCE:
            return Safe(F(f"{field.name}__slug"))
        case Kind.TEXT | Kind.PROSE | Kind.LINK:
            return NullIf(Safe(F(field.name)), Value(""), output_field=TextField())
        case Kind.DATE | Kind.CHOICE:
            return NullIf(F(field.name), Value(""), output_field=TextField())
        case _:
            return F(field.name)


def _contradicted(noun: Noun) -> dict[int, set[str]]:
    """The fields that sources contradict, by the key of the record."""
    found: dict[int, set[str]] = defaultdict(set)
    if noun.cited:
        record = f"{parent_key(noun.model, 'citations')}_id"
        citations = Citation.edition.filter(stance=Citation.Stance.CONTRADICTS).exclude(**{record: None})
        for key, field in citations.order_by().values_list(record, "field"):
            found[key].add(field)
    return found


def _copied(rows: QuerySet[Any]) -> Iterator[bytes]:
    """The lines as PostgreSQL copies them out, ended as every CSV of ours is. However long it takes."""
    try:
        sql, params = rows.query.get_compiler(PUBLISHED).as_sql()
    except EmptyResultSet:
        return  # The question itself says that nothing answers it.
    with transaction.atomic(using=PUBLISHED), connections[PUBLISHED].cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        with cursor.cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params) as copy:
            for some in batches(copy):
                yield b"".join(bytes(line)[:-1] + b"\r\n" for line in some)


def _read(rows: QuerySet[Any]) -> Iterator[str]:
    for some in batches(rows.iterator(chunk_size=BATCH)):
        yield csv_text(some)
