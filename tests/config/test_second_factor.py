"""The second factor: setting up an app, its codes, recovery codes, and what helps somebody who lost it."""

from __future__ import annotations

import hmac
import re
import struct
from base64 import b32decode
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, override_settings
from django.urls import get_resolver

from tests.config.by_hand import LOGIN, NOW, PASSWORD, is_in, sign_in_by_hand, slowed_down
from tests.conftest import ALL_DATABASES, SignIn

pytestmark = pytest.mark.django_db(databases=ALL_DATABASES)

CODE = "/accounts/2fa/authenticate/"
ENROL = "/accounts/2fa/totp/activate/"
REAUTHENTICATE = "/accounts/reauthenticate/"
REQUIRED = override_settings(REQUIRE_SECOND_FACTOR=True)


def code_for(secret: str, moment: datetime) -> str:
    """What an authenticator app shows (RFC 6238: SHA-1, six digits, thirty seconds)."""
    counter = struct.pack(">Q", int(moment.timestamp()) // 30)
    digest = hmac.digest(b32decode(secret), counter, "sha1")
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def enrol(client: Client, moment: datetime) -> str:
    """Set up an authenticator app in a browser that has just signed in; its secret."""
    client.post(REAUTHENTICATE, {"password": PASSWORD})
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", client.get(ENROL).content.decode())
    assert secret is not None
    answer: Any = client.post(ENROL, {"code": code_for(secret[1], moment)})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    return secret[1]


@pytest.fixture
def alices_secret(alice: User) -> str:
    """Alice has set up her app; the secret in it."""
    client = Client()
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        sign_in_by_hand(client)
        return enrol(client, NOW - timedelta(hours=1))


def admin_pages() -> Iterator[str]:
    """An address of every page of the admin; whether there is such a record does not matter."""

    def walk(patterns: list[Any], above: str) -> Iterator[str]:
        for pattern in patterns:
            route = above + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, route)
            elif not route.startswith("^"):
                yield "/" + re.sub(r"<uuid:\w+>", str(UUID(int=1)), re.sub(r"<(?!uuid)[^>]+>", "1", route))

    return (page for page in walk(get_resolver().url_patterns, "") if page.startswith("/admin/"))


@REQUIRED
def test_without_an_app_no_page_of_the_admin_opens_and_setting_one_up_is_asked(client: Client, carol: User) -> None:
    sign_in_by_hand(client, "carol")
    pages = list(admin_pages())
    assert len(pages) > 100
    for page in pages:
        for answer in (client.get(page), client.post(page, {"username": "carol", "password": PASSWORD})):
            assert (answer.status_code, answer.headers["Location"]) == (302, ENROL), page
    assert "Set up an authenticator app first" in client.get(ENROL, follow=True).content.decode()


@REQUIRED
def test_with_an_app_the_password_alone_opens_nothing_and_the_code_opens_the_desk(
    client: Client, alices_secret: str
) -> None:
    with time_machine.travel(NOW, tick=False):
        assert sign_in_by_hand(client).headers["Location"] == f"{CODE}"
        for page in ("/admin/", "/admin/login/", "/accounts/2fa/", ENROL, "/accounts/password/change/"):
            answer = client.get(page, follow=True)
            assert answer.redirect_chain[-1][0].startswith((LOGIN, CODE)), page
        client.post("/admin/login/", {"username": "alice", "password": "password"})
        assert not is_in(client)
        assert "Incorrect code" in client.post(CODE, {"code": "000000"}).content.decode()
        assert not is_in(client)
        client.post(CODE, {"code": code_for(alices_secret, NOW)})
        assert is_in(client)


@REQUIRED
def test_a_code_is_taken_once(client: Client, alices_secret: str) -> None:
    with time_machine.travel(NOW, tick=False):
        for browser, enters in ((client, True), (Client(), False)):
            sign_in_by_hand(browser)
            browser.post(CODE, {"code": code_for(alices_secret, NOW)})
            assert is_in(browser) is enters


@REQUIRED
def test_setting_up_an_app_shows_recovery_codes_of_which_each_opens_the_desk_once(client: Client, alice: User) -> None:
    with time_machine.travel(NOW, tick=False):
        sign_in_by_hand(client)
        enrol(client, NOW)
        assert is_in(client)
        shown = client.get("/accounts/2fa/recovery-codes/").content.decode()
        codes = Authenticator.objects.get(user=alice, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
        assert len(codes) == 10
        assert all(code in shown for code in codes)
        assert codes[0] not in client.get("/accounts/2fa/recovery-codes/").content.decode()
        for enters in (True, False):
            browser = Client()
            sign_in_by_hand(browser)
            browser.post(CODE, {"code": codes[0]})
            assert is_in(browser) is enters


@REQUIRED
def test_a_reset_password_does_not_pass_the_second_factor_by(client: Client, alices_secret: str) -> None:
    with time_machine.travel(NOW, tick=False):
        client.post("/accounts/password/reset/", {"email": "alice@example.org"})
        link = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[0].body))
        assert link is not None
        form = client.get(link[0], follow=True).redirect_chain[-1][0]
        client.post(form, {"password1": "a-new-long-password", "password2": "a-new-long-password"})
        assert not is_in(client)
        assert sign_in_by_hand(client, password="a-new-long-password").headers["Location"] == CODE
        assert not is_in(client)


@REQUIRED
def test_taking_the_app_away_asks_for_the_password_again_and_closes_the_desk(
    client: Client, alices_secret: str
) -> None:
    with time_machine.travel(NOW, tick=False):
        sign_in_by_hand(client)
        client.post(CODE, {"code": code_for(alices_secret, NOW)})
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert "reauthenticate" in client.post("/accounts/2fa/totp/deactivate/").headers["Location"]
        assert is_in(client)
        client.post(REAUTHENTICATE, {"password": PASSWORD})
        client.post("/accounts/2fa/totp/deactivate/")
        assert client.get("/admin/").headers["Location"] == ENROL


def test_a_disabled_account_gets_in_with_no_code(client: Client, alice: User, alices_secret: str) -> None:
    with time_machine.travel(NOW, tick=False):
        sign_in_by_hand(client)
        User.objects.update(is_active=False)
        client.post(CODE, {"code": code_for(alices_secret, NOW)})
        assert not is_in(client)


@REQUIRED
def test_an_administrator_resets_the_second_factor_of_a_colleague_who_lost_it(
    carol: User, alice: User, alices_secret: str, sign_in: SignIn
) -> None:
    with time_machine.travel(NOW, tick=False):
        carols = Client()
        sign_in_by_hand(carols, "carol")
        enrol(carols, NOW)
        page = f"/admin/auth/user/{alice.pk}/second-factor/"
        assert page in carols.get(f"/admin/auth/user/{alice.pk}/change/").content.decode()
        assert "stop working" in carols.get(page).content.decode()
        carols.post(page)
        assert not Authenticator.objects.filter(user=alice).exists()
        assert "Reset the second factor." in carols.get(f"/admin/auth/user/{alice.pk}/history/").content.decode()
        alices = Client()
        assert sign_in_by_hand(alices).headers["Location"] == "/admin/"
        assert alices.get("/admin/").headers["Location"] == ENROL


def test_nobody_resets_their_own_or_a_superusers_or_without_the_right(
    carol: User, alice: User, bob: User, alices_secret: str, sign_in: SignIn
) -> None:
    root = User.objects.create_superuser("root", password="password")
    for account, target in ((carol, carol), (carol, root), (bob, alice), (alice, alice)):
        assert sign_in(account).post(f"/admin/auth/user/{target.pk}/second-factor/").status_code == 403
    assert Authenticator.objects.filter(user=alice).count() == 2


@REQUIRED
def test_five_wrong_codes_slow_down_too(client: Client, alices_secret: str) -> None:
    with time_machine.travel(NOW, tick=False):
        sign_in_by_hand(client)
        assert [slowed_down(client.post(CODE, {"code": "000000"})) for _ in range(6)] == [False] * 5 + [True]
        client.post(CODE, {"code": code_for(alices_secret, NOW)})
        assert not is_in(client)
