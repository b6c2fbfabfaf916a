"""My deadlines: following, the digest's switch, and the calendar's address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from desk.models import Follow, Preferences
from tracker.models import Letter

PAGE = "/admin/desk/follow/"


def test_what_is_ticked_is_followed_and_nothing_else(alice: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(alice)
    client.post(PAGE, {"states": ["IL", "CA"], "digest": "on"})
    client.post(PAGE, {"states": ["IL"], "everything": "on"})
    assert {(row.state, row.everything) for row in Follow.objects.filter(account=alice)} == {("IL", False), ("", True)}
    assert not Preferences.objects.get(account=alice).digest
    assert client.post(PAGE, {"states": ["XX"]}).status_code == 200
    assert Follow.objects.filter(account=alice).count() == 2


def test_a_letter_is_followed_and_let_go_with_one_click(
    alice: User, letter: Letter, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(alice)
    url = f"{PAGE}letter/{letter.pk}/"
    for follow, number in (("1", 1), ("1", 1), ("0", 0)):
        answer: Any = client.post(url, {"follow": follow, "next": "https://elsewhere.example/"})
        assert answer["Location"] == PAGE
        assert Follow.objects.filter(account=alice, letter=letter).count() == number
    client.post(url, {"follow": "1"})
    assert "State of Illinois" in client.get(PAGE).content.decode()
    assert "Stop following" in client.get(url, headers={"HX-Request": "true"}).content.decode()


def test_a_calendar_opens_by_its_secret_alone_and_closes_when_the_secret_changes(
    alice: User, letter: Letter, client: Client, sign_in: Callable[[User], Client]
) -> None:
    desk = sign_in(alice)
    Follow.objects.create(account=alice, letter=letter)
    desk.post(f"{PAGE}calendar/")
    first = desk.get(PAGE).context["new_calendar"]
    assert first not in desk.get(PAGE).content.decode()
    answer = client.get(first)
    assert answer["Cache-Control"] == "no-store"
    assert b"DTSTART;VALUE=DATE:20170630" in answer.content
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert client.get(first).status_code == 404
    User.objects.filter(pk=alice.pk).update(is_active=True)
    desk.post(f"{PAGE}calendar/")
    assert client.get(first).status_code == client.get("/accounts/calendar/wrong.ics").status_code == 404


def test_an_account_without_a_role_follows_nothing(
    dave: User, letter: Letter, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(dave)
    assert client.get(PAGE).status_code in {302, 403}
    client.post(f"{PAGE}letter/{letter.pk}/", {"follow": "1"})
    assert not Follow.objects.exists()
