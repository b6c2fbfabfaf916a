"""What a federal letter says of itself: who wrote to whom, when, on which ground, and by when it wants an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reading.places import Gazetteer

FIELDS = (
    "sent_on", "sender", "signatory", "signatory_title", "addressee", "addressee_title", "recipient", "agency",
    "due_on", "authority", "award_id",
)  # fmt: skip
"""What may be proposed. `recipient` is a GEOID, dates are ISO, an `authority` is a citation such as 8 U.S.C. 1373, an
`award_id` is a FAIN with its hyphens. Only these two may be proposed several times."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field, with the page (counted from 1) and the words that it was read from."""

    field: str
    value: str
    page: int
    quote: str


def read(pages: Sequence[str], gazetteer: Gazetteer) -> list[Proposal]:
    """What a federal letter says, in the order of FIELDS; nothing where the words leave a doubt.

    `pages` are the texts of its pages. A text that is no letter of a federal agency yields nothing.
    """
    return []
