"""A mailing with a pasted list of its recipients: what each line means, and its letters, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction

from desk.intake.gazetteer import gazetteer
from jurisdictions.models import Jurisdiction
from nouns.databases import RECORD
from nouns.history import one_history_row
from reading.lines import words_of
from reading.recipients import Resolution, resolve, resolve_list
from tracker.addresses import Addresses
from tracker.models import Citation, LegalAuthority, Letter, LetterBatch, LetterEvent, Source
from tracker.publishing.workflow import require


@dataclass(frozen=True)
class Recipient:
    """One line of the list: its words, the place that it names if it names one, the places that it may mean, and why.

    `known` is the letter that the record has already: of the same sender and day, to the same place or in these words.
    """

    as_written: str
    place: Jurisdiction | None
    candidates: tuple[Jurisdiction, ...]
    why: str
    known: Letter | None = None


def recipient(words: str) -> Recipient:
    """What the words of one letter's recipient name. Asks three queries."""
    return _in_the_record([resolve(words, gazetteer())])[0]


def recipients(text: str, batch: LetterBatch) -> list[Recipient]:
    """What each line of a pasted list names, in its order; lines without words are left out. Asks four queries."""
    listed = _in_the_record(resolve_list(text.splitlines(), gazetteer()))
    sent = Letter.objects.filter(sent_on=batch.sent_on, sender_agency=batch.sender_agency).order_by("pk")
    by_place = {letter.jurisdiction_id: letter for letter in sent if letter.jurisdiction_id}
    by_words = {letter.recipient_as_written.casefold(): letter for letter in sent}
    return [
        replace(
            each,
            known=by_words.get(each.as_written.casefold()) or (by_place.get(each.place.pk) if each.place else None),
        )
        for each in listed
    ]


def _in_the_record(found: Sequence[Resolution]) -> list[Recipient]:
    """What was read, with the record's own places."""
    geoids = {place.geoid for line in found for place in (line.place, *line.candidates) if place}
    places = {place.geoid: place for place in Jurisdiction.objects.filter(geoid__in=geoids)}
    return [
        Recipient(
            as_written=words_of(line.line.strip()),
            place=places.get(line.place.geoid) if line.place else None,
            candidates=tuple(places[each.geoid] for each in line.candidates if each.geoid in places),
            why=line.why,
        )
        for line in found
    ]


@dataclass(frozen=True)
class Wording:
    """What all letters of a mailing say alike."""

    signatory: str = ""
    signatory_title: str = ""
    demand: str = ""
    threatened_consequences: str = ""
    due_on: str = ""
    legal_authorities: tuple[LegalAuthority, ...] = ()
    source: Source | None = None


def wording_of(batch: LetterBatch) -> Wording:
    """What a letter of a stored mailing says, as far as the mailing and the letters logged so far leave no doubt.

    Signatory and deadline are those of its letters, where these agree. Asks three queries.
    """
    letters = Letter.objects.filter(batch=batch).order_by()
    deadlines = LetterEvent.objects.filter(letter__batch=batch, kind=LetterEvent.Kind.DEADLINE).order_by()
    signed = list(letters.exclude(signatory="").values_list("signatory", "signatory_title").distinct()[:2])
    due = list(deadlines.values_list("due_on", flat=True).distinct()[:2])
    signatory, title = signed[0] if len(signed) == 1 else ("", "")
    return Wording(
        signatory=signatory,
        signatory_title=title,
        demand=batch.demand,
        threatened_consequences=batch.threatened_consequences,
        due_on=due[0] if len(due) == 1 else "",
        legal_authorities=tuple(batch.legal_authorities.all()),
    )


@transaction.atomic(using=RECORD)
def log_letters(
    batch: LetterBatch, sent_to: Sequence[tuple[str, Jurisdiction | None]], wording: Wording, *, by: User
) -> list[Letter]:
    """A draft letter of the mailing for each recipient, with its deadline and source. All of them, or none.

    A mailing that is not stored yet is stored first. Raises PermissionDenied, and ValidationError when a letter breaks
    a rule.
    """
    for noun in (batch, Letter()):
        require(by, "add", noun)
    if batch._state.adding:
        _store_batch(batch, wording, by)
    letters = [
        Letter(
            batch=batch,
            sender_agency=batch.sender_agency,
            sent_on=batch.sent_on,
            recipient_as_written=as_written,
            jurisdiction=place,
            signatory=wording.signatory,
            signatory_title=wording.signatory_title,
            demand=wording.demand,
            threatened_consequences=wording.threatened_consequences,
            created_by=by,
        )
        for as_written, place in sent_to
    ]
    slugs = Addresses(Letter).take([letter.words_for_slug() for letter in letters])
    for letter, slug in zip(letters, slugs, strict=True):
        letter.slug = slug
        letter.full_clean(exclude={"state"})
        with one_history_row(letter, by=by, reason="Logged from a pasted list"):
            letter.save()
            letter.legal_authorities.set(wording.legal_authorities)
            if wording.due_on:
                deadline = LetterEvent(letter=letter, kind="deadline", on=batch.sent_on, due_on=wording.due_on)
                deadline.full_clean()
                deadline.save()
            if wording.source:
                Citation(letter=letter, source=wording.source).save()
    return letters


def _store_batch(batch: LetterBatch, wording: Wording, by: User) -> None:
    batch.created_by = by
    batch.demand, batch.threatened_consequences = wording.demand, wording.threatened_consequences
    batch.slug = Addresses(LetterBatch).take([batch.words_for_slug()])[0]
    batch.full_clean()
    with one_history_row(batch, by=by, reason="Logged with a pasted list"):
        batch.save()
        batch.legal_authorities.set(wording.legal_authorities)
        if wording.source:
            Citation(letter_batch=batch, source=wording.source).save()
