"""Bring the record in line with the seed tables, and leave alone whatever staff have changed since.

What the loader writes it marks: the history row of each revision carries a digest of the row and of all that belongs to
it. On the next load an equal digest means that nothing is to be done; another digest, that the row was edited, and the
record follows unless its revision has moved on since, because staff changed it by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from nouns.databases import RECORD
from nouns.noun import PublicNoun, Reference
from seeds.desk import Desk
from seeds.entries import MODELS, SEEDED, Entry, entries
from seeds.rows import Seeds
from tracker.models import Record, Source, Status
from tracker.publishing.acts import publish

AUTHOR, REVIEWER = "seed-author", "seed-reviewer"
"""The accounts in whose names the seed record is written and reviewed. Nobody can log in to either."""


@dataclass
class Report:
    """What a load did, by address such as letters/2017-04-21-chicago-il; a conflict comes with its reason."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed_from_file: list[str] = field(default_factory=list)
    conflicts: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The report in words: the numbers, then every record that wants a person's attention."""
        numbers = f"Seed record: {len(self.created):,} created, {len(self.updated):,} updated, "
        lines = [f"{numbers}{len(self.unchanged):,} unchanged."]
        lines += [f"No longer in the tables, and left as it is: {address}" for address in self.removed_from_file]
        lines += [f"Left as it is: {address}. {reason}" for address, reason in self.conflicts.items()]
        return "\n".join(lines)


class Loaded(NamedTuple):
    """What the loader last wrote of a noun."""

    key: int
    revision: int
    digest: str


class Stored(NamedTuple):
    """How a noun stands in the record now; references have no status."""

    key: int
    revision: int
    status: str


def load(
    seeds: Seeds,
    *,
    clock: Callable[[], datetime] = timezone.now,
    progress: Callable[[str], object] = lambda _line: None,
) -> Report:
    """Create and update what the tables say and publish it; rows of low confidence stay drafts.

    All or nothing, in one transaction on the record. `progress` is given a line of text for each table that has news.
    Raises desk.LostReference when a row points to something that was removed by hand, and refusals.Refused when the
    record refuses the publication.
    """
    report = Report()
    with transaction.atomic(using=RECORD):
        desk, reviewer = Desk(_account(AUTHOR)), _account(REVIEWER)
        written: dict[str, tuple[Entry, PublicNoun]] = {}
        for table, rows in entries(seeds).items():
            news = _bring_in_line(table, rows, desk, report, written)
            if news:
                progress(f"{MODELS[table].NOUN}: {len(news):,} written")
            written |= news
        references = [noun for _entry, noun in written.values() if isinstance(noun, Reference)]
        records = [noun for entry, noun in written.values() if isinstance(noun, Record) and entry.is_for_the_public]
        desk.submit(records)
        groups: tuple[Sequence[PublicNoun], ...] = (references, records)
        for group in groups:
            if group:
                progress(f"Publishing {len(group):,} ...")
                publish(group, by=reviewer, reason="The seed record was edited.", at=clock())
    return report


def _account(username: str) -> User:
    account, created = User.objects.get_or_create(username=username, defaults={"is_active": False})
    if created:
        account.set_unusable_password()
        account.save()
    return account


def _bring_in_line(
    table: str, rows: list[Entry], desk: Desk, report: Report, written: Mapping[str, tuple[Entry, PublicNoun]]
) -> dict[str, tuple[Entry, PublicNoun]]:
    """Write what is new or edited of one table, and report on all of it. The result is by address."""
    model = MODELS[table]
    last, stored = _last_loaded(model), _stored(model)
    in_hand = _sources_in_hand(written)
    new, edited = [], []
    for entry in rows:
        before, now = last.get(entry.slug), stored.get(entry.slug)
        if before and now and before.digest == entry.digest:
            report.unchanged.append(entry.address)
        elif reason := _conflict(before, now) or _citing(entry, in_hand):
            report.conflicts[entry.address] = reason
        elif now is None:
            new.append(entry)
        else:
            edited.append(entry)
    report.created.extend(entry.address for entry in new)
    report.updated.extend(entry.address for entry in edited)
    gone = last.keys() & stored.keys() - {entry.slug for entry in rows}
    report.removed_from_file.extend(f"{model.NOUN}/{slug}" for slug in sorted(gone))
    nouns = desk.create(new)
    by_key = model._base_manager.in_bulk([stored[entry.slug].key for entry in edited])
    nouns.extend(desk.update(entry, by_key[stored[entry.slug].key]) for entry in edited)
    found = {noun.slug: noun for noun in nouns}
    return {entry.address: (entry, found[entry.slug]) for entry in (*new, *edited)}


def _last_loaded(model: type[PublicNoun]) -> dict[str, Loaded]:
    """What the loader last wrote of each noun, by slug, from the history that it left."""
    history: Any = model.history
    rows = history.filter(history_change_reason__startswith=SEEDED).order_by("history_id")
    columns = rows.values_list("slug", "id", "revision", "history_change_reason")
    return {slug: Loaded(key, revision, reason.removeprefix(SEEDED)) for slug, key, revision, reason in columns}


def _stored(model: type[PublicNoun]) -> dict[str, Stored]:
    """How each noun stands now, by slug."""
    columns = ["slug", "pk", "revision", *(["status"] if issubclass(model, Record) else [])]
    rows = model._base_manager.values_list(*columns)
    return {slug: Stored(key, revision, *(status or [""])) for slug, key, revision, *status in rows}


def _conflict(before: Loaded | None, now: Stored | None) -> str:
    """Why the loader leaves a noun alone, or nothing when it may write it."""
    if before is None:
        return "" if now is None else "It was entered by hand, not from the seed record."
    if now is None or now.key != before.key:
        return "It was removed from the record by hand, or given another address."
    if now.revision != before.revision:
        return f"It was changed by hand since: revision {now.revision}, where the seed record wrote {before.revision}."
    if now.status in {Status.IN_REVIEW, Status.WITHDRAWN}:
        return f"By hand its status was made: {Status(now.status).label.lower()}."
    return ""


def _sources_in_hand(written: Iterable[str]) -> set[str]:
    """Sources that staff are working on. Publishing what cites one would publish their unfinished edit with it."""
    slugs = Source.objects.exclude(status=Status.PUBLISHED).values_list("slug", flat=True)
    return {slug for slug in slugs if f"{Source.NOUN}/{slug}" not in written}


def _citing(entry: Entry, in_hand: set[str]) -> str:
    held = sorted(entry.sources() & in_hand) if entry.is_for_the_public else []
    return f"It cites what somebody is working on by hand: {', '.join(held)}." if held else ""
