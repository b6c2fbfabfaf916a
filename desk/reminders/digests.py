"""The weekly digest: on Monday morning, once per ISO week and account.

Who could not be written to on Monday, because nothing ran, gets it later in the same week. A week that has passed is
not made up for. An account that was made during the week waits for the next Monday.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from desk.models import Mail, Preferences
from desk.reminders.follows import reachable_accounts
from desk.reminders.mails import send_mail
from nouns.databases import RECORD

MORNING = time(7)
"""When the digest goes out, local time."""


def write_digests(now: datetime) -> int:
    """Write the digests of this week that were not written yet; return how many."""
    local = timezone.localtime(now)
    monday = timezone.make_aware(datetime.combine(local.date() - timedelta(days=local.weekday()), MORNING))
    if local < monday:
        return 0
    year, number, _ = local.isocalendar()
    week = f"{year}-W{number:02}"
    unwanted = Preferences.objects.filter(digest=False).values("account")
    written = Mail.objects.filter(kind=Mail.Kind.DIGEST, week=week).values("account")
    accounts = reachable_accounts().filter(date_joined__lt=monday).exclude(pk__in=unwanted).exclude(pk__in=written)
    return sum(_write(account, week, now) for account in accounts)


def _write(account: User, week: str, now: datetime) -> int:
    try:
        with transaction.atomic(using=RECORD):
            mail = Mail.objects.create(account=account, kind=Mail.Kind.DIGEST, week=week, created_at=now)
            send_mail.enqueue(mail.pk)
    except IntegrityError:
        return 0  # Another process has just written it.
    return 1
