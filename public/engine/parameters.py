"""How one parameter is read: words, a day, an amount, a whole number. Each refuses what it is not.

Each also says of itself what every surface needs to show or describe it: its schema, how it is entered, and which
question of a form it answers. A refusal is a ValidationError whose `params` hold the offending `value` and the
`nearest` right one. Those of several values are in `list_parameters`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from nouns.partial_dates import PartialDate
from public.search.query import UnusableQuery, parse

LONGEST_TEXT = 1000
"""Characters of a text parameter. Longer ones are refused, not cut."""
LARGEST_NUMBER = 2**31 - 1
"""What a column of whole numbers holds at most on every database."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


def parameters_of(form: forms.Form) -> dict[str, Parameter]:
    """The parameters of a form, each of whose fields is one."""
    return {name: field for name, field in form.fields.items() if isinstance(field, Parameter)}


def refusal(message: str, value: str, near: str | None = None) -> ValidationError:
    """The error of one value. The message is a parameter, because a percent sign of the value's would be a pattern."""
    return ValidationError("%(message)s", code="invalid", params={"message": message, "value": value, "nearest": near})


Schema = dict[str, Any]
"""A JSON schema."""

DATE: Schema = {
    "type": "string",
    "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "description": "A day, or a month or a year where no more is known.",
}

WHERE, WHAT, WHEN, ABOVE_ALL = "Where", "What", "When", ""
"""The questions that the parameters of a form answer; a search stands above them."""


class Parameter(forms.Field):
    """What every parameter says of itself.

    `legend` is the question of a form that it answers, `invitation` what its empty box asks for. `several` says that it
    takes more than one value, `shows_counts` that its choices say how many rows each gives.
    """

    several: ClassVar[bool] = False
    shows_counts: ClassVar[bool] = True
    explains_itself: bool = False
    control: str = "text"
    legend: str = WHAT

    def __init__(self, *args: Any, legend: str | None = None, invitation: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legend = self.legend if legend is None else legend
        self.invitation = invitation

    @property
    def schema(self) -> Schema:
        """The schema of its value."""
        return {"type": "string"}

    def control_for(self, words: Sequence[str]) -> str:
        """How it is entered where these words were given: search, text, date, amount, number, choices or typed."""
        return self.control


class TextField(Parameter, forms.CharField):
    """Any words, of bounded length."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_TEXT, **kwargs)


class QueryField(TextField):
    """A search: words, "phrases", OR, and -words to leave out. See `public.search.query`."""

    default_error_messages = {"required": "Say what to look for."}
    control, legend = "search", ABOVE_ALL

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text:
            try:
                parse(text)
            except UnusableQuery as error:
                raise refusal(str(error), text) from None
        return text


class DayField(Parameter, forms.CharField):
    """A day such as 2017-07-01. A month or a year stands for its first or last day, where `edge` says which."""

    widget = forms.DateInput(attrs={"type": "date"})
    legend = WHEN

    def __init__(self, *, edge: Literal["", "first", "last"] = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.edge = edge
        self.explains_itself = bool(edge)  # "On or after" says of itself what it does.

    @property
    def schema(self) -> Schema:
        return DATE if self.edge else {"type": "string", "format": "date"}

    def control_for(self, words: Sequence[str]) -> str:
        # A date box shows whole days only, and would swallow a month or a slip.
        return "date" if all(_DAY.match(word) for word in words) else "text"

    def clean(self, value: Any) -> date | None:
        text: str = super().clean(value)
        if not text:
            return None
        try:
            given = PartialDate(text)
        except ValueError as error:
            raise refusal(str(error), text) from None
        if given.precision != "day" and not self.edge:
            raise refusal(f"{text!r} is not a whole day such as 2017-07-01.", text)
        return given.last_day if self.edge == "last" else given.first_day


class AsOfField(DayField):
    """The day that an answer is as of: today where the record is kept, or any day before."""

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is not None and day > (today := localdate()):
            raise refusal(f"This day has not come yet. Today is {today.isoformat()}.", day.isoformat())
        return day


class AmountField(Parameter, forms.DecimalField):
    """US dollars, not negative, such as 500000 or 1250.50."""

    control = "amount"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal(0), max_digits=16, decimal_places=2, **kwargs)

    @property
    def schema(self) -> Schema:
        return {"type": "number", "minimum": 0}


class WholeNumberField(Parameter, forms.CharField):
    """A number that counts things, such as 0 or 12: digits alone, and no more than any column holds."""

    control = "number"

    @property
    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}

    def clean(self, value: Any) -> int | None:
        text: str = super().clean(value)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST_NUMBER:
            return int(text)
        raise refusal(f"{text!r} is not a whole number from 0 to {LARGEST_NUMBER:,}.", text)
