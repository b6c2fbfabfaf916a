"""Personal calendars of followed deadlines, each at an address with a secret that its owner can change.

The secret has 256 random bits and is stored as its hash, so that it is shown once and a copy of the database opens no
calendar.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count
from django.urls import reverse

from desk.models import Preferences
from desk.reminders.follows import accounts_with_a_role, followed_letters, last_day, waits
from public.calendars import DueDay, calendar
from tracker.models import Letter


def change_secret(account: User, *, now: datetime) -> str:
    """Give the account's calendar a new address and return its secret; the old address answers no more."""
    secret = secrets.token_urlsafe(32)
    Preferences.objects.update_or_create(
        account=account, defaults={"calendar_hash": _hash(secret), "calendar_made_at": now}
    )
    return secret


def account_of(secret: str) -> User | None:
    """The account whose calendar has this secret, while it has a role."""
    owners = Preferences.objects.filter(calendar_hash=_hash(secret)).values("account")
    return accounts_with_a_role().filter(pk__in=owners).first()


def calendar_of(account: User, *, now: datetime, today: date) -> bytes:
    """The deadlines of the letters that the account follows, as an iCalendar file.

    An event keeps its UID whatever happens to the letter. Its SEQUENCE counts the lines of the letter's history, so it
    grows whenever a deadline moves or goes. A letter that was answered, assessed or withdrawn has a cancelled event.
    """
    letters = followed_letters(account, today).exclude(due_on="").order_by("due_on", "pk")
    writes = Letter.history.filter(id__in=letters.order_by().values("pk")).order_by()
    sequences = dict(writes.values_list("id").annotate(Count("history_id")))
    days = [_due_day(letter, sequences.get(letter.pk, 0), now) for letter in letters]
    holds = "The deadlines of the letters that you follow."
    return calendar("Policy Tracker: deadlines", days, of="Deadlines", holds=holds)


def _due_day(letter: Letter, sequence: int, now: datetime) -> DueDay:
    draft = "" if letter.published_revision is not None else " (draft)"
    return DueDay(
        uid=f"letter-{letter.pk}-deadline@policy-tracker",
        summary=f"Reply due: {letter}{draft}",
        description=letter.get_standing_display(),
        first_day=last_day(letter),
        last_day=last_day(letter),
        changed_at=letter.updated_at,
        stamped_at=now,
        sequence=sequence,
        cancelled=not waits(letter),
        url=f"{settings.STAFF_URL}{reverse('admin:tracker_letter_change', args=[letter.pk])}",
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
