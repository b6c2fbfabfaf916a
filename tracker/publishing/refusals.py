"""Why nouns may not be published. Each check yields a sentence for the person who asked; none of them writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

from nouns.databases import batches
from nouns.declarations import noun_models
from nouns.noun import PublicNoun
from tracker.models import Citation, Publication, Record, Status
from tracker.publishing.documents import Address, Document, document_references, documents

Action = Publication.Action
Key = tuple[str, int]


class Refused(ValidationError):
    """Nothing was published; the messages name every reason at once."""


def refuse(reasons: list[str]) -> None:
    """Raise Refused when there is a reason to."""
    if reasons:
        raise Refused(reasons)


def key_of(noun: PublicNoun) -> Key:
    """The noun's kind and primary key."""
    return noun.NOUN, noun.pk


def citations_of(noun: PublicNoun) -> Iterable[Citation]:
    """The citations of a noun, which `documents` has fetched with their sources."""
    citations: Iterable[Citation] = noun.citations.all() if "citations" in noun.CHILDREN else ()  # type: ignore[attr-defined]
    return citations


def workflow_refusals(
    asked: Collection[Key], group: Sequence[PublicNoun], last: dict[Key, Publication], by: AbstractBaseUser
) -> Iterator[str]:
    """A record is in review; and it, and each source that goes along, was written and submitted by somebody else."""
    records = [noun for noun in group if isinstance(noun, Record)]
    own = set() if settings.TEAM_OF_ONE else _written_by(by, records, last)
    for noun in records:
        if key_of(noun) not in asked:
            if key_of(noun) in own:
                yield f"The source {noun}, which goes along, was written by you; somebody else reviews it."
        elif noun.status != Status.IN_REVIEW:
            yield f"{noun} is not in review: it is {noun.get_status_display().lower()}."
        elif noun.submitted_by_id == by.pk and not settings.TEAM_OF_ONE:
            yield f"{noun} was submitted by you; somebody else reviews it."
        elif key_of(noun) in own:
            yield f"{noun} was edited by you since it was last published; somebody else reviews it."


def _written_by(by: AbstractBaseUser, records: Sequence[Record], last: dict[Key, Publication]) -> set[Key]:
    """The records of which the account wrote a revision since they were last published, whoever submitted them.

    The first line that the history has of a revision is by whoever wrote it; later ones are moves.
    """
    seen = {key: row.revision for key, row in last.items()}
    by_model: dict[type[Record], list[int]] = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record.pk)
    own: set[Key] = set()
    for model, keys in by_model.items():
        for batch in batches(keys):
            touched = model.history.filter(id__in=batch, history_user=by).order_by().values("id")
            lines = model.history.filter(id__in=touched).order_by("-history_id")
            authors = {
                (key, revision): user for key, revision, user in lines.values_list("id", "revision", "history_user")
            }
            own.update(
                (model.NOUN, key)
                for (key, revision), user in authors.items()
                if user == by.pk and revision > seen.get((model.NOUN, key), 0)
            )
    return own


def citation_refusals(group: Sequence[PublicNoun]) -> Iterator[str]:
    """A record cites a source, and none that was withdrawn."""
    for noun in group:
        citations = list(citations_of(noun))
        if isinstance(noun, Record) and noun.NEEDS_CITATION and not citations:
            yield f"{noun} cites no source."
        for citation in citations:
            if citation.source.status == Status.WITHDRAWN:
                yield f"{noun} cites a source that was withdrawn: {citation.source}."


def uncited_facts(records: Sequence[Record]) -> Iterator[tuple[Record, str]]:
    """The records with facts that no citation of their own supports, and those facts. They are named, not refused."""
    documents(records)  # Fetches the rows of all of them at once.
    for record in records:
        cited = {each.field for each in citations_of(record) if each.stance == Citation.Stance.SUPPORTS}
        if words := [words for name, words in record.facts_to_cite().items() if name not in cited]:
            yield record, ", ".join(words)


def reference_refusals(
    group: Sequence[PublicNoun], contents: dict[Key, Document], besides: Collection[Address] = ()
) -> Iterator[str]:
    """One line for each noun that the group points to and the public would not find.

    What is published in the same call is found: the group itself, and `besides`.
    """
    own = {Address(noun.NOUN, noun.slug) for noun in group}
    pointers: dict[Address, PublicNoun] = {}
    for noun in group:
        for address in document_references(type(noun), contents[key_of(noun)]):
            if address not in own and address not in besides:
                pointers.setdefault(address, noun)
    missing = set(pointers) - _public_addresses(pointers)
    for address in sorted(missing):
        yield f"{pointers[address]} points to {address.noun}/{address.slug}, which is not published."


def _public_addresses(addresses: Iterable[Address]) -> set[Address]:
    by_noun: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_noun[address.noun].append(address.slug)
    public = set()
    for noun, slugs in by_noun.items():
        model = noun_models()[noun]
        for batch in batches(slugs):
            rows = model._base_manager.filter(slug__in=batch, published_revision__isnull=False)
            public |= {Address(noun, slug) for slug in rows.values_list("slug", flat=True)}
    return public


def address_refusals(group: Sequence[PublicNoun]) -> Iterator[str]:
    """An address never passes from one record to another, even after a withdrawal."""
    by_noun: dict[str, dict[str, PublicNoun]] = defaultdict(dict)
    for noun in group:
        by_noun[noun.NOUN][noun.slug] = noun
    for name, nouns in by_noun.items():
        for batch in batches(nouns):
            used = Publication.objects.filter(noun=name, slug__in=batch)
            for slug, key in used.values_list("slug", "record_id").distinct().order_by():
                if nouns[slug].pk != key:
                    yield f"{nouns[slug]} cannot have the address {name}/{slug}: another record was published there."


def reason_refusals(
    group: Sequence[PublicNoun], last: dict[Key, Publication], action: str, reason: str
) -> Iterator[str]:
    """A later revision is a correction, which says what was wrong, or a change."""
    if action not in {"", Action.CORRECT, Action.CHANGE}:
        yield f"A later revision is a correction or a change, not {action!r}."
    if action == Action.CORRECT and not reason.strip() and any(key_of(noun) in last for noun in group):
        yield "Say what was wrong: a correction is published with its reason."
