"""The places of the record as the reading room wants them, for the admin and for commands."""

from __future__ import annotations

import sys
from pathlib import Path

from django.core.management.base import CommandError

from jurisdictions.models import Jurisdiction
from reading.places import Gazetteer, Place


def gazetteer() -> Gazetteer:
    """A gazetteer of every place in the record that has a GEOID, with its other names."""
    rows = Jurisdiction.objects.exclude(geoid="").select_related("coextensive_with").prefetch_related("names")
    return Gazetteer(
        Place(
            geoid=row.geoid,
            slug=row.slug,
            kind=row.kind,
            name=row.name,
            full_name=row.full_name,
            state=row.state,
            other_names=tuple(name.name for name in row.names.all()),
            coextensive_with=row.coextensive_with.geoid if row.coextensive_with else "",
        )
        for row in rows
    )


def known_places() -> Gazetteer:
    """The gazetteer for a command, which can do nothing without places. Raises CommandError."""
    places = gazetteer()
    if not places.places:
        raise CommandError("The record has no places yet. Run `make seed`.")
    return places


def read_input(name: str) -> bytes:
    """The bytes of the file that a command was given; - is standard input. Raises CommandError."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from None
