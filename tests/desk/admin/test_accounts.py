"""Getting in, being kept out, and who keeps whose account."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import SignIn
from tests.desk.admin.desk import address, filled, open_and_save
from tracker.models import Letter
from tracker.roles import CONTRIBUTOR, REVIEWER

LOGIN = "/accounts/login/"
PASSWORD = "password"
WANTED = "/admin/tracker/letter/?status__exact=draft"


def sign_in_by_hand(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": username, "password": password, **more}, follow=True)


def test_a_visitor_signs_in_and_arrives_where_they_wanted_to_go(client: Client, alice: User) -> None:
    arrived = client.get(WANTED, follow=True)
    assert arrived.redirect_chain[-1][0] == f"{LOGIN}?next={quote(WANTED, safe='')}"
    assert f'name="next" value="{WANTED}"' in arrived.content.decode()
    response = sign_in_by_hand(client, "alice", next=WANTED)
    assert response.redirect_chain[-1][0] == WANTED
    assert response.status_code == 200


def test_nobody_is_sent_to_another_site_after_signing_in(client: Client, alice: User) -> None:
    response = sign_in_by_hand(client, "alice", next="https://elsewhere.example/")
    assert response.redirect_chain[-1][0] == "/admin/"


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_wrong_password_lets_nobody_in(client: Client, alice: User, password: str) -> None:
    sign_in_by_hand(client, "alice", password)
    assert client.get("/admin/").status_code == 302


def test_an_account_that_was_switched_off_is_out_at_once(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302
    sign_in_by_hand(client, "alice")
    assert client.get("/admin/").status_code == 302


def test_an_account_without_a_role_is_told_so_and_can_sign_out(client: Client, dave: User) -> None:
    refused = sign_in_by_hand(client, "dave")
    assert refused.status_code == 403
    assert "This account has no role here" in refused.content.decode()
    client.post("/accounts/logout/")
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(LOGIN)


@pytest.mark.parametrize("door", ["/admin/logout/", "/accounts/logout/"])
def test_signing_out_ends_the_session(contributor: Client, door: str) -> None:
    contributor.post(door)
    assert contributor.get("/admin/").status_code == 302


def test_nobody_signs_up(client: Client) -> None:
    page = client.get("/accounts/signup/")
    assert "<form" not in page.content.decode()
    client.post(
        "/accounts/signup/", {"username": "eve", "password1": "a-long-password", "password2": "a-long-password"}
    )
    assert not User.objects.filter(username="eve").exists()


def test_staff_change_their_own_password(contributor: Client, alice: User) -> None:
    assert contributor.get("/admin/password_change/", follow=True).redirect_chain[-1][0] == "/accounts/password/change/"
    new = {"oldpassword": "password", "password1": "a-new-long-password", "password2": "a-new-long-password"}
    contributor.post("/accounts/password/change/", new)
    alice.refresh_from_db()
    assert alice.check_password("a-new-long-password")
    assert contributor.get("/admin/").status_code == 200


@pytest.mark.parametrize("page", ["2fa/", "2fa/totp/activate/", "password/change/", "logout/", "reauthenticate/"])
def test_the_account_pages_open_for_whoever_is_signed_in(contributor: Client, page: str) -> None:
    sign_in_by_hand(contributor, "alice")
    assert contributor.get(f"/accounts/{page}", follow=True).status_code == 200


@pytest.mark.parametrize("page", [LOGIN, "/admin/", "/admin/tracker/letter/add/", "/accounts/2fa/"])
def test_no_page_of_the_staff_asks_another_site_for_anything(administrator: Client, client: Client, page: str) -> None:
    browser = client if page == LOGIN else administrator
    text = browser.get(page, follow=True).content.decode()
    loaded = re.findall(r'<(?:script|img|iframe|link)[^>]+(?:src|href)="([^"]+)"', text)
    assert loaded
    assert all(target.startswith(("/", "data:")) for target in loaded), loaded


def test_an_administrator_makes_an_account_that_can_work_at_once(administrator: Client, client: Client) -> None:
    open_and_save(
        administrator,
        address(User, "add"),
        username="erin",
        password1="a-long-password-of-erin",
        password2="a-long-password-of-erin",
        groups=[Group.objects.get(name=CONTRIBUTOR).pk],
    )
    sign_in_by_hand(client, "erin", "a-long-password-of-erin")
    assert client.get(address(Letter, "add")).status_code == 200


def test_an_administrator_changes_a_role_and_switches_an_account_off(administrator: Client, alice: User) -> None:
    url = address(User, "change", alice.pk)
    data = filled(administrator.get(url), groups=[Group.objects.get(name=REVIEWER).pk])
    del data["is_active"]
    administrator.post(url, data)
    alice.refresh_from_db()
    assert not alice.is_active
    assert [group.name for group in alice.groups.all()] == [REVIEWER]


def test_an_administrator_cannot_give_or_take_over_more_than_they_have(administrator: Client, alice: User) -> None:
    open_and_save(administrator, address(User, "change", alice.pk), is_superuser="on", user_permissions=["1"])
    alice.refresh_from_db()
    assert not alice.is_superuser
    assert not alice.user_permissions.exists()
    root = User.objects.create_superuser("root", password="password")
    taken = {"password1": "a-long-new-password", "password2": "a-long-new-password", "usable_password": "true"}
    assert administrator.post(f"/admin/auth/user/{root.pk}/password/", taken).status_code == 403
    assert administrator.post(address(User, "change", root.pk), {"username": "mine"}).status_code == 403


@pytest.mark.parametrize("person", ["contributor", "reviewer"])
def test_nobody_else_sees_accounts(person: str, alice: User, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(person)
    assert client.get(address(User, "changelist")).status_code == 403
    assert client.post(address(User, "change", alice.pk), {"username": "mine"}).status_code == 403
    assert client.post(f"/admin/auth/user/{alice.pk}/password/", {}).status_code == 403


def test_no_account_is_deleted_and_no_role_altered(administrator: Client, alice: User) -> None:
    role = Group.objects.get(name=CONTRIBUTOR)
    assert administrator.post(address(User, "delete", alice.pk), {"post": "yes"}).status_code == 403
    assert administrator.get(address(Group, "change", role.pk)).status_code == 200
    assert administrator.post(address(Group, "change", role.pk), {"name": "Reviewer"}).status_code == 403
    assert administrator.post(address(Group, "delete", role.pk), {"post": "yes"}).status_code == 403


def test_a_list_of_accounts_asks_as_much_for_twelve_as_for_three(administrator: Client) -> None:
    counts = []
    for numbers in (range(3), range(3, 12)):
        for number in numbers:
            User.objects.create_user(f"user-{number}").groups.set(Group.objects.all())
        administrator.get(address(User, "changelist"))
        with CaptureQueriesContext(connection) as queries:
            administrator.get(address(User, "changelist"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
