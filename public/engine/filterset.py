"""The one base of every noun's filters. Whatever it is asked, it obeys to the letter or refuses by name.

Stock django-filter ignores a parameter that it does not know, takes the last of repeated ones, and answers an invalid
value with no rows, all rows or an error, depending on the view. Here each of these raises BadQuery, on every surface.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol

from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django_filters import FilterSet

from public.engine.errors import BadQuery, ParameterError
from public.engine.fields import COMPUTED
from public.engine.filter_kinds import AsOfFilter, ChoicesFilter, SearchFilter, SlugsFilter, YearsFilter
from public.engine.strict import StrictForm

SEARCH_HELP = (
    'Words to look for in every public text of the record. "Quotes" keep words together, a minus sign before a word '
    "leaves out what contains it, OR finds either."
)


class Rows(Protocol):
    """Gives all rows of a noun as they stand on a day, with the computed fields or without."""

    def __call__(self, on: date, *, computed: bool = True) -> QuerySet[Any]: ...


@dataclass(frozen=True)
class ActiveFilter:
    """A filter in use: parameter, label, value as the query string holds it, and value as a reader understands it."""

    name: str
    label: str
    value: str
    display: str


class StrictFilterSet(FilterSet):  # type: ignore[misc]  # django-filter has no types.
    """What every noun can be asked. A subclass adds the noun's own filters; `Meta.model` says which noun's they are.

    A filter of several values counts its choices by the column that it filters. GROUPED_BY names the paths of those
    that filter by a verb, and `one_by_one` gives the choices that no column holds.
    """

    GROUPED_BY: ClassVar[Mapping[str, str]] = {}

    q = SearchFilter(
        label="Words",
        help_text=SEARCH_HELP,
    )
    on = AsOfFilter(help_text="The day to look from. These have no day of their own, so all of them are there.")

    def __init__(
        self, params: MultiValueDict[str, str], rows: Rows, *, today: date, beside: Collection[str] = ()
    ) -> None:
        """Read `params`. `rows` gives all rows as they stand on a day: `on`, or `today` when that is not given.

        Names in `beside` belong to somebody else and pass.
        """
        super().__init__(params, self._meta.model.edition.none())
        # An empty QueryDict is false, and django-filter would put another one in its place.
        self.is_bound, self.data = True, params
        self.rows = rows
        self.today = today
        self.beside = frozenset(beside)

    @property
    def day(self) -> date:
        """The day asked about. The parameters must be right."""
        day: date | None = self.form.cleaned_data.get("on")
        return day or self.today

    def get_form_class(self) -> type[StrictForm]:
        """The form of the filters."""
        fields = {name: used.field for name, used in self.filters.items()}
        return type(f"{type(self).__name__}Form", (StrictForm,), {**fields, "beside": self.beside})

    def parameter_errors(self) -> list[ParameterError]:
        """Everything that is wrong with the parameters; an empty list when they can be obeyed."""
        errors: list[ParameterError] = self.form.parameter_errors()
        return errors

    @property
    def qs(self) -> QuerySet[Any]:
        """The rows that the parameters select. Raises BadQuery naming every parameter that cannot be obeyed."""
        if errors := self.parameter_errors():
            raise BadQuery(errors)
        self.queryset = self.rows(self.day)
        rows: QuerySet[Any] = super().qs
        return rows

    def in_use(self, left_out: str = "") -> dict[str, Any]:
        """The parameters that select, but this one, with their values. The parameters must be right."""
        return {
            name: value
            for name, value in self.form.cleaned_data.items()
            if name not in self.one_condition(left_out) and value not in (None, "", [])
        }

    def without(self, left_out: str, grouped_by: str = "") -> QuerySet[Any]:
        """The rows that all parameters but this one select, to be counted by a column. The parameters must be right.

        What is computed of them is there only where a parameter or the column asks for it.
        """
        used = self.in_use(left_out)
        asked = {grouped_by, *(self.filters[name].field_name for name in used)}
        rows = self.rows(self.day, computed=bool(asked & set(COMPUTED)))
        for name, value in used.items():
            rows = self.filters[name].filter(rows, value)
        return rows

    def one_condition(self, name: str) -> Collection[str]:
        """The filters that select only together with this one, and itself."""
        return {name}

    def groupings(self) -> dict[str, str]:
        """The paths by which the rows of each filter's choices can be counted, by filter."""
        own = {
            name: used.field_name
            for name, used in self.filters.items()
            if isinstance(used, ChoicesFilter | SlugsFilter | YearsFilter) and not used.verb and used.method is None
        }
        return {**own, **self.GROUPED_BY}

    def one_by_one(self) -> dict[str, dict[Any, Any]]:
        """The choices that are counted each by filtering for it, by filter: how each is named, and its value."""
        return {}

    def suggestions(self) -> dict[str, list[str]]:
        """The names that a box completes, by filter, where choices are named but not counted."""
        return {}

    def countable(self) -> list[str]:
        """The filters whose choices can be counted."""
        return [*self.groupings(), *self.one_by_one()]

    def active(self) -> list[ActiveFilter]:
        """The filters in use, in the form's order. The parameters must be right."""
        values = ((name, self.form.cleaned_data[name]) for name in self.form.fields)
        return [
            ActiveFilter(name, str(self.filters[name].label), self._given(name), self.filters[name].display(value))
            for name, value in values
            if value not in (None, "", [])
        ]

    def _given(self, name: str) -> str:
        return ",".join(value.strip() for value in self.data.getlist(name) if value.strip())


def declared(base: type[StrictFilterSet] = StrictFilterSet) -> Iterator[type[StrictFilterSet]]:
    """Every set of filters that is some noun's."""
    for each in base.__subclasses__():
        if each._meta.model is not None:
            yield each
        yield from declared(each)
