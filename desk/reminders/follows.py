"""Who follows which letters, and which accounts mail may reach."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from desk.models import Follow
from nouns.databases import RECORD
from nouns.partial_dates import PartialDate
from tracker.models import Letter, Status
from tracker.querysets import Standing
from tracker.roles import ROLES

WAITS = Q(standing__in=[Standing.DUE, Standing.OVERDUE]) & ~Q(status=Status.WITHDRAWN)
"""Letters with a deadline and without a reply on record, unless the record itself was withdrawn.

A draft never counts as overdue, and stays due.
"""


def accounts_with_a_role() -> QuerySet[User]:
    """The accounts that may work on the record."""
    in_role = Q(is_superuser=True) | Q(pk__in=User.groups.through.objects.filter(group__name__in=ROLES).values("user"))
    return User.objects.filter(in_role, is_active=True, is_staff=True)


def reachable_accounts() -> QuerySet[User]:
    """The accounts with a role that have an e-mail address."""
    return accounts_with_a_role().exclude(email="")


def followed_letters(account: User, today: date) -> QuerySet[Any]:
    """The letters that the account follows, with their standing and deadline on that day; each once."""
    follows = Follow.objects.filter(account=account)
    letters: QuerySet[Any] = Letter.objects.with_standing(today)
    if follows.filter(everything=True).exists():
        return letters
    states = follows.exclude(state="").values("state")
    return letters.filter(Q(pk__in=follows.exclude(letter=None).values("letter")) | Q(state__in=states))


def open_deadlines(account: User, today: date) -> QuerySet[Any]:
    """The followed letters that wait for a reply by a deadline, the earliest first."""
    return followed_letters(account, today).filter(WAITS).order_by("due_on", "recipient_as_written", "pk")


def last_day(letter: Letter) -> date:
    """The last day that the letter's deadline can mean; a deadline in June 2017 has passed on 1 July."""
    return PartialDate(letter.due_on).last_day


def follow_letter(account: User, letter: Letter, *, wanted: bool) -> None:
    """Follow one letter, or stop following it; either may be the case already."""
    if wanted:
        Follow.objects.get_or_create(account=account, letter=letter)
    else:
        Follow.objects.filter(account=account, letter=letter).delete()


@transaction.atomic(using=RECORD)
def follow_areas(account: User, *, everything: bool, states: Collection[str]) -> None:
    """Follow exactly these states, and every letter or not; letters followed one by one stay followed."""
    follows = Follow.objects.filter(account=account)
    follows.exclude(state="").exclude(state__in=states).delete()
    for state in states:
        Follow.objects.get_or_create(account=account, state=state)
    if everything:
        Follow.objects.get_or_create(account=account, everything=True)
    else:
        follows.filter(everything=True).delete()


def waits(letter: Letter) -> bool:
    """The same of one letter that was read with its standing."""
    return letter.standing in {Standing.DUE, Standing.OVERDUE} and letter.status != Status.WITHDRAWN
