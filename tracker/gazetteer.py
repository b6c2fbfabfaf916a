"""The places of the record as the reading room wants them."""

from __future__ import annotations

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
