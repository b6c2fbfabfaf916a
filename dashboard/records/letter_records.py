"""What a letter and a mailing have on their pages: the standing in one sentence, the money cited, the mailing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboard.calendars import AWAITED
from dashboard.panels import Excerpt
from dashboard.records.own_parts import Asked, Own
from dashboard.records.sentences import Clause, dated, sentence
from dashboard.related import excerpt_of, listed
from public.engine.references import with_references
from public.engine.select import select
from public.nouns import NOUNS

_HAPPENED = {"response": "answered", "escalation": "escalated", "withdrawal": "withdrawn"}
_ASSESSED = {"cleared": "cleared", "adverse": "adverse assessment"}


def letter(asked: Asked) -> Own:
    """Its standing, the awards that it cites, what its recipient had decided by then, and the letters sent with it."""
    found = [_cited_money(asked), _policies_then(asked), _mailing(asked)]
    return Own(
        sentences=[standing_sentence(asked.record, asked.on)],
        excerpts=[excerpt for excerpt in found if excerpt is not None and excerpt.count],
    )


def mailing(asked: Asked) -> Own:
    """How many letters of it are on record, beside how many the sender says it sent."""
    claimed = asked.record.count_claimed
    if claimed is None:
        return Own()
    letters = NOUNS["letters"].rows(asked.on).filter(batch=asked.record.pk).count()
    words = "{} of its letters are on record; the sender says that it sent {}."
    return Own(sentences=[format_html(words, letters, claimed)])


def standing_sentence(letter: Any, on: date) -> SafeString:
    """Where the letter stands on a day and how it came to that, from the events known by then."""
    day = on.isoformat()
    if letter.sent_on and letter.sent_on > day:
        return sentence([Clause("not sent before", letter.sent_on)])
    events = [event for event in letter.events.all() if event.on <= day]
    clauses = [clause for place, event in enumerate(events) for clause in _clauses(event, events[:place])]
    if not any(event.due_on for event in events):
        clauses = [dated("sent", letter.sent_on), Clause("no deadline on record"), *clauses]
    if letter.standing in AWAITED:
        answered = any(event.kind == "response" for event in events)
        clauses.append(Clause(f"no {'further ' if answered else ''}reply on record"))
    return sentence(clauses)


def _clauses(event: Any, before: list[Any]) -> Iterator[Clause]:
    """What an event adds to the sentence, given those before it."""
    due_before: Any = next((earlier.due_on for earlier in reversed(before) if earlier.due_on), "")
    if event.kind in {"deadline", "extension"}:
        moved = "extended to" if event.kind == "extension" else "new deadline"
        yield Clause(moved, event.due_on) if due_before else dated("due", event.due_on)
        return
    late = event.kind == "response" and event.on and due_before and event.on.first_day > due_before.last_day
    words = _ASSESSED[event.outcome] if event.kind == "assessment" else _HAPPENED[event.kind]
    yield dated(words, event.on, ", after the deadline" if late else "")
    if event.due_on:
        yield dated("reply due", event.due_on)


def _cited_money(asked: Asked) -> Excerpt | None:
    keys = [award.pk for award in asked.record.cited_awards.all()]
    if not keys:
        return None
    grants = NOUNS["grants"]
    rows = with_references(grants, grants.rows(asked.on).filter(pk__in=keys))
    return excerpt_of(grants, rows, set(), title="Money cited", name="cited-awards", count=len(rows))


def _policies_then(asked: Asked) -> Excerpt | None:
    """What the recipient had in force on the day of the letter."""
    letter = asked.record
    if letter.jurisdiction is None or not letter.sent_on or letter.sent_on.precision != "day":
        return None
    params = {"jurisdiction": letter.jurisdiction.slug, "in_force_on": str(letter.sent_on)}
    selection = select(NOUNS["policies"], params, today=asked.on)
    title = f"Policies of the recipient in force on {letter.sent_on.in_words}"
    return listed(selection, asked.version, without={"jurisdiction"}, title=title, name="policies-then")


def _mailing(asked: Asked) -> Excerpt | None:
    if asked.record.batch is None:
        return None
    selection = select(NOUNS["letters"], {"batch": asked.record.batch.slug, **asked.dated}, today=asked.on)
    return listed(selection, asked.version, without={"sent_on"}, title="Letters of this mailing", name="mailing")
