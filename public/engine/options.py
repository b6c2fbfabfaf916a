"""Parameters that filter nothing: the order of a list, its page, the keys of its records, the format."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from public.engine.errors import nearest
from public.engine.noun import Noun
from public.engine.parameters import AsOfField, Parameter, Schema, refusal
from public.engine.serializers import record_keys
from public.engine.strict import Params, StrictForm

PAGE_SIZE, LARGEST_PAGE = 50, 100
AS_OF_HELP = (
    "The day to look from: what came later is left out, and standing and deadline are those of that day. Default: "
    "today, and everything on record."
)
FORMATS = ("json", "csv")


class WordsField(Parameter, forms.CharField):
    """Comma-separated words out of those allowed, each once; a wrong one is refused with the nearest right one."""

    def __init__(self, *, allowed: Iterable[str] = (), message: str, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.allowed: Sequence[str] = tuple(allowed)
        self.message = message

    @property
    def schema(self) -> Schema:
        words = {"enum": list(self.allowed)} if self.allowed else {}
        return {"type": "array", "items": {"type": "string", **words}}

    def clean(self, value: object) -> tuple[str, ...]:
        text: str = super().clean(value)
        words = tuple(dict.fromkeys(word.strip() for word in text.split(","))) if text else ()
        if wrong := [word for word in words if word not in self.allowed]:
            errors = [refusal(self.message.format(word=word), word, nearest(word, self.allowed)) for word in wrong]
            raise ValidationError(errors)
        return words


class PageSizeField(Parameter, forms.CharField):
    """How many rows a page has."""

    @property
    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}

    def clean(self, value: object) -> int:
        text: str = super().clean(value)
        if not text:
            return PAGE_SIZE
        if text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= LARGEST_PAGE:
            return int(text)
        raise refusal(f"A page has 1 to {LARGEST_PAGE} rows.", text)


class FormatField(Parameter, forms.CharField):
    """The format of the answer, the first of those there are unless another is named."""

    def __init__(self, formats: Sequence[str]) -> None:
        super().__init__(required=False, help_text=f"Format of the answer: {' or '.join(formats)}.")
        self.formats = tuple(formats)

    @property
    def schema(self) -> Schema:
        return {"type": "string", "enum": list(self.formats)}

    def clean(self, value: object) -> str:
        text: str = super().clean(value) or self.formats[0]
        if text not in self.formats:
            message = f"{text!r} is not a format of this answer: {' or '.join(self.formats)}."
            raise refusal(message, text, nearest(text, self.formats))
        return text


def completed(names: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
    """The columns asked for, then the others of the default order, which ends with the key and has indexes.

    Where the first one runs against the default order the others do too, so that -x is the exact reverse of x.
    """
    if not names:
        return default
    first, bare = names[0], {name.lstrip("-") for name in names}
    usual = next((name for name in default if name.lstrip("-") == first.lstrip("-")), first.lstrip("-"))
    rest = [name for name in default if name.lstrip("-") not in bare]
    return (*names, *(rest if first == usual else [reversed_name(name) for name in rest]))


def reversed_name(name: str) -> str:
    """The same column the other way round."""
    return name[1:] if name.startswith("-") else f"-{name}"


class OrderingField(WordsField):
    """The columns to order by."""

    def __init__(self) -> None:
        super().__init__(
            message="Nothing is ordered by {word!r}.",
            help_text="Field to order by, or several separated by commas; a minus sign before one reverses it. What is "
            "unknown comes last.",
        )
        self.default: tuple[str, ...] = ()

    def clean(self, value: object) -> tuple[str, ...]:
        return completed(super().clean(value), self.default)


class CursorField(Parameter, forms.CharField):
    """A place in a list."""


def keys_field(keys: Iterable[str]) -> WordsField:
    """The keys that a record is limited to. A form has no room for a field of this name in its declaration."""
    return WordsField(
        allowed=keys,
        message="There is no field {word!r} in this answer.",
        help_text="Fields that each record is limited to, separated by commas.",
    )


def page_size_field() -> PageSizeField:
    """The number of rows of a page."""
    return PageSizeField(required=False, help_text=f"Rows of a page, 1 to {LARGEST_PAGE}; {PAGE_SIZE} when not given.")


def cursor_field() -> Parameter:
    """Where a page begins."""
    return CursorField(required=False, help_text="Place in the list, from the `next` or `previous` of an answer.")


class ListOptions(StrictForm):
    """The options of a list of records."""

    ordering = OrderingField()
    page_size = page_size_field()
    cursor = cursor_field()
    format = FormatField(FORMATS)

    def __init__(self, noun: Noun, given: Params, *, beside: Collection[str] = ()) -> None:
        super().__init__(given, beside=beside)
        ordering: Any = self.fields["ordering"]
        ordering.default = noun.ordering
        ordering.allowed = [sign + name for name in noun.orderings for sign in ("", "-")]
        self.fields["fields"] = keys_field(record_keys(noun, detail=False))

    def clean(self) -> dict[str, object]:
        """As Django's; a table has no pages."""
        if self.cleaned_data.get("format") == "csv":
            for name in ("page_size", "cursor"):
                if self.data.get(name):
                    self.add_error(name, refusal("A table holds every row and has no pages.", self.data[name]))
        return self.cleaned_data


class DetailOptions(StrictForm):
    """The options of one record."""

    on = AsOfField(required=False, help_text=AS_OF_HELP)
    format = FormatField(FORMATS[:1])

    def __init__(self, noun: Noun, given: Params) -> None:
        super().__init__(given)
        self.fields["fields"] = keys_field(record_keys(noun, detail=True))


RESERVED: tuple[str, ...] = (*ListOptions.base_fields, "fields")
"""Parameters of every list that filter nothing."""
