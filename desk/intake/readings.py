"""A letter read from its document: the source that keeps it, and the facts that its words propose for the record.

The worker reads the text, looks for the facts, and keeps what it found in the words of `reading`. What these mean in
the record is looked up when the letter's form opens, since places, agencies and awards come and go meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django_tasks import task

from desk.intake.gazetteer import gazetteer
from jurisdictions.models import Agency, Jurisdiction
from nouns.databases import RECORD
from nouns.history import one_history_row
from reading.documents import DEFAULT_LIMITS, Unreadable
from reading.letters import read, recipient_in_doubt
from reading.places import Gazetteer
from reading.proposals import Proposal
from reading.texts import text_pages
from tracker.addresses import free_address
from tracker.evidence import PAGE_BREAK, pages_of, read_document
from tracker.models import GrantAward, LegalAuthority, LetterBatch, LetterReading, Source
from tracker.models.grant import normalise_award_id
from tracker.models.source import LARGEST_DOCUMENT, digest_of
from tracker.publishing.workflow import require

logger = logging.getLogger(__name__)

LONGEST_LETTER = 60_000
"""Characters that are looked through for facts: some twenty pages. What follows them is an attachment."""

Found = dict[str, Any]
"""A `reading.proposals.Proposal` as it is kept; one of several places that may be meant has `in_doubt` as well."""


@dataclass(frozen=True)
class Fact:
    """What a letter's words propose for one of its fields; `field` is `events` for the deadline that it sets.

    `value` is the text or the noun of the record, or None where the record knows none; `words` is what is shown of it,
    `quote` what it was read from, on `page`. What follows from other facts has no words of its own: `why` says from
    which. Of several that are `in_doubt` at most one is right.
    """

    key: str
    field: str
    value: Any
    words: str
    page: int = 0
    quote: str = ""
    why: str = ""
    in_doubt: bool = False


FIELDS = {
    "sent_on": "sent_on",
    "sender": "sender_agency",
    "signatory": "signatory",
    "signatory_title": "signatory_title",
    "addressee": "addressee",
    "addressee_title": "addressee_title",
    "recipient": "jurisdiction",
    "agency": "recipient_agency",
    "due_on": "events",
    "authority": "legal_authorities",
    "award_id": "cited_awards",
}
"""For each field that reading proposes, the field of the letter that it fills."""
TEXTS = {"sent_on", "signatory", "signatory_title", "addressee", "addressee_title", "due_on"}
"""Those whose value is a text as it stands; the others name a noun of the record."""
AS_WRITTEN = "recipient_as_written"


@transaction.atomic(using=RECORD)
def keep_document(upload: UploadedFile[bytes], title: str, *, by: User) -> tuple[Source, bool]:
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
        _ask(known)
        return known, True
    source.slug = free_address(Source, source.words_for_slug())
    source.full_clean()
    with one_history_row(source, by=by, reason="Kept to log a letter from it"):
        source.save()
    _ask(source)
    return source, False


def _ask(source: Source) -> None:
    """Let the worker read the document and look for its facts, unless it did. What it could not read it tries anew."""
    if source.text_state == Source.TextState.FAILED:
        source.text_state = Source.TextState.WAITING
        source._change_reason = "Handed in again, to be read anew"  # type: ignore[attr-defined]  # The history's.
        source.save_bookkeeping("text_state")
    known = LetterReading.objects.filter(source=source).first()
    is_done = known is not None and not (known.waits or known.fault) and known.is_of(source)
    if source.text_state == Source.TextState.WAITING or not is_done:
        asked = {"asked_at": timezone.now(), "proposals": None, "fault": ""}
        LetterReading.objects.update_or_create(source=source, defaults=asked)
        read_letter.enqueue(source.pk)


def _text_of(upload: UploadedFile[bytes]) -> list[str]:
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


@task()
def read_letter(source_id: int) -> None:
    """Read a handed-in document, unless its text is there, and keep what it proposes. Bears being begun twice."""
    read_document.call(source_id)
    reading = LetterReading.objects.select_related("source").filter(source=source_id).first()
    if reading is None or not reading.waits:
        return
    places, pages = gazetteer(), list(_beginning(pages_of(reading.source)))
    try:
        reading.proposals = _proposals(pages, places)
    except Exception:  # Our rules met words that they were not written for: whoever waits for them is told.
        logger.exception("The rules failed on the text of source %s.", source_id)
        reading.proposals = []
        reading.fault = "The text was read, but the rules that look for facts in it failed."
    reading.text_sha256 = reading.digest_of(reading.source)
    reading.save()


def _proposals(pages: Sequence[str], places: Gazetteer) -> list[Found]:
    """What a letter's pages propose; for a recipient in doubt, each place that it may be."""
    found = [asdict(proposal) for proposal in read(pages, places)]
    if found and all(each["field"] != "recipient" for each in found) and (doubt := recipient_in_doubt(pages, places)):
        said = [asdict(Proposal("recipient", place.geoid, doubt.page, doubt.quote)) for place in doubt.candidates]
        found += [{**each, "in_doubt": True} for each in said]
    return found


def facts(source: Source) -> list[Fact]:
    """What the source's text proposes for a letter's record; nothing when it is no federal letter, or not read yet.

    Asks a constant number of queries.
    """
    reading = LetterReading.objects.filter(source=source).first()
    proposals = reading.proposals if reading and reading.is_of(source) else None
    if not proposals:
        return []
    nouns = _nouns(proposals)
    found = [fact for proposal in proposals for fact in _facts(proposal, nouns)]
    return [*found, *_mailing(found)]


def _beginning(pages: Iterable[str]) -> Iterator[str]:
    """The pages, until as many characters as a letter has at most."""
    left = LONGEST_LETTER
    for page in pages:
        yield page[:left]
        left -= len(page)
        if left <= 0:
            return


def _facts(proposal: Found, nouns: dict[tuple[str, str], Model]) -> Iterator[Fact]:
    """The fact that is proposed; the words that name a recipient beyond doubt are a fact of their own."""
    said, value, quote = proposal["field"], proposal["value"], proposal["quote"]
    in_doubt = proposal.get("in_doubt", False)
    noun = value if said in TEXTS else nouns.get((said, value))
    where = {"page": proposal["page"], "quote": quote, "in_doubt": in_doubt}
    if said == "recipient" and not in_doubt:
        yield Fact(f"{AS_WRITTEN}:{value}", AS_WRITTEN, quote, quote, **where)
    yield Fact(f"{said}:{value}", FIELDS[said], noun, str(noun or value), **where)


def _nouns(proposals: Sequence[Found]) -> dict[tuple[str, str], Model]:
    """The noun of the record that each proposal means, by the proposal's field and value."""
    said = {field: [each["value"] for each in proposals if each["field"] == field] for field in FIELDS}
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
    meant = [(field, value) for field, values in said.items() if field in known for value in values]
    return {
        (field, value): found
        for field, value in meant
        if (found := known[field].get(normalise_award_id(value) if field == "award_id" else _plain(value)))
    }


def _plain(name: str) -> str:
    """A name in lower case and without the nation before it, so that spellings of one name are the same."""
    return name.casefold().removeprefix("u.s. ").removeprefix("united states ")


def _mailing(found: Sequence[Fact]) -> Iterator[Fact]:
    """The mailing of the letter's sender and day, where the record has exactly one."""
    said = {fact.field: fact.value for fact in found}
    if not (said.get("sent_on") and said.get("sender_agency")):
        return
    batches = LetterBatch.objects.filter(sent_on=said["sent_on"], sender_agency=said["sender_agency"])
    if len(one := list(batches[:2])) == 1:
        yield Fact("batch", "batch", one[0], str(one[0]), why="The one mailing of this sender and day in the record.")
