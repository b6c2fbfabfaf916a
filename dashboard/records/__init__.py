"""What only one kind of record has on its page: words under its name, and parts of its own beside its facts."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.records import federal, lawsuits, letters, places, policies, statements
from dashboard.records.own import Asked, Own

_OWN: dict[str, Callable[[Asked], Own]] = {
    "designations": federal.designation,
    "federal-actions": federal.action,
    "jurisdictions": places.jurisdiction,
    "lawsuits": lawsuits.lawsuit,
    "letter-batches": letters.mailing,
    "letters": letters.letter,
    "policies": policies.policy,
    "statements": statements.statement,
}


def own(asked: Asked) -> Own:
    """What the record's page has of its own; nothing for a kind that its declarations say enough about."""
    return _OWN[asked.record.NOUN](asked) if asked.record.NOUN in _OWN else Own()
