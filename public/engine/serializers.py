"""A published record as data, written from its declarations: the one shape behind JSON, CSV and whatever comes next.

Text that is empty is an empty string; every other kind of value is None when nothing is on record. Money and
coordinates are decimal texts, so that no digit is lost. A reference is a small object with the slug, the name and the
addresses of what it points to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from jurisdictions.models import Jurisdiction
from nouns.noun import Declared, PublicNoun
from public.engine.fields import Child, Kind, PublicField, public_fields
from public.engine.noun import Noun
from tracker.models import Citation, Source

WHOLE_RECORD = "record"
"""Stands among the disputed fields for a contradiction of the record as a whole."""

Record = dict[str, Any]


@dataclass(frozen=True)
class Links:
    """Absolute addresses. `origin` is scheme and host, such as https://example.org, without a slash at the end."""

    origin: str

    def page(self, noun: str, slug: str) -> str:
        """The page of a record."""
        return f"{self.origin}/{noun}/{slug}/"

    def api(self, noun: str, slug: str = "") -> str:
        """A record in the API, or the list of a noun."""
        return f"{self.origin}/api/v1/{noun}/{slug}/" if slug else f"{self.origin}/api/v1/{noun}/"

    def both(self, noun: str, slug: str) -> dict[str, str]:
        """The two addresses of a record, by their keys."""
        return {"url": self.page(noun, slug), "api_url": self.api(noun, slug)}


def field_keys(field: PublicField) -> tuple[str, ...]:
    """The keys that a field has in a record: a choice has its label beside its code."""
    return (field.key, f"{field.key}_label") if field.kind is Kind.CHOICE else (field.key,)


def record_keys(noun: Noun, *, detail: bool) -> tuple[str, ...]:
    """The keys of a record in their order, as `fields=` may name them. Children are in the detail only."""
    fields = (key for field in noun.fields for key in field_keys(field))
    children = (child.name for child in noun.children) if detail else ()
    disputed = ("disputed",) if noun.cited else ()
    return ("slug", "url", "api_url", *fields, *children, *disputed, "revision", "published_at", "updated_at")


def columns(noun: Noun, fields: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns of a table of records: those asked for, else every field once, without the labels of its codes."""
    keys = record_keys(noun, detail=False)
    if fields:
        return tuple(key for key in keys if key in fields)
    labels = {f"{field.key}_label" for field in noun.fields if field.kind is Kind.CHOICE}
    return tuple(key for key in keys if key not in labels and key != "api_url")


def record(noun: Noun, row: Any, links: Links, *, detail: bool = False, fields: Sequence[str] = ()) -> Record:
    """One record, whole or with these keys only. The row comes from `select` or `find`, which read what it needs."""
    whole: Record = {"slug": row.slug, **links.both(noun.name, row.slug), **_values(noun.fields, row, links)}
    if detail:
        whole |= {child.name: _children(child, row, links) for child in noun.children}
    if noun.cited:
        whole["disputed"] = disputed(noun, row.contradicted)
    whole |= {
        "revision": row.revision,
        "published_at": timestamp(row.published_at),
        "updated_at": timestamp(row.updated_at),
    }
    return {key: whole[key] for key in whole if key in fields} if fields else whole


def cells(keys: Iterable[str], written: Record) -> list[str | int]:
    """A record as one row of a table: references as slugs, several separated by semicolons, the unknown as nothing."""
    return [_cell(written[key]) for key in keys]


def disputed(noun: Noun, named: Collection[str]) -> list[str]:
    """The keys of these fields, which a source of a record contradicts; `record` where one contradicts it whole."""
    keys = [field.key for field in noun.fields if field.name in named]
    children = [child.name for child in noun.children if child.name in named]
    known = {field.name for field in noun.fields} | set(children)
    return [*keys, *children, *([WHOLE_RECORD] if set(named) - known else [])]


def timestamp(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _values(fields: Iterable[PublicField], row: Declared, links: Links) -> Record:
    values: Record = {}
    for field in fields:
        value = _value(field, row, links)
        values[field.key] = value
        if field.kind is Kind.CHOICE:
            values[f"{field.key}_label"] = field.labels.get(value) if value else None
    return values


def _value(field: PublicField, row: Declared, links: Links) -> Any:
    value = getattr(row, field.name)
    match field.kind:
        case Kind.REFERENCES:
            return [_reference(target, links) for target in value.all()]
        case Kind.TEXT | Kind.PROSE | Kind.INTEGER:
            return value
        case Kind.CHOICE | Kind.DATE | Kind.LINK:
            return str(value) if value else None
        case Kind.DECIMAL:
            return None if value is None else f"{value:.{field.places}f}"
        case Kind.REFERENCE:
            return None if value is None else _reference(value, links)


def _reference(target: PublicNoun, links: Links) -> Record:
    addresses = links.both(target.NOUN, target.slug)
    if isinstance(target, Jurisdiction):
        return {
            "slug": target.slug,
            "name": target.name,
            "full_name": target.full_name,
            "kind": target.kind,
            "state": target.state or None,
            "geoid": target.geoid,
            **addresses,
        }
    return {"slug": target.slug, "name": str(target), **addresses}


def _children(child: Child, row: object, links: Links) -> list[Record]:
    return [_child(child, each, links) for each in getattr(row, child.name).all()]


def _child(child: Child, row: Declared, links: Links) -> Record:
    values = _values(child.fields, row, links)
    if isinstance(row, Citation):
        # Who reads a citation wants to know the source, not only where it is described.
        values["source"] |= _values(public_fields(Source), row.source, links)
    return values


def _cell(value: Any) -> str | int:
    if isinstance(value, list):
        return ";".join(each["slug"] if isinstance(each, dict) else each for each in value)
    if isinstance(value, dict):
        return str(value["slug"])
    return "" if value is None else value
