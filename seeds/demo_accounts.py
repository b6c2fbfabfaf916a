"""Three accounts to look around with, for a new database in development."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import Group, User

from tracker.roles import ADMINISTRATOR, CONTRIBUTOR, REVIEWER


class DemoAccount(NamedTuple):
    """An account whose password everybody may know."""

    username: str
    role: str
    password: str


DEMO_ACCOUNTS = (
    DemoAccount("contributor", CONTRIBUTOR, "contributor-demo"),
    DemoAccount("reviewer", REVIEWER, "reviewer-demo"),
    DemoAccount("administrator", ADMINISTRATOR, "administrator-demo"),
)


def create_demo_accounts() -> tuple[DemoAccount, ...]:
    """Create them when DEBUG is on and nobody can log in yet; return those that exist with their known password."""
    if settings.DEBUG and not User.objects.filter(is_active=True).exists():
        for account in DEMO_ACCOUNTS:
            user = User.objects.create_user(account.username, password=account.password, is_staff=True)
            user.groups.add(Group.objects.get(name=account.role))
    users = {user.username: user for user in User.objects.filter(username__in=[a.username for a in DEMO_ACCOUNTS])}
    return tuple(
        account
        for account in DEMO_ACCOUNTS
        if settings.DEBUG and account.username in users and users[account.username].check_password(account.password)
    )
