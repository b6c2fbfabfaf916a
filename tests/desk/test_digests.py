"""The weekly digest: on Monday morning, once, with what concerns its reader and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail

from desk.models import Follow, Mail, Preferences
from desk.reminders.digests import write_digests
from tests import factories
from tests.conftest import Work
from tests.desk.conftest import noon
from tracker.models import Letter, LetterEvent
from tracker.publishing import workflow

Digest = Callable[[datetime], int]
MONDAY_MORNING = datetime(2017, 6, 26, 11, tzinfo=UTC)  # Seven o'clock in New York.


@pytest.fixture
def digest(work_off: Work) -> Digest:
    """Write what is due at a moment, let a worker send it, and say how many digests were written."""

    def at(moment: datetime) -> int:
        with time_machine.travel(moment, tick=False):
            written = write_digests(moment)
            work_off()
        return written

    return at


@pytest.fixture
def follower(alice: User, letter: Letter) -> User:
    """Alice, who has been here for long and follows the letter of 30 June 2017."""
    User.objects.filter(pk=alice.pk).update(date_joined=noon("2017-01-02"))
    Follow.objects.create(account=alice, letter=letter)
    return alice


def test_it_comes_on_monday_at_seven_once_a_week(digest: Digest, follower: User) -> None:
    assert digest(datetime(2017, 6, 26, 10, 59, tzinfo=UTC)) == 0
    assert digest(MONDAY_MORNING) == 1
    assert [digest(noon(f"2017-06-{day}")) for day in (26, 27, 30)] == [0, 0, 0]
    assert digest(noon("2017-07-03")) == 1
    assert [message.subject for message in mail.outbox] == ["Your week from 26 June 2017", "Your week from 3 July 2017"]


def test_a_week_in_which_nothing_ran_on_monday_is_made_up_for_and_a_past_one_is_not(
    digest: Digest, follower: User
) -> None:
    assert digest(noon("2017-06-29")) == 1
    assert digest(noon("2017-07-19")) == 1
    assert [row.week for row in Mail.objects.order_by("pk")] == ["2017-W26", "2017-W29"]


def test_it_tells_what_is_due_what_is_overdue_and_what_waits_for_its_reader(
    digest: Digest, follower: User, bob: User, letter: Letter
) -> None:
    User.objects.filter(pk=bob.pk).update(date_joined=noon("2017-01-02"))
    Follow.objects.create(account=bob, everything=True)
    late = factories.letter(recipient_as_written="City of Chicago", due_on="2017-06-01")
    factories.letter(recipient_as_written="City of Peoria", due_on="2017-09-01")
    workflow.submit(factories.letter(recipient_as_written="City of Elgin", due_on=""), by=follower)
    digest(MONDAY_MORNING)
    texts = {message.to[0]: str(message.body) for message in mail.outbox}
    assert "State of Illinois" in texts["alice@example.org"]
    assert "due in 4 days" in texts["alice@example.org"]
    assert not any(name in texts["alice@example.org"] for name in ("Chicago", "Peoria", "Elgin"))
    assert "Chicago" in texts["bob@example.org"]
    assert "Elgin" in texts["bob@example.org"]
    assert "Peoria" not in texts["bob@example.org"]
    assert f"/admin/tracker/letter/{late.pk}/change/" in texts["bob@example.org"]


def test_who_has_nothing_to_be_told_or_wants_none_gets_none(digest: Digest, follower: User, letter: Letter) -> None:
    LetterEvent(letter=letter, kind="response", on="2017-06-20").save()
    digest(MONDAY_MORNING)
    assert mail.outbox == []
    assert Mail.objects.get().settled_at is not None
    Preferences.objects.create(account=follower, digest=False)
    assert digest(noon("2017-07-03")) == 0


def test_an_account_made_during_the_week_waits_for_its_first_monday(digest: Digest, follower: User) -> None:
    User.objects.filter(pk=follower.pk).update(date_joined=noon("2017-06-27"))
    assert digest(noon("2017-06-28")) == 0
    assert digest(noon("2017-07-03")) == 1
