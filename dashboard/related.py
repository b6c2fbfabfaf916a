"""What else the record holds about a noun: every published noun whose declared fields point to it.

Nothing is listed by hand. A new noun that points to a jurisdiction appears on that jurisdiction's page by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.utils.text import capfirst

from dashboard import layout
from dashboard.charts.of_lists import panel_of
from dashboard.charts.on_the_map import letters_on_the_map
from dashboard.hrefs import narrowed
from dashboard.panels import Excerpt, Panel
from dashboard.standings import letters_by_standing
from dashboard.tables import Table, columns, rows_of_nouns
from dashboard.values import shown
from nouns.noun import PublicNoun
from public.engine.dataset import DatasetVersion
from public.engine.filter_kinds import SlugsFilter
from public.engine.noun import Noun
from public.engine.pages import count
from public.engine.references import with_references
from public.engine.select import Selection, select
from public.nouns import NOUNS

MOST_ROWS = 10
"""Rows of one kind on a page where a list holds all of them."""
MOST_ROWS_WITHOUT_A_LIST = 100
MOST_COLUMNS = 5
WHOLE = frozenset({"letter-batches"})
"""Nouns that are little more than the letters of theirs, all of which their pages show, on a map too."""

MakePanel = Callable[[Selection, DatasetVersion], Panel | None]
PANELS: dict[str, MakePanel] = {"grants": panel_of}
"""The nouns whose list in short has its panel too."""
NOTES = {"designations": "Named so by the lists and memoranda given here. The words are theirs."}
"""What a reader should know before the rows of a noun."""


@dataclass(frozen=True)
class Relation:
    """A way in which nouns of one kind point to those of another: who points, by which lookup, and its title.

    `parameter` is the filter that selects exactly these, empty where there is none.
    """

    noun: str
    lookup: str
    title: str
    parameter: str


def related(record: PublicNoun, *, version: DatasetVersion, on: date, as_of: date | None) -> list[Excerpt]:
    """The nouns that point to this record, way by way; ways without any are left out.

    Computed fields are those of the day `on`; where the reader asked for a day, `as_of`, what came later is left out.
    """
    excerpts = (_related(record, relation, version, on, as_of) for relation in relations(record.NOUN))
    return [excerpt for excerpt in excerpts if excerpt.count]


@cache
def relations(target: str) -> tuple[Relation, ...]:
    """The ways in which nouns point to nouns of this kind; ways with one filter count once.

    What tells most comes first, and what a noun's own kind has to say (the parts of a state) last.
    """
    found: dict[tuple[str, str], Relation] = {}
    names = dict.fromkeys([*layout.TELLING, *NOUNS])
    for noun in sorted((NOUNS[name] for name in names), key=lambda noun: noun.name == target):
        for relation in _relations(noun, target):
            found.setdefault((noun.name, relation.parameter or relation.lookup), relation)
    return tuple(found.values())


def _relations(noun: Noun, target: str) -> Iterator[Relation]:
    direct = [field.name for field in noun.fields if field.target == target]
    for name in direct:
        pointer: Any = noun.model._meta.get_field(name)
        title = capfirst(pointer.remote_field.related_name.replace("_", " "))
        yield Relation(noun.name, name, title, _parameter(noun, target, name, alone=len(direct) == 1))
    for child in noun.children:
        for field in child.fields:
            if field.target == target:
                parameter = _parameter(noun, target, field.name, alone=not direct)
                yield Relation(noun.name, f"{child.name}__{field.name}", noun.heading, parameter)


def _parameter(noun: Noun, target: str, name: str, *, alone: bool) -> str:
    """The filter of nouns of the target's kind that asks about this field: by its name, or as the only one for it."""
    filters = {
        key: filter_.field_name
        for key, filter_ in noun.filterset.base_filters.items()
        if isinstance(filter_, SlugsFilter) and NOUNS[target].model in filter_.field.models
    }
    same_name = [key for key, field_name in filters.items() if field_name == name]
    return next(iter(same_name or (filters if alone and len(filters) == 1 else [])), "")


def listed(
    selection: Selection,
    version: DatasetVersion,
    *,
    without: Collection[str] = (),
    title: str = "",
    name: str = "",
    most: int = MOST_ROWS,
    make_panel: MakePanel | None = None,
) -> Excerpt:
    """A noun's list in short: the first rows of a selection, how many there are, and where they all are.

    Letters are also counted by where they stand. Fields in `without` are no columns, because every row would say the
    same. It is called `title`, else as the list is, and `name` where a page links to it. `make_panel` makes its panel.
    """
    total = count(selection, version)
    rows = selection.first(most) if total else []
    excerpt = excerpt_of(selection.noun, rows, without, title=title, name=name, count=total)
    make_panel = make_panel or PANELS.get(selection.noun.name)
    return replace(
        excerpt,
        all_url=narrowed(selection),
        panel=make_panel(selection, version) if make_panel and total else None,
        standings=letters_by_standing(selection) if "standing" in selection.noun.computed and total else [],
    )


def excerpt_of(
    noun: Noun, rows: list[Any], without: Collection[str], *, title: str = "", name: str = "", count: int
) -> Excerpt:
    """These rows of a noun, of `count` in all, with the columns of its list that say something."""
    first, *rest = [field for field in layout.columns(noun) if field.name not in without]
    used = [first, *(field for field in rest if any(shown(row, field) for row in rows))][:MOST_COLUMNS]
    return Excerpt(
        name=name or noun.name,
        table=Table(title or noun.heading, columns(used), rows_of_nouns(rows, used)),
        count=count,
        note=NOTES.get(noun.name, ""),
    )


def _related(record: PublicNoun, relation: Relation, version: DatasetVersion, on: date, as_of: date | None) -> Excerpt:
    noun = NOUNS[relation.noun]
    params = {"on": as_of.isoformat()} if as_of else {}
    without = {relation.lookup, "state"} if record.NOUN == "jurisdictions" else {relation.lookup}
    title, name = relation.title, f"{noun.name}-{relation.lookup}"
    if relation.parameter:
        selection = select(noun, {**params, relation.parameter: record.slug}, today=on)
        if record.NOUN in WHOLE:
            most, panel = MOST_ROWS_WITHOUT_A_LIST, letters_on_the_map
            return listed(selection, version, without=without, title=title, name=name, most=most, make_panel=panel)
        return listed(selection, version, without=without, title=title, name=name)
    selection = select(noun, params, today=on)
    rows: Any = _pointing(selection, relation, record)
    total = rows.order_by().count()
    first = with_references(noun, rows[:MOST_ROWS_WITHOUT_A_LIST]) if total else []
    return excerpt_of(noun, first, without, title=title, name=name, count=total)


def _pointing(selection: Selection, relation: Relation, record: PublicNoun) -> Any:
    """The rows that point to the record, each once however often they do."""
    keys = selection.noun.rows(selection.on).filter(**{relation.lookup: record.pk}).order_by().values("pk")
    return selection.queryset.filter(pk__in=keys)
