"""Dates known to the day, the month or the year only.

A partial date is its ISO 8601 text: `2014-07-21`, `2014-07` or `2014`. The text states both the first possible day and
the precision, sorts by first day when compared byte by byte, and is what every surface prints. Empty means unknown.
See docs/adr/0003-partial-dates.md for what this was compared with.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q

PATTERN = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_SHAPE = re.compile(PATTERN)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class PartialDate(str):
    """The ISO text of a day, a month or a year. Raises ValueError for anything else; the empty string is no date."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        if not _SHAPE.match(text):
            raise ValueError(f"{text!r} is not a date such as 2014-07-21, 2014-07 or 2014.")
        if len(text) == 10:
            try:
                date.fromisoformat(text)
            except ValueError:
                raise ValueError(f"{text!r} is not a day of the calendar.") from None
        if text[:4] == "0000":
            raise ValueError("The year 0000 does not exist.")
        return super().__new__(cls, text)

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        return {4: "year", 7: "month", 10: "day"}[len(self)]

    @property
    def first_day(self) -> date:
        """The first day that it can mean."""
        year, month, day = (int(part) for part in f"{self}-01-01"[:10].split("-"))
        return date(year, month, day)

    @property
    def last_day(self) -> date:
        """The last day that it can mean."""
        if self.precision == "day":
            return self.first_day
        year, month = self.first_day.year, self.first_day.month if self.precision == "month" else 12
        return date(year, month, monthrange(year, month)[1])

    @property
    def in_words(self) -> str:
        """As a sentence writes it: 21 July 2014, July 2014, 2014."""
        first = self.first_day
        words = [str(first.day), _MONTHS[first.month - 1], str(first.year)]
        return " ".join(words[{"day": 0, "month": 1, "year": 2}[self.precision] :])


def on_or_after(field: str, day: date) -> Q:
    """Rows whose date may be `day` or later: any of its possible days is."""
    text = day.isoformat()
    return Q(**{f"{field}__gte": text}) | Q(**{f"{field}__in": [text[:7], text[:4]]})


def on_or_before(field: str, day: date) -> Q:
    """Rows whose date may be `day` or earlier: any of its possible days is. Unknown dates are not among them."""
    return Q(**{f"{field}__lte": day.isoformat()}) & ~Q(**{field: ""})


def surely_before(field: str, day: date) -> Q:
    """Rows whose every possible day lies before `day`."""
    text = day.isoformat()
    return Q(**{f"{field}__lt": text}) & ~Q(**{f"{field}__in": ["", text[:7], text[:4]]})


def surely_after(field: str, day: date) -> Q:
    """Rows whose every possible day lies after `day`: not even the first day of a month or a year has come."""
    return Q(**{f"{field}__gt": day.isoformat()})


def not_before(end: str, start: str) -> Q:
    """The condition that `end` is not certainly before `start`; unknown dates satisfy it."""
    return Q(**{end: ""}) | Q(**{start: ""}) | Q(**{f"{end}__gte": F(start)}) | Q(**{f"{start}__startswith": F(end)})


def is_partial_date(field: str) -> Q:
    """The condition that the stored text has the shape of a partial date or is empty."""
    return Q(**{field: ""}) | Q(**{f"{field}__regex": PATTERN})


class PartialDateFormField(forms.CharField):
    """Takes 2014-07-21, 2014-07 or 2014."""

    def to_python(self, value: Any) -> str:
        return clean_partial_date(super().to_python(value) or "")


def clean_partial_date(text: str) -> str:
    """The PartialDate of a text, or an empty string. Raises ValidationError that says what would be right."""
    if not text:
        return ""
    try:
        return PartialDate(text)
    except ValueError as error:
        raise ValidationError(f"{error} Write 2014-07-21, or 2014-07 or 2014 when no more is known.") from None


class PartialDateField(models.CharField[str, str]):
    """A partial date in one text column, compared byte by byte so that it sorts by its first possible day."""

    COLLATION: ClassVar[dict[str, str]] = {"postgresql": "C", "sqlite": "BINARY"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=10, blank=True, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        return {**super().db_parameters(connection), "collation": self.COLLATION[connection.vendor]}

    def from_db_value(self, value: str | None, *_: Any) -> str:
        return PartialDate(value) if value else ""

    def to_python(self, value: Any) -> str:
        return clean_partial_date(value.isoformat() if isinstance(value, date) else str(value or ""))

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        return super().get_prep_value(value)

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.pop("choices_form_class", None)
        return models.Field.formfield(self, **{"form_class": PartialDateFormField, "max_length": 10, **kwargs})
