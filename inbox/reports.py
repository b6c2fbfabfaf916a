"""Taking a report in. The public process does this, with a role that may insert here and nothing more."""

from __future__ import annotations

import hashlib
import ipaddress
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from inbox import INBOX
from inbox.models import MOST_AN_HOUR, Place, Report, State

TOLD = ("wrong", "right", "source_url", "name", "email", "may_name")
"""What a reader fills in, and we keep."""
IPV6_HOUSEHOLD = 64
"""The bits of an IPv6 address that a household shares, whose devices change the rest at will."""

KEPT_FOR = timedelta(days=180)
"""How long after the answer we keep who sent a report."""

_receipts = Signer(salt="inbox.receipt")


class Throttled(Exception):  # It is an answer to the sender, not an error.
    """This address has sent as many reports as it may in an hour."""


def take_in(told: Mapping[str, Any], *, noun: str, slug: str, dataset_version: int, address: str, now: datetime) -> str:
    """Keep a report and return its receipt: the secret under which its sender finds what came of it.

    `told` is what a valid ReportForm holds. A report that is sent twice is kept once, and both times gets the same
    receipt. Raises Throttled when `address` has sent too many within the hour.
    """
    key = uuid.UUID(bytes=hashlib.sha256(repr([told[name] for name in ("stamp", *TOLD)]).encode()).digest()[:16])
    receipt = _receipts.sign(key.hex)
    report = Report(
        id=key,
        receipt_hash=hash_of(receipt),
        noun=noun,
        slug=slug,
        dataset_version=dataset_version,
        sent_at=now,
        **{name: told[name] for name in TOLD},
    )
    with transaction.atomic(using=INBOX):
        sender = _sender(address, now)
        places = (Place(sender=sender, number=number, taken_at=now) for number in range(1, MOST_AN_HOUR + 1))
        if not any(_is_inserted(place) for place in places):
            raise Throttled
        if not _is_inserted(report):
            transaction.set_rollback(True, using=INBOX)  # It is here already, and takes no second place.
    return receipt


def was_given_by_us(receipt: str) -> bool:
    """Whether a receipt is one of ours, which can be seen without looking its report up."""
    try:
        _receipts.unsign(receipt)
    except BadSignature:
        return False
    return True


def hash_of(receipt: str) -> str:
    """The hash by which a receipt's report and answer are found. Who reads the databases learns no receipt from it."""
    return hashlib.sha256(receipt.encode()).hexdigest()


def forget_senders(now: datetime) -> int:
    """Delete the places whose hour is long over; return how many."""
    return Place.objects.filter(taken_at__lt=now - timedelta(days=1)).delete()[0]


def forget_reporters(now: datetime) -> int:
    """Delete the names and e-mail addresses that no report needs any more; return of how many reports.

    That is half a year after its last answer. Whoever wished to be named beside a correction stays named there.
    """
    closed = Report.objects.filter(state__in=(State.CORRECTED, State.DECLINED), answered_at__lt=now - KEPT_FOR)
    credited = closed.filter(state=State.CORRECTED, may_name=True)
    others = closed.exclude(pk__in=credited.values("pk"))
    forgotten = others.exclude(name="", email="").update(name="", email="", may_name=False)
    return forgotten + credited.exclude(email="").update(email="")


def _is_inserted(row: Place | Report) -> bool:
    """Insert a row, and say whether its key was still free."""
    try:
        with transaction.atomic(using=INBOX):
            row.save(using=INBOX, force_insert=True)
    except IntegrityError:
        return False
    return True


def _sender(address: str, now: datetime) -> str:
    """A keyed hash of the address and the hour: the same all through the hour, and nobody's afterwards."""
    ip = ipaddress.ip_address(address)
    household = ipaddress.ip_network((ip, IPV6_HOUSEHOLD), strict=False) if ip.version == 6 else ip
    return salted_hmac("inbox.sender", f"{household} {now:%Y-%m-%dT%H}", algorithm="sha256").hexdigest()
