"""What each noun's pages put first: its place in the navigation, the columns of its table, the words above its name.

A noun that is not listed here has its first public fields as columns, so it has pages before anybody lays it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from public.engine.fields import PublicField
from public.engine.noun import Noun

NAVIGATION = ("letters", "policies", "grants", "lawsuits", "federal-actions", "jurisdictions", "statements")
"""The nouns in the masthead; all others are in the footer."""

TELLING = (
    "letters", "policies", "grants", "lawsuits", "designations", "federal-actions", "statements", "agencies",
)  # fmt: skip
"""The nouns that a page about something else tells of first, in this order."""

FEWEST_COLUMNS = 5
"""Columns of a noun that nobody laid out."""


@dataclass(frozen=True)
class Layout:
    """The columns of a noun's table, the first of which names and links the record, and the fields above its name.

    `chapters` part the facts of its page under headings; fields that no chapter names come last, but for the one that
    names the record, which is above all of them. `apart` are fields and children that the page shows in a form of their
    own. `facts_last` puts the facts after everything that points to the record.
    """

    columns: tuple[str, ...]
    above: tuple[str, ...] = ()
    chapters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    apart: frozenset[str] = frozenset()
    facts_last: bool = False


LAYOUTS: dict[str, Layout] = {
    "agencies": Layout(("name", "short_name", "kind", "jurisdiction", "parent"), above=("kind",)),
    "codebooks": Layout(("title", "version"), above=("version",)),
    "designations": Layout(
        ("named_as", "state", "designated_as", "federal_action", "designated_on", "removed_on"),
        above=("designated_on",),
    ),
    "federal-actions": Layout(
        ("title", "kind", "issuer", "issued_on", "ended_on", "citation"),
        above=("kind", "issued_on"),
        chapters=(
            ("What it does", ("summary",)),
            ("Who issued it, and where to read it", ("issuer", "agency", "citation", "url")),
        ),
    ),
    "grant-programs": Layout(("name", "short_name", "assistance_listing", "agency"), above=("assistance_listing",)),
    "grants": Layout(
        ("recipient_as_written", "state", "program", "fiscal_year", "amount", "amount_kind"),
        above=("fiscal_year", "amount_kind"),
    ),
    "jurisdictions": Layout(
        ("full_name", "kind", "state", "geoid", "population"),
        above=("kind", "state"),
        apart=frozenset({"names"}),
        facts_last=True,
    ),
    "lawsuits": Layout(
        ("caption", "court", "docket_number", "filed_on", "posture"),
        above=("court", "filed_on"),
        chapters=(("What it challenges", ("challenged", "federal_actions", "letters", "policies")),),
        apart=frozenset({"parties"}),
    ),
    "legal-authorities": Layout(("citation", "name", "summary")),
    "letter-batches": Layout(
        ("title", "sent_on", "sender_agency", "count_claimed"),
        above=("sent_on",),
        chapters=(
            ("What the letters ask", ("demand", "threatened_consequences", "legal_authorities")),
            ("The mailing", ("summary", "sender_agency", "sent_on", "announced_on", "count_claimed")),
        ),
    ),
    "letters": Layout(
        ("recipient_as_written", "state", "sent_on", "standing", "due_on"),
        above=("sent_on", "state"),
        chapters=(
            ("What it asks", ("demand", "threatened_consequences", "legal_authorities", "summary")),
            ("From", ("sender_agency", "signatory", "signatory_title")),
            (
                "To",
                ("recipient_as_written", "jurisdiction", "state", "recipient_agency", "addressee", "addressee_title"),
            ),
            ("Dates and mailing", ("sent_on", "received_on", "batch")),
        ),
        apart=frozenset({"cited_awards"}),
    ),
    "policies": Layout(
        ("title", "jurisdiction", "instrument", "stance", "adopted_on", "ended_on"),
        above=("instrument", "state"),
        chapters=(
            ("What it does", ("stance", "summary")),
            ("Whose it is", ("jurisdiction", "state", "issuing_agency", "instrument", "citation")),
            ("From when until when", ("outcome", "adopted_on", "effective_on", "ended_on", "end_reason", "supersedes")),
        ),
        apart=frozenset({"answers"}),
    ),
    "questions": Layout(("text", "codebook", "position")),
    "sources": Layout(("title", "publisher", "kind", "published_on"), above=("kind", "published_on")),
    "statements": Layout(("paraphrase", "speaker", "said_on", "kind", "amount", "period"), above=("kind", "said_on")),
}


def layout_of(noun: str) -> Layout:
    """How the noun is laid out; as nothing special where nobody did."""
    return LAYOUTS.get(noun, Layout(()))


def columns(noun: Noun) -> tuple[PublicField, ...]:
    """The fields that the noun's table shows."""
    return fields(noun, LAYOUTS[noun.name].columns) if noun.name in LAYOUTS else noun.fields[:FEWEST_COLUMNS]


def above(noun: Noun) -> tuple[PublicField, ...]:
    """The fields that stand above the noun's name on its page."""
    return fields(noun, layout_of(noun.name).above)


def fields(noun: Noun, names: Iterable[str]) -> tuple[PublicField, ...]:
    """The noun's public fields of these names."""
    by_name = {field.name: field for field in noun.fields}
    return tuple(by_name[name] for name in names)
