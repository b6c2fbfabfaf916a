"""Reminders of deadlines: which are due for whom on a day, each once whatever the clock does.

A reminder belongs to an account, a letter, a deadline and a milestone (14, 7 or 1 days before, or the day after), and
is a row that a unique constraint allows once. The row, its mail and the work that sends the mail are written in one
transaction, so that a crash leaves all of them or none.

Which milestone counts on a day is the last one passed: a milestone that was missed because nothing ran on its day is
made up for until the next one is due, and then skipped for good. A milestone is never written after a later one of
the same deadline, so that a clock that goes back repeats and reorders nothing. The day after is made up for within a
week. A deadline that moves is another deadline, with reminders of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import timezone

from desk.models import Follow, Mail, Reminder
from desk.reminders.follows import last_day, open_deadlines, reachable_accounts
from desk.reminders.mails import send_mail
from nouns.databases import RECORD
from nouns.partial_dates import on_or_after, on_or_before
from tracker.models import Letter

EARLIEST = timedelta(days=max(Reminder.DAYS_BEFORE))
"""How long before a deadline the first reminder comes."""
LATEST = timedelta(days=7)
"""How long after a deadline the day-after reminder is still made up for."""


def milestone(days_left: int) -> int | None:
    """The last milestone passed so many days before a deadline (negative: after it), or None before and after all."""
    if days_left < -LATEST.days:
        return None
    return min((days for days in Reminder.DAYS_BEFORE if days >= days_left), default=None)


def remind(now: datetime) -> int:
    """Write the reminders that are due on the day it is, and the mails that carry them; return how many mails."""
    today = timezone.localdate(now)
    followers = reachable_accounts().filter(pk__in=Follow.objects.values("account"))
    return sum(_remind_account(account, now, today) for account in followers)


def _remind_account(account: User, now: datetime, today: date) -> int:
    near = on_or_after("due_on", today - LATEST) & on_or_before("due_on", today + EARLIEST)
    reached = [
        (letter, days_before)
        for letter in open_deadlines(account, today).filter(near)
        if (days_before := milestone((last_day(letter) - today).days)) is not None
    ]
    if not reached:
        return 0
    try:
        with transaction.atomic(using=RECORD):
            return _write(account, _not_written(account, reached), now)
    except IntegrityError:
        return 0  # Another process has just written them; what it left out waits for the next tick.


def _not_written(account: User, reached: Iterable[tuple[Letter, int]]) -> list[Reminder]:
    """The reminders among these that were not written yet, nor a later one of the same deadline."""
    rows = Reminder.objects.filter(account=account).values("letter", "due_on").annotate(last=Min("days_before"))
    written = {(row["letter"], row["due_on"]): row["last"] for row in rows}
    return [
        Reminder(account=account, letter=letter, due_on=last_day(letter), days_before=days_before)
        for letter, days_before in reached
        if written.get((letter.pk, last_day(letter)), days_before + 1) > days_before
    ]


def _write(account: User, reminders: list[Reminder], now: datetime) -> int:
    if not reminders:
        return 0
    mail = Mail.objects.create(account=account, kind=Mail.Kind.REMINDERS, created_at=now)
    for reminder in reminders:
        reminder.mail = mail
    Reminder.objects.bulk_create(reminders)
    send_mail.enqueue(mail.pk)
    return 1
