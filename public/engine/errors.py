"""What can be wrong with a question from the public. Each surface says it in its own form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches


@dataclass(frozen=True)
class ParameterError:
    """One parameter that cannot be obeyed: its name and value as given, why, and the nearest right one if any is near.

    `nearest` is the nearest right name where the name is unknown, and the nearest right value otherwise.
    """

    name: str
    value: str
    message: str
    nearest: str | None = None


class BadQuery(ValueError):
    """Parameters that cannot be obeyed, all of them named at once. Nothing is guessed and nothing ignored."""

    def __init__(self, errors: Sequence[ParameterError]) -> None:
        super().__init__(" ".join(f"{error.name}: {error.message}" for error in errors))
        self.errors = tuple(errors)


class NotPublished(LookupError):
    """Nothing is published at this address: never was, not yet, or only a draft. The public cannot tell which."""


class NotYet(LookupError):
    """What is published at this address came after the day asked about."""

    def __init__(self, on: date) -> None:
        super().__init__(f"What is published at this address came after {on.isoformat()}.")
        self.on = on


class Withdrawn(LookupError):
    """What was published at this address was withdrawn, for this reason, at this time."""

    def __init__(self, reason: str, at: datetime) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


class Merged(Withdrawn):
    """What was published at this address is the record at another one now: `into` is its slug."""

    def __init__(self, reason: str, at: datetime, into: str) -> None:
        super().__init__(reason, at)
        self.into = into


def nearest(word: str, right: Iterable[str]) -> str | None:
    """The right word that is most like this one, whatever its capitals; None when none is near."""
    by_folded = {candidate.casefold(): candidate for candidate in right}
    found = get_close_matches(word.strip().casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None
