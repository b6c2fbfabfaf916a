"""Guessing at passwords, sessions that end, and accounts that lost their role."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client, override_settings

from config import settings as product
from tests.config.by_hand import LOGIN, NOW, is_in, sign_in_by_hand, slowed_down
from tests.conftest import ALL_DATABASES, SignIn
from tracker.roles import CONTRIBUTOR

pytestmark = pytest.mark.django_db(databases=ALL_DATABASES)


def guess(times: int, username: str = "alice", address: str = "192.0.2.1") -> list[bool]:
    """Try wrong passwords; which of them were answered by being slowed down."""
    return [
        slowed_down(sign_in_by_hand(Client(), username, f"wrong {number}", REMOTE_ADDR=address))
        for number in range(times)
    ]


def test_five_wrong_passwords_slow_down_the_account_from_everywhere_for_fifteen_minutes(
    client: Client, alice: User, bob: User
) -> None:
    with time_machine.travel(NOW, tick=False):
        assert guess(6) == [False] * 5 + [True]
        assert slowed_down(sign_in_by_hand(client, REMOTE_ADDR="198.51.100.7"))  # The right password, too.
        assert sign_in_by_hand(client, "bob", REMOTE_ADDR="198.51.100.7").status_code == 302
    with time_machine.travel(NOW + timedelta(minutes=15, seconds=1), tick=False):
        assert sign_in_by_hand(Client(), REMOTE_ADDR="198.51.100.7").status_code == 302


def test_five_wrong_passwords_slow_down_the_address_for_every_account(alice: User, bob: User) -> None:
    with time_machine.travel(NOW, tick=False):
        assert [guess(1, f"somebody-{number}") for number in range(5)] == [[False]] * 5
        assert slowed_down(sign_in_by_hand(Client(), "bob", REMOTE_ADDR="192.0.2.1"))
        assert sign_in_by_hand(Client(), "bob", REMOTE_ADDR="192.0.2.2").status_code == 302


@pytest.mark.parametrize(("proxies", "one_visitor"), [(0, True), (1, True), (2, False)])
def test_the_address_is_what_the_outermost_trusted_proxy_saw(
    alice: User,
    settings: Any,
    proxies: int,
    one_visitor: bool,  # noqa: FBT001  # A parameter of the test.
) -> None:
    """A visitor who writes addresses of their own in front of what our proxies add is not believed."""
    settings.TRUSTED_PROXIES = proxies
    with time_machine.travel(NOW, tick=False):
        answers = [
            sign_in_by_hand(
                Client(),
                f"nobody-{number}",
                HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 198.51.100.7",
                REMOTE_ADDR="10.0.0.1",
            )
            for number in range(6)
        ]
    assert slowed_down(answers[-1]) is one_visitor


def test_passwords_are_kept_as_argon2(alice: User) -> None:
    with override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS):
        alice.set_password("a-new-long-password")
        assert alice.password.startswith("argon2$argon2id$")
        assert alice.check_password("a-new-long-password")


def test_a_session_ends_after_twelve_idle_hours_and_lives_on_while_used(client: Client, alice: User) -> None:
    hours = [0, 11, 22, 33]
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in_by_hand(client)
        for hour in hours:
            clock.move_to(NOW + timedelta(hours=hour))
            assert is_in(client), hour
        clock.move_to(NOW + timedelta(hours=hours[-1] + 12, seconds=1))
        assert not is_in(client)


def test_the_sessions_cookie_is_the_staffs_alone(client: Client, alice: User) -> None:
    cookie = sign_in_by_hand(client).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]  # It goes when the browser closes.


@pytest.mark.parametrize("loss", ["role", "everything"])
def test_an_account_that_lost_its_role_sees_nothing(alice: User, sign_in: SignIn, loss: str) -> None:
    client = sign_in(alice)
    assert is_in(client)
    alice.groups.clear()
    if loss == "everything":
        User.objects.update(is_staff=False)
    for page in (
        "/admin/",
        "/admin/tracker/letter/",
        "/admin/search/?s=illinois",
        "/admin/work/overdue/",
        "/admin/desk/follow/",
    ):
        answer = client.get(page, follow=True)
        assert answer.status_code == 403, page
        assert "This account has no role here" in answer.content.decode()
    alice.groups.add(Group.objects.get(name=CONTRIBUTOR))
    User.objects.update(is_staff=True)
    assert is_in(client)


def test_nobody_gives_their_account_another_address_to_which_passwords_are_reset(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    client.post("/accounts/email/", {"email": "eve@example.org", "action_add": ""})
    client.post("/accounts/password/reset/", {"email": "eve@example.org"})
    assert mail.outbox == []


@pytest.mark.parametrize("page", [LOGIN, "/accounts/password/reset/"])
def test_the_accounts_pages_run_no_script_of_anybody(client: Client, page: str) -> None:
    policy = client.get(page).headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
