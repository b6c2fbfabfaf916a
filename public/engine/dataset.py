"""The edition's ledger: its version, which every cache and citation hangs on, and what was published when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from public.engine.knowledge import knowledge
from tracker.models import Publication


@dataclass(frozen=True)
class DatasetVersion:
    """The last publication in the edition: its id, which is the version's number, its time and its hash.

    The number is 0 and there is no time while nothing is published. The hash covers everything published so far, so
    that two editions with one number but different contents differ in it; of a past edition also what was taken back
    since.
    """

    number: int
    at: datetime | None
    hash: str


def last_publication(noun: str, slug: str) -> Publication | None:
    """The last act that concerned the record at this address; None when it was never published."""
    return Publication.edition.filter(noun=noun, slug=slug).order_by("-id").first()


def dataset_version() -> DatasetVersion:
    """What the edition holds now, or held at the moment looked back to."""
    last = Publication.edition.order_by("-id").values_list("id", "at", "hash").first()
    if last is None:
        return DatasetVersion(0, None, "")
    number, at, digest = last
    known = knowledge()
    return DatasetVersion(number, at, known.version_hash if known else digest)
