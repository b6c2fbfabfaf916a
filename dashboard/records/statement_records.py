"""What a statement has on its page: who said it, when, and the exact words."""

from __future__ import annotations

from django.utils.html import format_html

from dashboard.records.own_parts import Asked, Own
from dashboard.values import date_in_words, prose


def statement(asked: Asked) -> Own:
    """The exact words where they are on record, and whose they are."""
    said = asked.record
    office = f", {said.office}" if said.office else ""
    when = format_html(", {}", date_in_words(said.said_on)) if said.said_on else ""
    whose = format_html("Said by {}{}{}.", said.speaker, office, when)
    return Own([whose, *([format_html("<blockquote>{}</blockquote>", prose(said.quote))] if said.quote else [])])
