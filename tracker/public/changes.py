"""What was published, corrected, changed and withdrawn, as the edition's ledger tells it, newest first."""

from __future__ import annotations

from typing import Any

from django import forms

from tracker.models import Publication
from tracker.public import cursors
from tracker.public.cursors import place_of
from tracker.public.errors import NotPublished
from tracker.public.filters.fields import ChoiceListField, refusal
from tracker.public.nouns import NOUNS
from tracker.public.options import cursor_field, page_size_field
from tracker.public.order import OrderKey
from tracker.public.pages import Page, turn
from tracker.public.serializers import Links, Record, timestamp
from tracker.public.strict import Params, StrictForm

_NEWEST_FIRST = (OrderKey("id", descending=True, field=Publication._meta.get_field("id")),)
_LARGEST_ID = 2**53
"""No ledger grows so long; larger numbers are refused before a database would choke on them."""


class SinceField(forms.CharField):
    """The id of a publication."""

    def clean(self, value: Any) -> int:
        text: str = super().clean(value)
        if not text:
            return 0
        if text.isascii() and text.isdigit() and len(text) <= 16 and int(text) <= _LARGEST_ID:
            return int(text)
        raise refusal("This is not the id of a change.", text)


class ChangesForm(StrictForm):
    """What the ledger can be asked."""

    since = SinceField(required=False, help_text="Only changes after the one with this id.")
    noun = ChoiceListField(
        required=False,
        choices=[(name, noun.heading) for name, noun in NOUNS.items()],
        help_text="Kind of record, such as letters, or several separated by commas.",
    )
    page_size = page_size_field()
    cursor = cursor_field()


def changes(params: Params) -> Page:
    """A page of publications, newest first. Raises BadQuery naming every parameter that cannot be obeyed."""
    form = ChangesForm(params)
    options = form.accepted()
    rows = Publication.edition.filter(id__gt=options["since"]).defer("document")
    if options["noun"]:
        rows = rows.filter(noun__in=options["noun"])
    asked = cursors.question(
        "changes", {"since": str(options["since"]), "noun": ",".join(options["noun"])}, _NEWEST_FIRST
    )
    ordered = rows.order_by("-id")
    place = place_of(options["cursor"], asked, _NEWEST_FIRST)
    turned = turn(ordered, _NEWEST_FIRST, place, options["page_size"], asked)
    number = len(turned.rows) if turned.whole else rows.count()
    return Page(turned.rows, turned.next, turned.previous, number)


def find_change(key: int) -> Publication:
    """One publication. Its document is empty when the record has been withdrawn since. Raises NotPublished."""
    found = Publication.edition.filter(id=key).first() if key <= _LARGEST_ID else None
    if found is None:
        raise NotPublished
    last = Publication.edition.filter(noun=found.noun, slug=found.slug).order_by("-id").values("action").first()
    if last is not None and last["action"] in {Publication.Action.WITHDRAW, Publication.Action.MERGE}:
        found.document = {}
    return found


def change(publication: Publication, links: Links, *, detail: bool = False) -> Record:
    """A publication as data, with the whole public document in its detail."""
    written: Record = {
        "id": publication.id,
        "noun": publication.noun,
        "slug": publication.slug,
        **links.both(publication.noun, publication.slug),
        "revision": publication.revision,
        "action": publication.action,
        "action_label": publication.get_action_display(),
        "at": timestamp(publication.at),
        "reason": publication.reason,
        "previous_hash": publication.previous_hash,
        "hash": publication.hash,
    }
    if detail:
        written["document"] = publication.document
    return written
