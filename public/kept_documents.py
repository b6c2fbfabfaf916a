"""The documents of published sources, as the public may fetch them."""

from __future__ import annotations

from pathlib import Path

from tracker.evidence import public_document
from tracker.models import Source


def kept_document(slug: str) -> Path | None:
    """The document of the published source at this address, named by its checksum; None when none is kept."""
    sha256 = Source.edition.filter(slug=slug).values_list("sha256", flat=True).first()
    path = public_document(sha256) if sha256 else None
    return path if path is not None and path.is_file() else None
