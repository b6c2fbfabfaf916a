"""Building a snapshot of the edition: one pass over every record, written in all forms at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.utils import timezone

from nouns.databases import batches
from public.engine.dataset import DatasetVersion, dataset_version
from public.engine.noun import Noun
from public.engine.pages import stream
from public.engine.select import select, with_children
from public.engine.serializers import Links, record, timestamp
from public.nouns import NOUNS
from snapshots import store
from snapshots.csv_form import CSVForm
from snapshots.json_form import JSONForm
from snapshots.snapshot_tables import tables
from snapshots.sqlite_form import SQLiteForm
from snapshots.store import Snapshot

TRIES = 5
"""How often a build begins anew because something was published meanwhile."""


class NeverStill(RuntimeError):
    """Something was published during every try; the next one may find a quiet moment."""


def build(now: datetime) -> Snapshot | None:
    """Build and publish the snapshot of what the edition holds now, unless it is there; None while nothing is public.

    Raises NeverStill when the edition moved during each try.
    """
    for _ in range(TRIES):
        version = dataset_version()
        if not version.number:
            return None
        if known := store.snapshot(store.name_of(version)):
            store.offer(known)
            return known
        with store.folder() as folder:
            built = _written(folder, version, now)
            if dataset_version() == version:
                store.put_in_place(built, folder)
                store.offer(built)
                return built
    raise NeverStill


def _written(folder: Path, version: DatasetVersion, now: datetime) -> Snapshot:
    """Write every form into the folder, and say what is in it."""
    on, stem = timezone.localdate(now), f"policy-tracker-{version.number}"
    about = _about(version, now, on)
    paths = {"csv": f"{stem}-csv.zip", "sqlite": f"{stem}.sqlite3", "json": f"{stem}-jsonl.zip"}
    with TemporaryDirectory(dir=folder) as scratch_name:
        scratch, every = Path(scratch_name), tables()
        forms = (
            CSVForm(folder / paths["csv"], scratch, every, about),
            SQLiteForm(folder / paths["sqlite"], every, about),
            JSONForm(folder / paths["json"], scratch, about),
        )
        for noun in NOUNS.values():
            for records in _records(noun, on):
                for form in forms:
                    form.add(noun, records)
        for form in forms:
            form.close()
    return Snapshot(
        name=store.name_of(version),
        number=version.number,
        published_at=about["dataset_published_at"],
        built_at=timestamp(now),
        on=on.isoformat(),
        files=tuple(store.described(form, folder / name) for form, name in paths.items()),
    )


def _records(noun: Noun, on: date) -> Iterator[list[dict[str, Any]]]:
    """Every record of a noun as the API's detail gives it, in the order of its list, some at a time."""
    selection = select(noun, {}, today=on)
    links = Links(settings.PUBLIC_URL)
    for batch in batches(stream(replace(selection, queryset=with_children(noun, selection.queryset)))):
        yield [record(noun, row, links, detail=True) for row in batch]


def _about(version: DatasetVersion, now: datetime, on: date) -> dict[str, Any]:
    """What every form says of itself."""
    licence = settings.RELEASE.data
    return {
        "name": "policy-tracker",
        "title": "Policy Tracker",
        "description": (
            "Letters of the Department of Justice to states, counties and cities about immigration enforcement, and "
            f"the policies, grants, lawsuits and federal actions around them. Standings of letters are as of {on}. "
            f"License: {licence}"
        ),
        "licenses": [{"name": licence.spdx, "title": licence.name, "path": licence.url}],
        "version": str(version.number),
        "created": timestamp(now),
        "dataset_version": version.number,
        "dataset_hash": version.hash,
        "dataset_published_at": timestamp(version.at) if version.at else "",
        "software_version": settings.RELEASE.version,
    }
