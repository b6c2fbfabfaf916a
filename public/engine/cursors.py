"""A place in a list, as an opaque text: signed, versioned, and good for the question that it was made for only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core import signing

from public.engine.errors import BadQuery, ParameterError
from public.engine.order import OrderKey

CURSOR_VERSION = 1
_SIGNER = signing.Signer(salt="public.engine.cursors")


@dataclass(frozen=True)
class Place:
    """The row before which (`backwards`) or after which a page begins, by its values in the order of the list."""

    backwards: bool
    values: tuple[object, ...]


def question(noun: str, parameters: Mapping[str, str], order: Iterable[OrderKey]) -> str:
    """What a cursor is good for: this noun, these filters, this order."""
    asked = [noun, sorted(parameters.items()), [(key.name, key.descending) for key in order]]
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]


def write(asked: str, order: Iterable[OrderKey], row: object, *, backwards: bool) -> str:
    """The cursor of the place after this row, or before it when backwards."""
    return _SIGNER.sign_object([CURSOR_VERSION, asked, int(backwards), [key.value_of(row) for key in order]])


def place_of(cursor: str, asked: str, order: Iterable[OrderKey]) -> Place | None:
    """The place that a cursor of this question means; none, which is the beginning of the list, for an empty one.

    Raises BadQuery for a text that was changed, or made for another question or by another version.
    """
    if not cursor:
        return None
    try:
        content = _SIGNER.unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        content = []
    if content[:2] != [CURSOR_VERSION, asked]:
        message = "This cursor was not made for this question. Leave it out to start at the first page."
        raise BadQuery([ParameterError("cursor", cursor, message)])
    _, _, backwards, values = content
    pairs = zip(order, values, strict=True)
    return Place(bool(backwards), tuple(None if value is None else key.field.to_python(value) for key, value in pairs))
