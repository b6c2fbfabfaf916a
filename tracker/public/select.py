"""One question about one noun: from a query string to rows, or to the refusal of everything in it that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.utils.datastructures import MultiValueDict

from tracker.models import Citation, Publication
from tracker.public import cursors
from tracker.public.cursors import Place
from tracker.public.errors import BadQuery, NotPublished, ParameterError, Withdrawn, nearest
from tracker.public.fields import Child, Kind
from tracker.public.filters import ActiveFilter
from tracker.public.nouns import NOUNS, Noun
from tracker.public.order import OrderKey
from tracker.public.serializers import record_keys

Params = Mapping[str, str | Sequence[str]]

RESERVED = ("ordering", "page_size", "cursor", "fields", "format")
"""Parameters of every list that filter nothing."""
FORMATS = ("json", "csv")
PAGE_SIZE, LARGEST_PAGE = 50, 100


@dataclass(frozen=True)
class Selection:
    """The answer to a question, before anything is read: the rows, and all that a surface needs to show them.

    `queryset` is filtered, computed as of the day `on`, and ordered with the key last. `form` is the bound form of the
    filters, `active` the filters in use, `parameters` the filters as a query string holds them (the reserved
    parameters aside), `place` where the page begins. `depends_on_day` says that the same question can have another
    answer tomorrow.
    """

    noun: Noun
    on: date
    queryset: QuerySet[Any]
    form: forms.Form
    active: list[ActiveFilter]
    order: tuple[OrderKey, ...]
    parameters: dict[str, str]
    depends_on_day: bool
    place: Place | None
    page_size: int
    fields: tuple[str, ...]
    format: str


@dataclass
class _Options:
    """The reserved parameters, read; and what is wrong with them."""

    ordering: tuple[str, ...]
    page_size: int = PAGE_SIZE
    cursor: str = ""
    fields: tuple[str, ...] = ()
    format: str = "json"


def multi(params: Params) -> MultiValueDict[str, str]:
    """Parameters as lists, from a QueryDict or any mapping of names to a value or several."""
    if isinstance(params, MultiValueDict):
        return params
    return MultiValueDict(
        {name: [values] if isinstance(values, str) else list(values) for name, values in params.items()}
    )


def select(noun: Noun | str, params: Params, *, today: date) -> Selection:
    """Answer a question about a noun. `today` is the day `on` unless the parameters name one.

    Raises BadQuery naming every parameter that cannot be obeyed.
    """
    noun = NOUNS[noun] if isinstance(noun, str) else noun
    given = multi(params)
    filterset = noun.filterset(given, noun.rows, today=today, beside=RESERVED)
    options, errors = _read_options(noun, given)
    places = list(given)
    if errors := sorted([*filterset.parameter_errors(), *errors], key=lambda error: places.index(error.name)):
        raise BadQuery(errors)
    order = tuple(OrderKey.of(noun.model, name) for name in options.ordering)
    active = filterset.active()
    parameters = {used.name: used.value for used in active}
    place = _place(options.cursor, cursors.question(noun.name, parameters, order), order)
    rows = with_references(noun, filterset.qs).order_by(*(key.expression(backwards=False) for key in order))
    return Selection(
        noun=noun,
        on=filterset.on,
        queryset=rows,
        form=filterset.form,
        active=active,
        order=order,
        parameters=parameters,
        depends_on_day=bool(noun.computed) and all(used.name != "on" for used in active),
        place=place,
        page_size=options.page_size,
        fields=options.fields,
        format=options.format,
    )


def find(noun: Noun | str, slug: str, *, on: date) -> Any:
    """The published record at this address with its children and references, computed as of the day `on`.

    Raises Withdrawn when it was published and taken back, and NotPublished when it never was.
    """
    noun = NOUNS[noun] if isinstance(noun, str) else noun
    rows = with_references(noun, noun.rows(on)).prefetch_related(*(_child_rows(child) for child in noun.children))
    found = rows.filter(slug=slug).first()
    if found is not None:
        return found
    last = Publication.edition.filter(noun=noun.name, slug=slug).order_by("-id").first()
    if last is not None:
        raise Withdrawn(last.reason, last.at)
    raise NotPublished


def with_references(noun: Noun, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with all that they point to, and the citations that contradict them, in a constant number of queries."""
    rows = rows.select_related(*noun.relations(Kind.REFERENCE)).prefetch_related(*noun.relations(Kind.REFERENCES))
    if not noun.cited:
        return rows
    contradictions = Citation.edition.filter(stance=Citation.Stance.CONTRADICTS)
    return rows.prefetch_related(Prefetch("citations", queryset=contradictions, to_attr="contradicting"))


def _child_rows(child: Child) -> Prefetch[Any]:
    rows: QuerySet[Any] = child.model.edition.all()  # type: ignore[attr-defined]  # Every child has this manager.
    references = [field.name for field in child.fields if field.kind is Kind.REFERENCE]
    return Prefetch(child.name, queryset=rows.select_related(*references))


def _read_options(noun: Noun, given: MultiValueDict[str, str]) -> tuple[_Options, list[ParameterError]]:
    """The reserved parameters, and what is wrong with them. An empty one counts as not given."""
    options = _Options(noun.ordering)
    readers = {
        "ordering": lambda text: _ordering(noun, text),
        "page_size": _page_size,
        "cursor": str,
        "fields": lambda text: _fields(noun, text),
        "format": _format,
    }
    errors: list[ParameterError] = []
    for name, reader in readers.items():
        values = [value.strip() for value in given.getlist(name)]
        if len(values) > 1:
            errors.append(ParameterError(name, ", ".join(values), "This parameter can be given only once."))
        elif values and values[0]:
            try:
                setattr(options, name, reader(values[0]))
            except BadQuery as refusal:
                errors.extend(refusal.errors)
    return options, errors


def read_fields(text: str, keys: Sequence[str]) -> tuple[str, ...]:
    """The keys that `fields=` names, in the record's order. Raises BadQuery naming each that is none."""
    words = [word.strip() for word in text.split(",")]
    _refuse("fields", [word for word in words if word not in keys], keys, "There is no field {word!r} in this answer.")
    return tuple(key for key in keys if key in words)


def _fields(noun: Noun, text: str) -> tuple[str, ...]:
    return read_fields(text, record_keys(noun, detail=False))


def _ordering(noun: Noun, text: str) -> tuple[str, ...]:
    """The columns to order by, then the key in the direction of the first, so that -x is the reverse of x."""
    names = [name.strip() for name in text.split(",")]
    allowed = [sign + name for name in noun.orderings for sign in ("", "-")]
    _refuse("ordering", [name for name in names if name not in allowed], allowed, "Nothing is ordered by {word!r}.")
    return (*dict.fromkeys(names), "-id" if names[0].startswith("-") else "id")


def _format(text: str) -> str:
    _refuse("format", [text] if text not in FORMATS else [], FORMATS, "{word!r} is not a format: json or csv.")
    return text


def _place(cursor: str, asked: str, order: Sequence[OrderKey]) -> Place | None:
    """The place that the cursor means for this question; none at the beginning of the list."""
    if not cursor:
        return None
    try:
        return cursors.read(cursor, asked, order)
    except cursors.ForeignCursor:
        message = "This cursor was not made for this question. Leave it out to start at the first page."
        raise BadQuery([ParameterError("cursor", cursor, message)]) from None


def _page_size(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= LARGEST_PAGE:
        return int(text)
    raise BadQuery([ParameterError("page_size", text, f"A page has 1 to {LARGEST_PAGE} rows.")])


def _refuse(name: str, wrong: Sequence[str], right: Sequence[str], message: str) -> None:
    """Raise BadQuery for the words of one parameter that are wrong."""
    if wrong:
        raise BadQuery([ParameterError(name, word, message.format(word=word), nearest(word, right)) for word in wrong])
