"""What the page of a record is made from, and what its kind adds to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from dashboard.panels import Excerpt
from dashboard.sources import Sources
from public.engine.dataset import DatasetVersion


@dataclass(frozen=True)
class Asked:
    """A published record with its sources, the state of the edition, and the day `on` that it is shown as of.

    `as_of` is that day where the reader asked for one.
    """

    record: Any
    sources: Sources
    version: DatasetVersion
    on: date
    as_of: date | None

    @property
    def dated(self) -> dict[str, str]:
        """The day that the reader asked for, as a parameter of lists that can be asked so."""
        return {"on": self.as_of.isoformat()} if self.as_of else {}


@dataclass(frozen=True)
class Part:
    """One part of a page: its template, and what that shows, which the template knows as `part`."""

    template: str
    content: Any


@dataclass(frozen=True)
class Own:
    """The sentences under a record's name, parts before its facts, and parts and excerpts after them."""

    sentences: list[SafeString] = field(default_factory=list)
    before_facts: list[Part] = field(default_factory=list)
    after: list[Part] = field(default_factory=list)
    excerpts: list[Excerpt] = field(default_factory=list)
