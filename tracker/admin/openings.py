"""What the form of a new letter opens with: the wording of its mailing, or what its document says."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from jurisdictions.edition import Declared
from tracker.mailings import wording_of
from tracker.models import Citation, LetterBatch, LetterEvent, Source
from tracker.readings import Fact, facts


@dataclass
class Opening:
    """Values of the letter's fields, and rows below it."""

    fields: dict[str, Any] = field(default_factory=dict)
    rows: dict[type[Declared], list[dict[str, Any]]] = field(default_factory=dict)

    def in_json(self) -> dict[str, Any]:
        """The same by the names that the form gives its fields; each noun as its key and its words."""
        asked = dict(self.fields)
        for number, row in enumerate(self.rows.get(LetterEvent, [])):
            asked |= {f"events-{number}-{name}": value for name, value in row.items()}
        return {name: _in_json(value) for name, value in asked.items()}


def _in_json(value: Any) -> Any:
    if isinstance(value, str):
        return value
    nouns: Iterable[Model] = [value] if isinstance(value, Model) else value
    return [{"id": noun.pk, "text": str(noun)} for noun in nouns]


def _deadline(on: str, due_on: str) -> list[dict[str, Any]]:
    return [{"kind": LetterEvent.Kind.DEADLINE.value, "on": on, "due_on": due_on}] if due_on else []


def opening_of(batch: LetterBatch) -> Opening:
    """The form of a letter of this mailing. What they threaten is left out: it may be one letter's own."""
    wording = wording_of(batch)
    return Opening(
        {
            "batch": batch,
            "sender_agency": batch.sender_agency,
            "sent_on": batch.sent_on,
            "signatory": wording.signatory,
            "signatory_title": wording.signatory_title,
            "legal_authorities": wording.legal_authorities,
            "demand": wording.demand,
        },
        {LetterEvent: _deadline(batch.sent_on, wording.due_on)},
    )


def opening_from(source: Source, accepted: Collection[str], place: str) -> Opening:
    """The form of the letter that this document is, with the accepted facts (by key), each cited with its words.

    `place` is the key of the recipient that was chosen among candidates. Without any fact the document is cited whole.
    """
    chosen = [
        (fact, value)
        for fact in (facts(source) if accepted or place else [])
        for value in _values(fact, accepted, place)
    ]
    batch = next((value for fact, value in chosen if fact.field == "batch"), None)
    opening = opening_of(batch) if batch else Opening()
    opening.fields |= _fields(chosen)
    if due_on := next((value for fact, value in chosen if fact.field == "events"), ""):
        opening.rows[LetterEvent] = _deadline(opening.fields.get("sent_on", ""), due_on)
    cited = [
        {"source": source, "field": _cited(fact), "locator": f"p. {fact.page}", "quote": fact.quote}
        for fact, _ in chosen
        if fact.quote
    ]
    opening.rows[Citation] = cited or [{"source": source}]
    return opening


def _cited(fact: Fact) -> str:
    """The field that a fact's words are cited for: those that name a recipient are the recipient as written."""
    return "recipient_as_written" if fact.field == "jurisdiction" and not fact.candidates else fact.field


def _values(fact: Fact, accepted: Collection[str], place: str) -> list[Any]:
    """The accepted value of a fact; none when it was dropped, or when no candidate was chosen."""
    if fact.candidates:
        return [candidate for candidate in fact.candidates if str(candidate.pk) == place]
    return [fact.value] if fact.value and fact.key in accepted else []


def _fields(chosen: Iterable[tuple[Fact, Any]]) -> dict[str, Any]:
    """The values by field; those of which a letter may have several together."""
    fields: dict[str, Any] = {}
    for fact, value in chosen:
        if fact.field in {"legal_authorities", "cited_awards"}:
            fields[fact.field] = [*fields.get(fact.field, []), value]
        elif fact.field != "events":
            fields[fact.field] = value
        if fact.field == "jurisdiction" and not fact.candidates:
            fields["recipient_as_written"] = fact.quote
    return fields
