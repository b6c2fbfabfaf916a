"""Sentences made of clauses with dates: "Due 30 June 2017; answered 28 June; cleared 12 October 2017."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst


@dataclass(frozen=True)
class Clause:
    """Words, a date (empty for none), words after it, and what parts it from the clause before."""

    words: str
    when: Any = ""
    after: str = ""
    joint: str = "; "


def dated(words: str, when: Any, after: str = "") -> Clause:
    """A clause about something that happened: 5 July 2017, in July 2017, or on a day not found."""
    if not when:
        return Clause(f"{words} on a day not found{after}")
    return Clause(words if when.precision == "day" else f"{words} in", when, after)


def sentence(clauses: Sequence[Clause]) -> SafeString:
    """The clauses as one sentence. A date leaves out its year where the one before has the same, but not at the end."""
    written, year = SafeString(""), ""
    last = max((place for place, clause in enumerate(clauses) if clause.when), default=-1)
    for place, clause in enumerate(clauses):
        words = clause.words if place else capfirst(clause.words)
        when = _date(clause.when, year if place != last else "")
        year = clause.when[:4] if clause.when else year
        written = format_html("{}{}{}{}{}", written, clause.joint if place else "", words, when, clause.after)
    return written if written.endswith(".") else format_html("{}.", written)


def _date(when: Any, year_before: str) -> SafeString:
    if not when:
        return SafeString("")
    words = when.in_words
    if when[:4] == year_before:
        words = words.removesuffix(f" {year_before}")
    return format_html(' <time datetime="{}">{}</time>', when, words)
