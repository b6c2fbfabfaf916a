"""The moment that a request looks back to, which stands for the whole request once `known_at` was understood.

What was published at that moment and taken back since is not shown again: its words are not in the past edition (see
`tracker.publishing.past_editions`), lists pass it over, and its address tells when and why it went.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

KNOWN_AT = "known_at"
"""The parameter, which every address takes that is read from the edition."""


@dataclass(frozen=True)
class TakenBack:
    """A record that was published at the moment asked about and has been taken back since: why, and when."""

    noun: str
    slug: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Knowledge:
    """The moment asked about (as `given` in the address), the last publication by then, and what was taken back since.

    `is_present` says that nothing was published since.
    """

    given: str
    moment: datetime
    publication: int
    hash: str
    is_present: bool
    taken_back: tuple[TakenBack, ...]

    @property
    def day(self) -> date:
        """The day of the moment where the record is kept."""
        return timezone.localdate(self.moment)

    @property
    def version_hash(self) -> str:
        """What answers depend on: everything published by then, and what was taken back since."""
        if not self.taken_back:
            return self.hash
        since = repr([self.hash, [(gone.noun, gone.slug, gone.at) for gone in self.taken_back]])
        return hashlib.sha256(since.encode()).hexdigest()


_KNOWLEDGE: ContextVar[Knowledge | None] = ContextVar("knowledge", default=None)


def knowledge() -> Knowledge | None:
    """What the present request looks back to; None when it asks about the record as it is."""
    return _KNOWLEDGE.get()


def today() -> date:
    """The day on which the record says what it says: today, or the day of the moment that is looked back to."""
    known = knowledge()
    return known.day if known else timezone.localdate()


def taken_back_since(noun: str, slug: str) -> TakenBack | None:
    """How this record, published at the moment looked back to, was taken back since; None when it was not."""
    known = knowledge()
    found = (gone for gone in known.taken_back if (gone.noun, gone.slug) == (noun, slug)) if known else iter(())
    return next(found, None)


def gone_slugs(noun: str) -> list[str]:
    """The records of a noun that were published at the moment looked back to, and have been taken back since."""
    known = knowledge()
    return [gone.slug for gone in known.taken_back if gone.noun == noun] if known else []


@contextmanager
def looking_back(known: Knowledge) -> Iterator[None]:
    """Let everything in the block answer as of this moment."""
    token = _KNOWLEDGE.set(known)
    try:
        yield
    finally:
        _KNOWLEDGE.reset(token)
