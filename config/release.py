"""What this release is: its version, and the licences of its code and of its data. Nothing else in the code says so.

The surfaces read it as `settings.RELEASE`. LICENSE, CITATION.cff, CHANGELOG.md and README.md say it to people and to
catalogues, and tests/deployment/test_release.py holds them to it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """A licence by its SPDX identifier, its name and the address of its text, and what it covers, in a phrase."""

    spdx: str
    name: str
    url: str
    covers: str

    def __str__(self) -> str:
        return f"{self.name} for {self.covers}."


@dataclass(frozen=True)
class Release:
    """A version of the product, as semver.org counts them, with the licences that it is given away under."""

    version: str
    code: Licence
    data: Licence


RELEASE = Release(
    version="0.1.0",
    code=Licence("MIT", "MIT License", "https://opensource.org/license/mit", "the code"),
    data=Licence(
        "CC0-1.0",
        "CC0 1.0 Universal",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "the record's own words and figures; quotations and documents of others are excepted",
    ),
)
