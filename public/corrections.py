"""What was wrong and what is right: each correction in the ledger beside the document that it corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from nouns.partial_dates import PartialDate
from public.changes import ChangesForm
from public.engine.fields import Child, Kind, PublicField
from public.engine.pages import Page
from public.engine.strict import Params
from public.nouns import NOUNS
from tracker.models import Publication

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Term:
    """A value in words; for a reference also the kind and the slug of what it points to."""

    words: str
    noun: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Difference:
    """One thing that was corrected: what it is called, what it said before and what it says after.

    Either side is empty where nothing was on record.
    """

    label: str
    before: tuple[Term, ...]
    after: tuple[Term, ...]


@dataclass(frozen=True)
class Correction:
    """One correction. `differences` is None when the record was taken back since, and what it said with it."""

    publication: Publication
    differences: list[Difference] | None


@dataclass(frozen=True)
class Act:
    """One act of the ledger on a record that is published, and what it changed; nothing for the first."""

    publication: Publication
    differences: list[Difference]


class CorrectionsForm(ChangesForm):
    """Which corrections are asked for."""

    action = None  # type: ignore[assignment]  # Django's way of leaving a field out.


def corrections(params: Params) -> Page:
    """A page of corrections, newest first, each a Correction, in a constant number of queries.

    Raises BadQuery naming every parameter that cannot be obeyed.
    """
    form = CorrectionsForm(params)
    page = form.page_of(_corrected(form.rows()))
    return Page(_compared(page.rows), page.next, page.previous, page.count)


def newest_corrections(*, most: int) -> list[Correction]:
    """The newest corrections of all."""
    return _compared(_corrected(Publication.edition.all()).order_by("-id")[:most])


def history_of(noun: str, slug: str) -> list[Act]:
    """All that was done to a record that is published, first act first."""
    rows = list(Publication.edition.filter(noun=noun, slug=slug).order_by("id"))
    before: Content = {}
    acts = []
    for row in rows:
        acts.append(Act(row, differences(noun, before, row.document) if before and row.document else []))
        before = row.document
    return acts


def _corrected(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """The corrections among these acts, each with the key of the act before it and with the record's last action."""
    same = Publication.edition.filter(noun=OuterRef("noun"), slug=OuterRef("slug")).order_by("-id")
    return rows.filter(action=Publication.Action.CORRECT).annotate(
        before_id=Subquery(same.filter(id__lt=OuterRef("id")).values("id")[:1]),
        last_action=Subquery(same.values("action")[:1]),
    )


def _compared(rows: Iterable[Any]) -> list[Correction]:
    rows = list(rows)
    before = Publication.edition.in_bulk([row.before_id for row in rows if row.last_action not in Publication.REMOVALS])
    return [
        Correction(row, differences(row.noun, before[row.before_id].document, row.document))
        if row.before_id in before
        else Correction(row, None)
        for row in rows
    ]


def differences(noun: str, before: Content, after: Content) -> list[Difference]:
    """What differs between two documents of a record, in reading order: public fields, then children kind by kind."""
    declared = NOUNS[noun]
    found = list(_of_fields(declared.fields, before.get("fields", {}), after.get("fields", {})))
    for child in declared.children:
        rows = (document.get("children", {}).get(child.name, []) for document in (before, after))
        found += _of_children(child, *({row["id"]: row for row in each} for each in rows))
    return found


def _of_fields(
    fields: Iterable[PublicField], before: Content, after: Content, within: str = ""
) -> Iterator[Difference]:
    for field in fields:
        was, now = before.get(field.name), after.get(field.name)
        if was != now:
            yield Difference(f"{within}{field.label}", _terms(field, was), _terms(field, now))


def _of_children(child: Child, before: Mapping[int, Content], after: Mapping[int, Content]) -> Iterator[Difference]:
    for key in dict.fromkeys([*before, *after]):
        if key in before and key in after:
            yield from _of_fields(child.fields, before[key], after[key], f"{child.label}: ")
        else:
            yield Difference(child.label, _row(child, before.get(key)), _row(child, after.get(key)))


def _row(child: Child, content: Content | None) -> tuple[Term, ...]:
    """A whole child, value by value."""
    return (
        ()
        if content is None
        else tuple(term for field in child.fields for term in _terms(field, content.get(field.name)))
    )


def _terms(field: PublicField, value: Any) -> tuple[Term, ...]:
    """A value as a document holds it, in words; nothing where nothing is on record."""
    if value in (None, "", []):
        return ()
    if field.kind in {Kind.REFERENCE, Kind.REFERENCES}:
        slugs = value if isinstance(value, list) else [value]
        return tuple(Term(slug, field.target, slug) for slug in slugs)
    if field.kind is Kind.CHOICE:
        return (Term(dict(field.choices).get(value, value)),)
    return (Term(PartialDate(value).in_words if field.kind is Kind.DATE else str(value)),)
