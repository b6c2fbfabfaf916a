"""What the database refuses of follows and mails, whoever writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from desk.models import Follow, Mail
from tests.desk.conftest import noon
from tracker.models import Letter


def refuses(model: Any, constraint: str, **fields: Any) -> bool:
    """Whether the database refuses this row; that it is by this constraint is said by its name where that is told."""
    try:
        with transaction.atomic():
            model.objects.create(**fields)
    except IntegrityError as error:
        return constraint in str(error) or "UNIQUE" in str(error)
    return False


def test_a_follow_is_of_exactly_one_thing(alice: User, letter: Letter) -> None:
    things: dict[str, Any] = {"letter": letter, "state": "IL", "everything": True}
    for wanted in ([], ["letter", "state"], ["state", "everything"], ["letter", "everything"], list(things)):
        chosen = {name: things[name] for name in wanted}
        assert refuses(Follow, "follow_is_of_one_thing", account=alice, **chosen), wanted


@pytest.mark.parametrize("thing", ["letter", "state", "everything"])
def test_nothing_is_followed_twice_by_one_account(alice: User, bob: User, letter: Letter, thing: str) -> None:
    chosen: dict[str, Any] = {thing: {"letter": letter, "state": "IL", "everything": True}[thing]}
    Follow.objects.create(account=alice, **chosen)
    Follow.objects.create(account=bob, **chosen)
    assert refuses(Follow, "is_unique", account=alice, **chosen)


def test_a_digest_has_a_week_and_comes_once_in_it_and_reminders_have_none(alice: User, bob: User) -> None:
    now = noon("2017-06-26")
    assert refuses(Mail, "mail_digest_has_a_week", account=alice, kind="digest", created_at=now)
    assert refuses(Mail, "mail_digest_has_a_week", account=alice, kind="reminders", week="2017-W26", created_at=now)
    for account, week in ((alice, "2017-W26"), (bob, "2017-W26"), (alice, "2017-W27")):
        Mail.objects.create(account=account, kind="digest", week=week, created_at=now)
    assert refuses(Mail, "mail_one_digest_a_week", account=alice, kind="digest", week="2017-W26", created_at=now)
    for _ in range(2):
        Mail.objects.create(account=alice, kind="reminders", created_at=now)
