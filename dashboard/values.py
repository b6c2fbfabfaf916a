"""How one value of a public field reads on a page: dates in words, money with its sign, other nouns as links."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from nouns.noun import Declared, PublicNoun
from public.engine.fields import Kind, PublicField

LONGEST_ADDRESS = 60
"""Characters of an outside address that are printed; the link itself is whole."""

NOTHING = SafeString("")


def shown(row: Declared, field: PublicField) -> SafeString:
    """The value of a public field as safe markup; empty when nothing is on record."""
    value = getattr(row, field.name)
    if field.kind is Kind.REFERENCES:
        return format_html_join("; ", "{}", ((link(target),) for target in value.all()))
    if value is None or value == "":
        return NOTHING
    if field.kind is Kind.CHOICE:
        return standing(row) if field.name == "standing" else _text(getattr(row, f"get_{field.name}_display")())
    return _written(field, value)


def plain(row: Declared, field: PublicField) -> str:
    """The value of a text, a choice, a date or a reference as words without markup."""
    value = getattr(row, field.name)
    if field.kind is Kind.CHOICE:
        return str(getattr(row, f"get_{field.name}_display")())
    return str(value.in_words if field.kind is Kind.DATE and value else "" if value is None else value)


def link(noun: PublicNoun) -> SafeString:
    """The noun's own words, linked to its page."""
    return format_html('<a href="{}">{}</a>', noun.get_absolute_url(), noun)


def shown_at_length(row: Any, field: PublicField) -> SafeString:
    """As `shown`, on the record's own page: a state leads to the page of all that is in it."""
    value = shown(row, field)
    if field.name != "state" or not value:
        return value
    return format_html('<a href="{}">{}</a>', reverse("state", args=[row.state]), value)


def outside_link(address: str) -> SafeString:
    """An address elsewhere, printed without its scheme and shortened."""
    parts = urlsplit(address)
    text = f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"
    if len(text) > LONGEST_ADDRESS:
        text = f"{text[: LONGEST_ADDRESS - 1]}…"
    return format_html('<a href="{}" rel="external noopener">{}</a>', address, text)


def date_in_words(value: Any) -> SafeString:
    """A partial date as a sentence writes it, with its exact text for machines; empty for no date."""
    return format_html('<time datetime="{}">{}</time>', value, value.in_words) if value else NOTHING


def money(amount: Decimal) -> SafeString:
    """US dollars, with cents only where there are any."""
    return _text(f"${amount:,.2f}".removesuffix(".00"))


def standing(letter: Any) -> SafeString:
    """A letter's standing: always in words, with a shape and a colour of its own."""
    return format_html('<span class="standing is-{}">{}</span>', letter.standing, letter.get_standing_display())


def prose(text: str) -> SafeString:
    """Sentences as paragraphs."""
    return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308  # linebreaks has escaped it.


def is_number(field: PublicField) -> bool:
    """Whether a column of this field holds figures, which line up on the right."""
    return field.kind in {Kind.INTEGER, Kind.DECIMAL}


def _text(value: Any) -> SafeString:
    return format_html("{}", value)


def _prose(field: PublicField, value: str) -> SafeString:
    return format_html("<blockquote>{}</blockquote>", prose(value)) if field.name == "quote" else prose(value)


def _decimal(field: PublicField, value: Decimal) -> SafeString:
    return money(value) if field.places == 2 else _text(value.normalize())


def _integer(value: int) -> SafeString:
    """Years and places in a list are names, not quantities; only large quantities need their thousands parted."""
    return _text(f"{value:,}" if value > 9999 else value)


def _written(field: PublicField, value: Any) -> SafeString:
    """A value that is there, by the kind of its field."""
    if field.kind is Kind.PROSE:
        return _prose(field, value)
    if field.kind is Kind.DECIMAL:
        return _decimal(field, value)
    return _WRITERS[field.kind](value)


_WRITERS: dict[Kind, Callable[[Any], SafeString]] = {
    Kind.TEXT: _text,
    Kind.DATE: date_in_words,
    Kind.INTEGER: _integer,
    Kind.LINK: outside_link,
    Kind.REFERENCE: link,
}
"""For kinds that are written in one way, whatever the field."""
