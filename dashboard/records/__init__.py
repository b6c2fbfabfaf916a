"""What only one kind of record has on its page: words under its name, and parts of its own beside its facts."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.records import (
    federal_records,
    lawsuit_records,
    letter_records,
    place_records,
    policy_records,
    statement_records,
)
from dashboard.records.own_parts import Asked, Own

_OWN: dict[str, Callable[[Asked], Own]] = {
    "designations": federal_records.designation,
    "federal-actions": federal_records.action,
    "jurisdictions": place_records.jurisdiction,
    "lawsuits": lawsuit_records.lawsuit,
    "letter-batches": letter_records.mailing,
    "letters": letter_records.letter,
    "policies": policy_records.policy,
    "statements": statement_records.statement,
}


def own(asked: Asked) -> Own:
    """What the record's page has of its own; nothing for a kind that its declarations say enough about."""
    return _OWN[asked.record.NOUN](asked) if asked.record.NOUN in _OWN else Own()
