"""What the form of a new letter opens with: values of its fields, and rows below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from desk.intake.mailings import wording_of
from nouns.noun import Declared
from tracker.models import LetterBatch, LetterEvent


@dataclass
class Opening:
    """Values of the letter's fields, and rows below it."""

    fields: dict[str, Any] = field(default_factory=dict)
    rows: dict[type[Declared], list[dict[str, object]]] = field(default_factory=dict)

    def in_json(self) -> dict[str, object]:
        """The same by the names that the form gives its fields; each noun as its key and its words."""
        asked = dict(self.fields)
        for number, row in enumerate(self.rows.get(LetterEvent, [])):
            asked |= {f"events-{number}-{name}": value for name, value in row.items()}
        return {name: in_json(value) for name, value in asked.items()}


def in_json(value: Any) -> object:
    """A field's value for a script: a text as it stands, a noun or several as a list of keys and words."""
    if isinstance(value, str):
        return value
    nouns: Iterable[Model] = [value] if isinstance(value, Model) else value
    return [{"id": noun.pk, "text": str(noun)} for noun in nouns]


def deadline(on: str, due_on: str) -> list[dict[str, object]]:
    """The row of the deadline that a letter of this day sets, if it sets one."""
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
        {LetterEvent: deadline(batch.sent_on, wording.due_on)},
    )
