"""One kind of public record and what may be asked of it, from its model's and its filters' declarations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.text import capfirst

from nouns.dated import DatedQuerySet
from nouns.noun import PublicNoun
from public.engine.fields import Child, Kind, PublicField, children, public_fields
from public.engine.filterset import StrictFilterSet
from public.engine.knowledge import gone_slugs


@dataclass(frozen=True)
class Noun:
    """One kind of public record.

    `name` is the plural in its address (`letter-batches`); `label` and `label_plural` are words for a sentence.
    `ordering` is the default order, as for `order_by`, with the key last; `orderings` are the names that a caller may
    order by, which are the indexed fields and the computed ones. `fields` and `children` are as the model declares.
    """

    name: str
    label: str
    label_plural: str
    model: type[PublicNoun]
    filterset: type[StrictFilterSet]
    ordering: tuple[str, ...]
    orderings: tuple[str, ...]
    fields: tuple[PublicField, ...]
    children: tuple[Child, ...]

    @property
    def heading(self) -> str:
        """The plural as a title."""
        return capfirst(self.label_plural)

    @property
    def computed(self) -> tuple[str, ...]:
        """Fields that depend on the day asked about."""
        names: tuple[str, ...] = getattr(self.model, "COMPUTED_FIELDS", ())
        return names

    @property
    def dated(self) -> bool:
        """Whether its records began on some day, so that there are fewer of them the earlier one looks from."""
        return isinstance(self.model.edition.none(), DatedQuerySet)

    @property
    def cited(self) -> bool:
        """Whether its records cite sources."""
        return "citations" in self.model.CHILDREN

    def rows(self, on: date, *, computed: bool = True) -> QuerySet[models.Model]:
        """Everything published of this kind, with the computed fields as of this day, unless nobody asks for them.

        Where a request looks back to a past moment, what was taken back since is not there.
        """
        rows: Any = self.model.edition.all()
        if gone := gone_slugs(self.name):
            rows = rows.exclude(slug__in=gone)
        found: QuerySet[models.Model] = rows.with_settled_standing(on) if computed and self.computed else rows
        return found

    def begun(self, on: date) -> QuerySet[models.Model]:
        """Everything of this kind that had begun by a day, each without what came later."""
        rows: Any = self.rows(on)
        begun: QuerySet[models.Model] = rows.as_of(on) if self.dated else rows
        return begun

    def relations(self, kind: Kind) -> tuple[str, ...]:
        """The names of its fields of this kind: REFERENCE or REFERENCES."""
        return tuple(field.name for field in self.fields if field.kind is kind)


def noun_of(model: type[PublicNoun], filterset: type[StrictFilterSet]) -> Noun:
    """The noun of a model that these filters ask for."""
    options = model._meta
    return Noun(
        name=model.NOUN,
        label=str(options.verbose_name),
        label_plural=str(options.verbose_name_plural),
        model=model,
        filterset=filterset,
        ordering=tuple(_column(model, name) for name in options.ordering or () if isinstance(name, str)),
        orderings=_orderings(model),
        fields=public_fields(model),
        children=children(model),
    )


def _column(model: type[PublicNoun], name: str) -> str:
    """An ordering by the column itself: a foreign key orders by its key, the key by its name."""
    sign, bare = ("-", name[1:]) if name.startswith("-") else ("", name)
    field: Any = model._meta.pk if bare == "pk" else model._meta.get_field(bare)
    return f"{sign}{field.attname}"


def _orderings(model: type[PublicNoun]) -> tuple[str, ...]:
    """Public columns of the list orders and their indexes, in reading order, then the computed fields and the slug."""
    names = [name for index in model._meta.indexes for name in index.fields]
    indexed = {name.lstrip("-") for name in (*names, *(model._meta.ordering or ())) if isinstance(name, str)}
    columns = [
        name
        for name in model.PUBLIC_FIELDS
        if name in indexed and not isinstance(model._meta.get_field(name), models.ForeignKey)
    ]
    return (*columns, *getattr(model, "COMPUTED_FIELDS", ()), "slug")
