"""What came of a report: written by the staff's process, read by whoever holds the receipt.

An answer goes to the published database, but is none of the ledger's: it is not part of the record, and a replay leaves
it alone.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max

from inbox import INBOX
from inbox.models import Answer, Report, State
from inbox.reports import hash_of


def answer(report: Report, *, state: str, words: str, correction: int | None, by: str, now: datetime) -> Answer:
    """Answer a report, or answer it anew, in the inbox and for its reporter.

    `by` is the account's name, and `correction` the number of a correction of the reported record in the ledger, which
    the caller has looked up. Raises ValidationError when the answer breaks a rule of reports; nothing is then written.
    """
    report.state, report.words, report.correction = state, words, correction
    report.answered_by, report.answered_at = by, now
    if state == State.NEW:
        raise ValidationError("An answer says what came of the report.")
    report.full_clean()
    named = report.name if report.may_name and state == State.CORRECTED else ""
    with transaction.atomic(using=INBOX):
        report.save(using=INBOX)
        written, _ = Answer.objects.update_or_create(
            receipt_hash=report.receipt_hash,
            defaults={
                "noun": report.noun,
                "slug": report.slug,
                "state": state,
                "words": words,
                "correction": correction,
                "credit": named,
                "at": now,
            },
        )
    return written


def answer_of(receipt: str) -> Answer | None:
    """The answer to the report with this receipt; None while nobody has answered."""
    return Answer.objects.filter(receipt_hash=hash_of(receipt)).first()


def last_credit() -> str:
    """Changes whenever somebody is named beside a correction, or no longer."""
    named = Answer.objects.exclude(credit="")
    return str(named.aggregate(last=Max("at"), number=Count("pk")))


def credits_of(corrections: Collection[int]) -> dict[int, list[str]]:
    """The readers who reported what these corrections mend and wish to be named, by the correction's number."""
    named: dict[int, list[str]] = {}
    rows = Answer.objects.filter(correction__in=corrections).exclude(credit="").order_by("at")
    for correction, name in rows.values_list("correction", "credit"):
        if correction is not None and name not in named.setdefault(correction, []):
            named[correction].append(name)
    return named
