"""Parameters that are obeyed to the letter or refused by name, all that is wrong at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from public.engine.errors import BadQuery, ParameterError, nearest
from public.engine.knowledge import KNOWN_AT, knowledge

Params = Mapping[str, str | Sequence[str]]
"""Parameters by name, each a value or several. A QueryDict is one."""


def multi(params: Params) -> MultiValueDict[str, str]:
    """Parameters as lists of values by name."""
    if isinstance(params, MultiValueDict):
        return params
    return MultiValueDict(
        {name: [values] if isinstance(values, str) else list(values) for name, values in params.items()}
    )


class StrictForm(forms.Form):
    """A form over a query string. An unknown parameter, a repeated one and a wrong value are errors by name.

    A field that takes several values has `several` true, and may be repeated. Names in `beside` belong to somebody else
    and pass, as does `known_at` once it was understood for the whole request. An empty value counts as not given,
    because browsers send every field of a form.
    """

    beside: Collection[str] = ()

    def __init__(self, params: Params, *, beside: Collection[str] = (), prefix: str | None = None) -> None:
        super().__init__(multi(params), prefix=prefix)
        self.beside = (*self.beside, *beside)

    def parameter_errors(self) -> list[ParameterError]:
        """Everything that is wrong; an empty list when the parameters can be obeyed."""
        return [*self._unknown(), *self._repeated(), *self._wrong()]

    def accepted(self) -> dict[str, Any]:
        """The values by name. Raises BadQuery naming every parameter that cannot be obeyed."""
        if errors := self.parameter_errors():
            raise BadQuery(errors)
        return self.cleaned_data

    def _unknown(self) -> list[ParameterError]:
        known = [*self.fields, *self.beside, *([KNOWN_AT] if knowledge() else [])]
        return [
            ParameterError(name, self.data.get(name) or "", "There is no such parameter.", nearest(name, known))
            for name in self.data
            if name not in known
        ]

    def _repeated(self) -> list[ParameterError]:
        single = [name for name, field in self.fields.items() if not getattr(field, "several", False)]
        given = {name: self._values(name) for name in single}
        message = "This parameter can be given only once."
        return [ParameterError(name, ", ".join(values), message) for name, values in given.items() if len(values) > 1]

    def _wrong(self) -> list[ParameterError]:
        return [
            ParameterError(
                name,
                str((error.params or {}).get("value", ", ".join(self._values(name)))),
                " ".join(error.messages),
                (error.params or {}).get("nearest"),
            )
            for name, errors in self.errors.as_data().items()
            for error in errors
        ]

    def _values(self, name: str) -> list[str]:
        data: Any = self.data
        values: list[str] = data.getlist(name)
        return values
