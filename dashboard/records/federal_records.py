"""What the federal side has on its pages: an action's life in a sentence, mailings, whose words a list's are."""

from __future__ import annotations

from django.utils.html import format_html

from dashboard.panels import Excerpt
from dashboard.records.own_parts import Asked, Own
from dashboard.records.sentences import Clause, dated, sentence
from dashboard.related import excerpt_of
from dashboard.values import link
from public.engine.references import with_references
from public.nouns import NOUNS


def action(asked: Asked) -> Own:
    """When it was issued and how it ended; for an action that consists of letters, the mailings of its day."""
    record, day = asked.record, asked.on.isoformat()
    clauses = [dated("issued", record.issued_on)]
    if record.effective_on and record.effective_on != record.issued_on:
        clauses.append(Clause("in effect from", record.effective_on))
    why = f" ({record.end_reason})" if record.end_reason else ""
    if record.ended_on and record.ended_on <= day:
        clauses.append(dated("ended", record.ended_on, why))
    else:
        clauses.append(Clause(record.end_reason if why and not record.ended_on else "no end on record"))
    mailings = _mailings(asked)
    return Own([sentence(clauses)], excerpts=[mailings] if mailings and mailings.count else [])


def designation(asked: Asked) -> Own:
    """Whose words they are."""
    named = asked.record
    who = format_html("{} ({})", link(named.federal_action), named.federal_action.issuer)
    words = format_html("Named as “{}” by {}. ", named.designated_as, who)
    return Own([format_html("{}The words are those of the list, not of this record.", words)])


def _mailings(asked: Asked) -> Excerpt | None:
    record = asked.record
    if record.kind != "letters" or not record.issued_on:
        return None
    batches = NOUNS["letter-batches"]
    rows = with_references(batches, batches.rows(asked.on).filter(sent_on=record.issued_on))
    title = f"Mailings of {record.issued_on.in_words}"
    return excerpt_of(batches, rows, {"sent_on"}, title=title, name="mailings", count=len(rows))
