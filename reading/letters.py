"""What a federal letter says of itself: who wrote to whom, when, on which ground, and by when it wants an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reading.addressees import addressed, possible_recipients
from reading.anatomy import Letter, take_apart
from reading.citations import cited
from reading.dates import day_alone
from reading.deadlines import due_on
from reading.letterhead import Head, federal_head
from reading.places import Gazetteer, Place
from reading.proposals import Doubt, Proposal, quoted
from reading.signatures import signature

FIELDS = (
    "sent_on", "sender", "signatory", "signatory_title", "addressee", "addressee_title", "recipient", "agency",
    "due_on", "authority", "award_id",
)  # fmt: skip
"""What may be proposed. `recipient` is a GEOID, dates are ISO, an `authority` is a citation such as 8 U.S.C. 1373, an
`award_id` is a FAIN with its hyphens. Only these two may be proposed several times."""


def read(pages: Sequence[str], gazetteer: Gazetteer) -> list[Proposal]:
    """What a federal letter says, in the order of FIELDS; nothing where the words leave a doubt.

    `pages` are the texts of its pages. A text that is no letter of a federal agency yields nothing.
    """
    letter = take_apart(pages)
    head = federal_head(letter) if letter else None
    if letter is None or head is None:
        return []
    return sorted(_proposals(letter, head, gazetteer), key=lambda proposal: FIELDS.index(proposal.field))


def recipient_in_doubt(pages: Sequence[str], gazetteer: Gazetteer) -> Doubt[Place] | None:
    """The places that a federal letter may be addressed to, for where `read` proposes none; None when it names none."""
    letter = take_apart(pages)
    head = federal_head(letter) if letter else None
    if head is None or not (places := possible_recipients(head, gazetteer)):
        return None
    return Doubt(tuple(places), head.block[0].page, quoted(", ".join(line.text.rstrip(" ,") for line in head.block)))


def _proposals(letter: Letter, head: Head, gazetteer: Gazetteer) -> Iterator[Proposal]:
    sent_on = _sent_on(letter, head)
    if sent_on:
        yield Proposal("sent_on", sent_on.isoformat(), head.dates[0].page, head.dates[0].text)
    if head.sender:
        yield Proposal("sender", head.sender, head.sender_line.page, head.sender_line.text)
    yield from signature(letter)
    yield from addressed(letter, head, gazetteer)
    if deadline := due_on(letter, sent_on):
        yield deadline
    subject = " ".join(line.text for line in head.subject).replace("- ", "-")
    passages = [(line.page, subject) for line in head.subject[:1]]
    passages += [(letter.page_at(start), sentence) for start, sentence in letter.sentences()]
    yield from cited(passages)


def _sent_on(letter: Letter, head: Head) -> date | None:
    """The day that the letter bears; None where it bears two, or its later pages another."""
    days = {day_alone(line.text) for line in (*head.dates, *letter.page_heads)} - {None}
    return days.pop() if head.dates and len(days) == 1 else None
