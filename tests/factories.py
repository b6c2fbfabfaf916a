"""Makers of valid drafts for the tests, one for each noun; each takes fields to override.

Every maker writes through the models, so that what a test starts from is what the product would have stored.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from jurisdictions.models import Agency, Jurisdiction
from nouns.history import one_history_row
from tracker.models import (
    Citation,
    Codebook,
    Designation,
    FederalAction,
    GrantAward,
    GrantProgram,
    Lawsuit,
    LegalAuthority,
    Letter,
    LetterBatch,
    LetterEvent,
    Policy,
    Question,
    Source,
    Statement,
)

_numbers = count(1)


def _stored(model: type[Any], fields: dict[str, Any], defaults: dict[str, Any]) -> Any:
    row = model(**{**defaults, **fields})
    row.save()
    return row


def _one(model: type[Any], slug: str, maker: Callable[..., Any]) -> Any:
    """The row with this slug, made when it is not there yet."""
    return model.objects.filter(slug=slug).first() or maker(slug=slug)


def nation() -> Any:
    return _one(Jurisdiction, "united-states", _nation)


def _nation(slug: str) -> Any:
    return _stored(
        Jurisdiction,
        {"slug": slug},
        {"name": "United States", "full_name": "United States", "kind": "nation", "geoid": "US"},
    )


def state(code: str = "IL") -> Any:
    """The state of this code, as a jurisdiction."""
    name = {"IL": "Illinois", "CA": "California", "PA": "Pennsylvania", "NJ": "New Jersey"}[code]
    slug = name.lower().replace(" ", "-")
    found = Jurisdiction.objects.filter(slug=slug).first()
    return found or jurisdiction(slug=slug, name=name, full_name=name, kind="state", state=code, parent=nation())


def jurisdiction(**fields: Any) -> Any:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "slug": f"springfield-{number}-il",
        "name": f"Springfield {number}",
        "full_name": f"City of Springfield {number}",
        "kind": "place",
        "state": "IL",
    }
    return _stored(Jurisdiction, fields, defaults)


def justice_department() -> Any:
    return _one(Agency, "department-of-justice", lambda slug: agency(slug=slug, name="Department of Justice"))


def agency(**fields: Any) -> Any:
    number = next(_numbers)
    defaults = {
        "slug": f"agency-{number}",
        "name": f"Agency {number}",
        "kind": "federal",
        "jurisdiction": fields.get("jurisdiction") or nation(),
    }
    return _stored(Agency, fields, defaults)


def authority(**fields: Any) -> Any:
    number = next(_numbers)
    return _stored(LegalAuthority, fields, {"slug": f"8-usc-{number}", "citation": f"8 U.S.C. {number}"})


def codebook(**fields: Any) -> Any:
    number = next(_numbers)
    return _stored(Codebook, fields, {"slug": f"codebook-{number}", "version": str(number), "title": "Codebook"})


def question(**fields: Any) -> Any:
    number = next(_numbers)
    book = fields.get("codebook") or codebook()
    defaults = {"slug": f"question-{number}", "codebook": book, "position": number, "text": f"Question {number}?"}
    return _stored(Question, fields, defaults)


def program(**fields: Any) -> Any:
    number = next(_numbers)
    defaults = {
        "slug": f"program-{number}",
        "name": f"Programme {number}",
        "assistance_listing": f"16.{number % 1000:03}",
        "agency": justice_department(),
    }
    return _stored(GrantProgram, fields, defaults)


def source(**fields: Any) -> Any:
    number = next(_numbers)
    defaults = {"slug": f"source-{number}", "title": f"Source {number}", "kind": "news", "published_on": "2017-04-21"}
    return _stored(Source, fields, defaults)


def cite(record: Any, **fields: Any) -> Any:
    """The record with one more citation, of a source of its own unless one is given: a new revision."""
    _add_citation(record, **fields)
    return _fresh(record)


def _add_citation(record: Any, **fields: Any) -> None:
    key = record._meta.get_field("citations").remote_field.name
    Citation(**{key: record, "source": fields.pop("source", None) or source(), **fields}).save()


def _fresh(record: Any) -> Any:
    record.refresh_from_db()
    return record


def _cited(model: type[Any], fields: dict[str, Any], defaults: dict[str, Any]) -> Any:
    """A record with a citation, saved as one revision."""
    made = model(**{**defaults, **fields})
    with one_history_row(made, by=None):
        made.save()
        _add_citation(made)
    return _fresh(made)


def letter_batch(**fields: Any) -> Any:
    number = next(_numbers)
    defaults = {
        "slug": f"batch-{number}",
        "title": f"Mailing {number}",
        "sent_on": "2017-04-21",
        "sender_agency": fields.get("sender_agency") or justice_department(),
    }
    return _cited(LetterBatch, fields, defaults)


def letter(*, due_on: str = "2017-06-30", **fields: Any) -> Any:
    """A letter with a deadline (none when `due_on` is empty) and a citation."""
    number = next(_numbers)
    defaults = {
        "slug": f"letter-{number}",
        "sender_agency": fields.get("sender_agency") or justice_department(),
        "recipient_as_written": f"Recipient {number}",
        "jurisdiction": fields["jurisdiction"] if "jurisdiction" in fields else state("IL"),
        "sent_on": "2017-04-21",
    }
    made = Letter(**{**defaults, **fields})
    with one_history_row(made, by=None):
        made.save()
        if due_on:
            LetterEvent(letter=made, kind="deadline", on=made.sent_on, due_on=due_on).save()
        _add_citation(made)
    return _fresh(made)


def policy(**fields: Any) -> Any:
    number = next(_numbers)
    defaults = {
        "slug": f"policy-{number}",
        "jurisdiction": fields.get("jurisdiction") or state("IL"),
        "title": f"Ordinance {number}",
        "instrument": "ordinance",
        "stance": "limits",
        "outcome": "adopted",
        "adopted_on": "2016-01-04",
    }
    return _cited(Policy, fields, defaults)


def grant(**fields: Any) -> Any:
    number = next(_numbers)
    defaults = {
        "slug": f"grant-{number}",
        "program": fields.get("program") or program(),
        "jurisdiction": fields.get("jurisdiction") or state("IL"),
        "recipient_as_written": f"Recipient {number}",
        "award_id": f"2016-DJ-BX-{number:04}",
        "fiscal_year": 2016,
        "amount": "1000.00",
        "amount_kind": "award",
    }
    return _cited(GrantAward, fields, defaults)


def federal_action(**fields: Any) -> Any:
    number = next(_numbers)
    defaults = {
        "slug": f"order-{number}",
        "title": f"Order {number}",
        "kind": "executive_order",
        "issuer": "The President",
        "issued_on": "2017-01-25",
    }
    return _cited(FederalAction, fields, defaults)


def designation(**fields: Any) -> Any:
    number = next(_numbers)
    defaults = {
        "slug": f"designation-{number}",
        "federal_action": fields.get("federal_action") or federal_action(),
        "jurisdiction": fields.get("jurisdiction") or state("IL"),
        "named_as": f"Name {number}",
        "designated_as": "sanctuary jurisdiction",
        "designated_on": "2025-08-05",
    }
    return _cited(Designation, fields, defaults)


def lawsuit(**fields: Any) -> Any:
    number = next(_numbers)
    defaults = {
        "slug": f"lawsuit-{number}",
        "caption": f"City v. Official {number}",
        "court": "N.D. Ill.",
        "court_id": "ilnd",
        "docket_number": f"1:17-cv-{number:05}",
        "filed_on": "2017-08-07",
    }
    return _cited(Lawsuit, fields, defaults)


def statement(**fields: Any) -> Any:
    number = next(_numbers)
    defaults = {
        "slug": f"statement-{number}",
        "speaker": f"Speaker {number}",
        "said_on": "2017-04-21",
        "kind": "claim",
        "paraphrase": f"Claim {number}.",
    }
    return _cited(Statement, fields, defaults)


MAKERS: dict[str, Callable[..., Any]] = {
    "agencies": agency,
    "codebooks": codebook,
    "designations": designation,
    "federal-actions": federal_action,
    "grant-programs": program,
    "grants": grant,
    "jurisdictions": jurisdiction,
    "lawsuits": lawsuit,
    "legal-authorities": authority,
    "letter-batches": letter_batch,
    "letters": letter,
    "policies": policy,
    "questions": question,
    "sources": source,
    "statements": statement,
}
"""A maker for every noun; a test fails when a noun has none."""
