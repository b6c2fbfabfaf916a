"""What was published, corrected, changed and withdrawn, as the edition's ledger tells it, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Count, QuerySet
from django.utils.timezone import make_aware

from public.engine import cursors
from public.engine.cursors import place_of
from public.engine.dataset import last_publication
from public.engine.errors import NotPublished
from public.engine.list_parameters import ChoiceListField
from public.engine.options import cursor_field, page_size_field
from public.engine.order import OrderKey
from public.engine.pages import Page, turn
from public.engine.parameters import DayField, Parameter, refusal
from public.engine.serializers import Links, Record, timestamp
from public.engine.strict import Params, StrictForm
from public.nouns import NOUNS
from tracker.models import Publication, SearchEntry

_NEWEST_FIRST = (OrderKey("id", descending=True, field=Publication._meta.get_field("id")),)
_LARGEST_ID = 2**53
"""No ledger grows so long; larger numbers are refused before a database would choke on them."""


class SinceField(Parameter, forms.CharField):
    """The id of a publication."""

    def clean(self, value: object) -> int:
        text: str = super().clean(value)
        if not text:
            return 0
        if text.isascii() and text.isdigit() and len(text) <= 16 and int(text) <= _LARGEST_ID:
            return int(text)
        raise refusal("This is not the id of a change.", text)


class ChangeFilters(StrictForm):
    """Which of the ledger's acts are asked for."""

    since = SinceField(required=False, help_text="Only changes after the one with this id.")
    noun = ChoiceListField(
        required=False,
        choices=[(name, noun.heading) for name, noun in NOUNS.items()],
        help_text="Kind of record, such as letters, or several separated by commas.",
    )
    action = ChoiceListField(
        required=False,
        choices=Publication.Action.choices,
        help_text="What was done, such as correct, or several separated by commas.",
    )
    after = DayField(required=False, edge="first", help_text="Done on this day or later.")
    before = DayField(required=False, edge="last", help_text="Done on this day or earlier.")

    def rows(self) -> QuerySet[Publication]:
        """The acts asked for. Raises BadQuery naming every parameter that cannot be obeyed."""
        asked = self.accepted()
        rows = Publication.edition.filter(id__gt=asked["since"])
        for name in ("noun", "action"):
            if asked.get(name):
                rows = rows.filter(**{f"{name}__in": asked[name]})
        if asked["noun"]:
            # Newest first begins at the newest of these, not at all that came after it.
            rows = rows.filter(id__lte=max(map(_newest, asked["noun"])))
        # Beginnings of days, since no index knows on which day of ours a moment was.
        if asked["after"]:
            rows = rows.filter(at__gte=_beginning(asked["after"]))
        if asked["before"]:
            rows = rows.filter(at__lt=_beginning(asked["before"] + timedelta(days=1)))
        return rows


def _newest(noun: str) -> int:
    """The id of the newest act on a noun; 0 when there is none.

    It is asked for in the order of the index that begins with the noun: by id alone, PostgreSQL would read all
    later acts on others.
    """
    own = Publication.edition.filter(noun__gte=noun, noun__lte=noun).order_by("-noun", "-id")
    return own.values_list("id", flat=True).first() or 0


def _beginning(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


class ChangesForm(ChangeFilters):
    """The same, page by page."""

    page_size = page_size_field()
    cursor = cursor_field()

    def page_of(self, rows: QuerySet[Publication]) -> Page:
        """The page of these acts, newest first, that the options name."""
        used = {name: str(value) for name, value in self.cleaned_data.items() if name not in {"page_size", "cursor"}}
        asked = cursors.question("changes", used, _NEWEST_FIRST)
        place = place_of(self.cleaned_data["cursor"], asked, _NEWEST_FIRST)
        turned = turn(rows.order_by("-id"), _NEWEST_FIRST, place, self.cleaned_data["page_size"], asked)
        number = len(turned.rows) if turned.whole else rows.count()
        return Page(turned.rows, turned.next, turned.previous, number)


def changes(params: Params) -> Page:
    """A page of publications, newest first. Raises BadQuery naming every parameter that cannot be obeyed."""
    form = ChangesForm(params)
    return form.page_of(form.rows().defer("document"))


def newest_changes(params: Params, *, most: int) -> list[Publication]:
    """The newest publications that the filters select, without their documents. Raises BadQuery as `changes` does."""
    return list(ChangeFilters(params).rows().defer("document").order_by("-id")[:most])


def counts_by_noun(params: Params) -> dict[str, int]:
    """How many acts of each noun the filters select. Raises BadQuery as `changes` does."""
    rows = ChangeFilters(params).rows().order_by().values_list("noun").annotate(acts=Count("id"))
    return dict(rows)


def titles(publications: Iterable[Publication]) -> dict[tuple[str, int], str]:
    """What the records of these publications are called now, by noun and key; those taken back since are not there."""
    keys: dict[str, list[int]] = defaultdict(list)
    for row in publications:
        keys[row.noun].append(row.record_id)
    return {
        (noun, key): title
        for noun, found in keys.items()
        for key, title in SearchEntry.edition.filter(noun=noun, record_id__in=found).values_list("record_id", "title")
    }


def find_change(key: int) -> Publication:
    """One publication. Its document is empty when the record has been withdrawn since. Raises NotPublished."""
    found = Publication.edition.filter(id=key).first() if key <= _LARGEST_ID else None
    if found is None:
        raise NotPublished
    last = last_publication(found.noun, found.slug)
    if last is not None and last.action in Publication.REMOVALS and last.id != found.id:
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
