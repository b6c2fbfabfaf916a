"""A letter read from its document: the source that keeps it, and the facts that its words propose for the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model

from jurisdictions.edition import RECORD, one_history_row
from jurisdictions.models import Agency, Jurisdiction
from reading.documents import DEFAULT_LIMITS, Unreadable
from reading.letters import read, recipient_in_doubt
from reading.places import Place
from reading.proposals import Doubt, Proposal
from reading.texts import text_pages
from tracker.actions import require
from tracker.addresses import free_address
from tracker.evidence import PAGE_BREAK, pages_of, request_reading
from tracker.gazetteer import gazetteer
from tracker.models import GrantAward, LegalAuthority, LetterBatch, Source
from tracker.models.grant import normalise_award_id
from tracker.models.source import LARGEST_DOCUMENT, digest_of

LONGEST_LETTER = 60_000
"""Characters that are looked through for facts: some twenty pages. What follows them is an attachment."""


@dataclass(frozen=True)
class Fact:
    """What a letter's words propose for one of its fields; `field` is `events` for the deadline that it sets.

    `value` is the text or the noun of the record, or None where the record knows none; then `candidates` are the nouns
    that may be meant, if any. `words` is what is shown of it, `quote` what it was read from, on `page`; a value that
    follows from others has no words of its own.
    """

    key: str
    label: str
    field: str
    value: Any
    words: str
    page: int = 0
    quote: str = ""
    candidates: tuple[Jurisdiction, ...] = ()


LABELS = {
    "sent_on": ("sent_on", "Date"),
    "sender": ("sender_agency", "Sender"),
    "signatory": ("signatory", "Signatory"),
    "signatory_title": ("signatory_title", "Signatory's title"),
    "addressee": ("addressee", "Addressee"),
    "addressee_title": ("addressee_title", "Addressee's title"),
    "recipient": ("jurisdiction", "Recipient"),
    "agency": ("recipient_agency", "Recipient's agency"),
    "due_on": ("events", "Deadline"),
    "authority": ("legal_authorities", "Legal authority"),
    "award_id": ("cited_awards", "Grant award"),
}
"""For each field that reading proposes, the field of the letter that it fills, and what staff call it."""


@transaction.atomic(using=RECORD)
def keep_document(upload: UploadedFile[Any], title: str, *, by: User) -> tuple[Source, bool]:
    """The source that keeps this PDF or text, and whether it was in the record already. A new one is a draft.

    The text of a PDF is read later, in the background; a text file is its own text, and no file of it is kept. Raises
    PermissionDenied, and ValidationError for what cannot be kept.
    """
    source = Source(title=title or PurePosixPath(upload.name or "").stem, kind=Source.Kind.PRIMARY, created_by=by)
    require(by, "add", source)
    upload.seek(0)
    if upload.read(5).startswith(b"%PDF-") or PurePosixPath(upload.name or "").suffix.lower() == ".pdf":
        known = Source.objects.filter(sha256=digest_of(upload)).exclude(file="").first()
        source.file = upload
    else:
        source.extracted_text = PAGE_BREAK.join(_text_of(upload))
        known = Source.objects.filter(file="", extracted_text=source.extracted_text).first()
    if known is not None:
        return known, True
    source.slug = free_address(Source, source.words_for_slug())
    source.full_clean()
    with one_history_row(source, by=by, reason="Kept to log a letter from it"):
        source.save()
    request_reading(source)
    return source, False


def _text_of(upload: UploadedFile[Any]) -> list[str]:
    if (upload.size or 0) > LARGEST_DOCUMENT:
        raise ValidationError(f"A document may have {LARGEST_DOCUMENT // 1024**2} MB; this one is larger.")
    upload.seek(0)
    try:
        pages = text_pages(upload.read(), DEFAULT_LIMITS)
    except Unreadable as fault:
        raise ValidationError(str(fault)) from None
    if sum(map(len, pages)) > DEFAULT_LIMITS.characters:
        raise ValidationError(f"The text has more than {DEFAULT_LIMITS.characters:,} characters.")
    return pages


def facts(source: Source) -> list[Fact]:
    """What the source's text proposes for a letter's record; nothing when it is no federal letter.

    Asks a constant number of queries.
    """
    places = gazetteer()
    pages = list(_beginning(pages_of(source)))
    proposals = read(pages, places)
    nouns = _nouns(proposals)
    found = [_fact(proposal, nouns) for proposal in proposals]
    if found and all(fact.field != "jurisdiction" for fact in found):
        found += _recipient_in_doubt(recipient_in_doubt(pages, places))
    return [*found, *_mailing(found)]


def _beginning(pages: Iterable[str]) -> Iterator[str]:
    """The pages, until as many characters as a letter has at most."""
    left = LONGEST_LETTER
    for page in pages:
        yield page[:left]
        left -= len(page)
        if left <= 0:
            return


def _fact(proposal: Proposal, nouns: dict[tuple[str, str], Model]) -> Fact:
    field, label = LABELS[proposal.field]
    is_text = proposal.field in {"sent_on", "signatory", "signatory_title", "addressee", "addressee_title", "due_on"}
    value = proposal.value if is_text else nouns.get((proposal.field, proposal.value))
    return Fact(
        key=f"{proposal.field}:{proposal.value}",
        label=label,
        field=field,
        value=value,
        words=str(value or proposal.value),
        page=proposal.page,
        quote=proposal.quote,
    )


def _nouns(proposals: Sequence[Proposal]) -> dict[tuple[str, str], Model]:
    """The noun of the record that each proposal means, by the proposal's field and value."""
    said = {field: [each.value for each in proposals if each.field == field] for field in LABELS}
    geoids = said["recipient"]
    federal = Agency.objects.filter(kind=Agency.Kind.FEDERAL)
    awards = GrantAward.objects.filter(award_id_normalised__in=[normalise_award_id(each) for each in said["award_id"]])
    known: dict[str, dict[str, Model]] = {
        "sender": {name: agency for agency in federal for name in (_plain(agency.name), _plain(agency.short_name))},
        "recipient": {place.geoid: place for place in Jurisdiction.objects.filter(geoid__in=geoids)},
        "agency": {_plain(each.name): each for each in Agency.objects.filter(jurisdiction__geoid__in=geoids)},
        "authority": {_plain(each.citation): each for each in LegalAuthority.objects.all()},
        "award_id": {award.award_id_normalised: award for award in awards},
    }
    meant = ((each, _plain(each.value), normalise_award_id(each.value)) for each in proposals if each.field in known)
    return {
        (each.field, each.value): found
        for each, words, award_id in meant
        if (found := known[each.field].get(award_id if each.field == "award_id" else words))
    }


def _plain(name: str) -> str:
    """A name in lower case and without the nation before it, so that spellings of one name are the same."""
    return name.casefold().removeprefix("u.s. ").removeprefix("united states ")


def _recipient_in_doubt(doubt: Doubt[Place] | None) -> Iterator[Fact]:
    if doubt is None:
        return
    places = {
        place.geoid: place for place in Jurisdiction.objects.filter(geoid__in=[p.geoid for p in doubt.candidates])
    }
    yield Fact(
        key="recipient",
        label=LABELS["recipient"][1],
        field="jurisdiction",
        value=None,
        words="",
        page=doubt.page,
        quote=doubt.quote,
        candidates=tuple(places[each.geoid] for each in doubt.candidates if each.geoid in places),
    )


def _mailing(found: Sequence[Fact]) -> Iterator[Fact]:
    """The mailing of the letter's sender and day, where the record has exactly one."""
    said = {fact.field: fact.value for fact in found}
    if not (said.get("sent_on") and said.get("sender_agency")):
        return
    batches = LetterBatch.objects.filter(sent_on=said["sent_on"], sender_agency=said["sender_agency"])
    if len(one := list(batches[:2])) == 1:
        yield Fact("batch", "Mailing", "batch", one[0], str(one[0]))
