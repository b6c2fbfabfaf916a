"""One question about one noun: from a query string to rows, or to the refusal of everything in it that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model, Prefetch, QuerySet

from nouns.partial_dates import surely_after
from public.engine import cursors
from public.engine.cursors import Place, place_of
from public.engine.dataset import last_publication
from public.engine.errors import BadQuery, Merged, NotPublished, NotYet, Withdrawn
from public.engine.fields import Child, Kind
from public.engine.filterset import ActiveFilter, StrictFilterSet
from public.engine.knowledge import taken_back_since
from public.engine.noun import Noun
from public.engine.options import RESERVED, ListOptions
from public.engine.order import OrderKey
from public.engine.references import with_references
from public.engine.strict import Params, multi
from tracker.models import Publication

HAPPENED = "on"
"""The field of a child that is an event: when it happened."""


@dataclass(frozen=True)
class Selection:
    """The answer to a question, before anything is read: the rows, and all that a surface needs to show them.

    `queryset` is filtered, computed as of the day `on`, and ordered with the key last. `filterset` holds the
    filters, `active` the filters in use, `parameters` the filters as a query string holds them (the reserved
    parameters aside), `place` where the page begins. `depends_on_day` says that the same question can have another
    answer tomorrow.
    """

    noun: Noun
    on: date
    queryset: QuerySet[Any]
    filterset: StrictFilterSet
    active: list[ActiveFilter]
    order: tuple[OrderKey, ...]
    parameters: dict[str, str]
    depends_on_day: bool
    place: Place | None
    page_size: int
    fields: tuple[str, ...]
    format: str

    @property
    def form(self) -> forms.Form:
        """The bound form of the filters."""
        form: forms.Form = self.filterset.form
        return form

    def first(self, most: int) -> list[Any]:
        """The first rows selected, at most so many, with what they point to."""
        return with_references(self.noun, self.queryset[:most])

    @property
    def as_of(self) -> date | None:
        """The day that the question named, where it named one: what came later is left out."""
        return self.on if "on" in self.parameters else None


def select(noun: Noun, params: Params, *, today: date) -> Selection:
    """Answer a question about a noun. `today` is the day `on` unless the parameters name one.

    Raises BadQuery naming every parameter that cannot be obeyed.
    """
    given = multi(params)
    filterset = noun.filterset(given, noun.rows, today=today, beside=RESERVED)
    form = ListOptions(noun, given, beside=given)
    names = list(given)
    errors = [*filterset.parameter_errors(), *form.parameter_errors()]
    if errors:
        raise BadQuery(sorted(errors, key=lambda error: names.index(error.name)))
    options = form.cleaned_data
    order = tuple(OrderKey.of(noun.model, name) for name in options["ordering"])
    active = filterset.active()
    parameters = {used.name: used.value for used in active}
    place = place_of(options["cursor"], cursors.question(noun.name, parameters, order), order)
    rows = filterset.qs.order_by(*(key.expression(backwards=False) for key in order))
    return Selection(
        noun=noun,
        on=filterset.day,
        queryset=rows,
        filterset=filterset,
        active=active,
        order=order,
        parameters=parameters,
        depends_on_day=bool(noun.computed) and all(used.name != "on" for used in active),
        place=place,
        page_size=options["page_size"],
        fields=options["fields"],
        format=options["format"],
    )


def find(noun: Noun, slug: str, *, on: date, as_of: date | None = None) -> Any:
    """The published record at this address with its children and references, computed as of the day `on`.

    Where the reader asked for a day, `as_of`, the record says nothing that came later.

    Raises NotYet when all of it came after that day, Merged when it was merged into another one, Withdrawn when it was
    published and taken back, and NotPublished when it never was.
    """
    rows = noun.begun(as_of) if as_of else noun.rows(on)
    if found := with_references(noun, with_children(noun, rows, as_of=as_of).filter(slug=slug)):
        return found[0]
    if as_of and noun.rows(as_of).filter(slug=slug).exists():
        raise NotYet(as_of)
    if gone := taken_back_since(noun.name, slug):
        raise Withdrawn(gone.reason, gone.at)
    last = last_publication(noun.name, slug)
    if last is None:
        raise NotPublished
    if last.action == Publication.Action.MERGE:
        raise Merged(last.reason, last.at, _end_of_merges(last))
    raise Withdrawn(last.reason, last.at)


def _end_of_merges(merge: Publication) -> str:
    """The slug of the record that a merged one is now, however often that was merged in its turn."""
    passed, slug = {merge.slug}, str(merge.document[Publication.MERGED_INTO])
    while slug not in passed:
        passed.add(slug)
        last = last_publication(merge.noun, slug)
        if last is not None and last.action == Publication.Action.MERGE:
            slug = str(last.document[Publication.MERGED_INTO])
    return slug


def with_children(noun: Noun, rows: QuerySet[Model], *, as_of: date | None = None) -> QuerySet[Model]:
    """The rows with their children (up to a day, if one is given), and with what those point to.

    In a constant number of queries.
    """
    return rows.prefetch_related(*(_child_rows(child, as_of) for child in noun.children))


def _child_rows(child: Child, as_of: date | None) -> Prefetch[Any]:
    rows: QuerySet[Model] = child.model.edition.all()
    if as_of and HAPPENED in {field.name for field in child.fields}:
        rows = rows.exclude(surely_after(HAPPENED, as_of))
    references = [field.name for field in child.fields if field.kind is Kind.REFERENCE]
    return Prefetch(child.name, queryset=rows.select_related(*references))
