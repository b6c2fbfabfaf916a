"""Each reminder once, whatever the clock does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.db import IntegrityError, connection, transaction

from desk.background.work import failed_work, retry_failed_work
from desk.models import Follow, Mail, Reminder
from desk.reminders.deadlines import remind
from tests import factories
from tests.conftest import ALL_DATABASES, Work
from tests.desk.conftest import noon
from tracker.models import Letter, LetterEvent

Tick = Callable[[str], None]


@pytest.fixture
def tick(work_off: Work) -> Tick:
    """Write the reminders that are due at noon of a day and let a worker send them."""

    def at(day: str) -> None:
        with time_machine.travel(noon(day), tick=False):
            remind(noon(day))
            work_off()

    return at


@pytest.fixture
def follower(alice: User, letter: Letter) -> User:
    """Alice, who follows the letter."""
    Follow.objects.create(account=alice, letter=letter)
    return alice


def subjects() -> list[str]:
    return [str(message.subject) for message in mail.outbox]


def test_reminders_come_on_four_days_and_on_no_other(tick: Tick, follower: User) -> None:
    days = [f"2017-06-{day:02}" for day in range(10, 31)] + [f"2017-07-{day:02}" for day in range(1, 20)]
    sent = {}
    for day in days:
        before = len(mail.outbox)
        tick(day)
        if len(mail.outbox) > before:
            sent[day] = mail.outbox[-1].subject.partition(":")[0]
    assert sent == {
        "2017-06-16": "Reply due in 14 days",
        "2017-06-23": "Reply due in 7 days",
        "2017-06-29": "Reply due tomorrow",
        "2017-07-01": "Reply was due yesterday",
    }
    assert {tuple(message.to) for message in mail.outbox} == {("alice@example.org",)}


def test_a_tick_a_minute_later_sends_nothing_again(tick: Tick, follower: User) -> None:
    tick("2017-06-16")
    tick("2017-06-16")
    assert len(mail.outbox) == 1


def test_a_clock_that_goes_back_repeats_nothing_and_sends_nothing_out_of_order(tick: Tick, follower: User) -> None:
    tick("2017-06-24")
    for day in ("2017-06-10", "2017-06-16", "2017-06-23", "2017-06-24"):
        tick(day)
    assert subjects() == ["Reply due in 6 days: State of Illinois, 2017-04-21"]


def test_a_clock_that_jumps_over_days_sends_the_last_milestone_passed_alone(tick: Tick, follower: User) -> None:
    tick("2017-06-10")
    tick("2017-06-25")
    tick("2017-07-03")
    assert [subject.partition(":")[0] for subject in subjects()] == ["Reply due in 5 days", "Reply was due 3 days ago"]


def test_a_deadline_long_past_reminds_nobody(tick: Tick, follower: User) -> None:
    tick("2017-07-09")
    assert mail.outbox == []


def test_a_deadline_that_moves_has_reminders_of_its_own(tick: Tick, follower: User, letter: Letter) -> None:
    tick("2017-06-23")
    LetterEvent(letter=letter, kind="extension", on="2017-06-24", due_on="2017-07-31").save()
    for day in ("2017-06-24", "2017-06-29", "2017-07-01", "2017-07-17"):
        tick(day)
    assert [subject.partition(":")[0] for subject in subjects()] == ["Reply due in 7 days", "Reply due in 14 days"]


def test_a_deadline_known_to_the_month_counts_from_its_last_day(tick: Tick, alice: User) -> None:
    Follow.objects.create(account=alice, letter=factories.letter(due_on="2017-06"))
    for day in ("2017-06-01", "2017-06-16", "2017-06-30", "2017-07-01"):
        tick(day)
    assert [subject.partition(":")[0] for subject in subjects()] == [
        "Reply due in 14 days",
        "Reply due today",
        "Reply was due yesterday",
    ]


@pytest.mark.parametrize("kind", ["response", "withdrawal"])
def test_a_letter_that_was_answered_or_withdrawn_reminds_nobody(
    tick: Tick, follower: User, letter: Letter, kind: str
) -> None:
    LetterEvent(letter=letter, kind=kind, on="2017-06-01").save()
    tick("2017-06-16")
    assert mail.outbox == []


def test_a_reply_that_arrives_between_the_row_and_the_mail_keeps_the_mail_back(
    work_off: Work, follower: User, letter: Letter
) -> None:
    remind(noon("2017-06-16"))
    LetterEvent(letter=letter, kind="response", on="2017-06-16").save()
    with time_machine.travel(noon("2017-06-16"), tick=False):
        work_off()
    assert mail.outbox == []
    assert not Mail.objects.filter(settled_at=None).exists()


def test_letters_due_together_make_one_mail_that_says_which_is_a_draft(
    tick: Tick, alice: User, letter: Letter, published_letter: Letter, other_state_letter: Letter
) -> None:
    Follow.objects.create(account=alice, state="IL")
    tick("2017-06-16")
    [message] = mail.outbox
    assert message.subject == "Deadlines of 2 letters"
    assert str(message.body).count("due in 14 days") == 2
    assert str(message.body).count("(a draft: not public)") == 1
    assert f"/admin/tracker/letter/{letter.pk}/change/" in message.body


def test_who_follows_everything_and_a_state_and_a_letter_is_reminded_once(
    tick: Tick, follower: User, letter: Letter
) -> None:
    Follow.objects.create(account=follower, state="IL")
    Follow.objects.create(account=follower, everything=True)
    tick("2017-06-16")
    assert Reminder.objects.count() == len(mail.outbox) == 1


@pytest.mark.parametrize("loss", ["role", "active", "staff", "email"])
@pytest.mark.parametrize("moment", ["before the row", "before the mail"])
def test_an_account_that_may_have_no_mail_gets_none(work_off: Work, follower: User, loss: str, moment: str) -> None:
    if moment == "before the mail":
        remind(noon("2017-06-16"))
    if loss == "role":
        follower.groups.clear()
    else:
        losses: dict[str, dict[str, Any]] = {
            "active": {"is_active": False},
            "staff": {"is_staff": False},
            "email": {"email": ""},
        }
        User.objects.filter(pk=follower.pk).update(**losses[loss])
    remind(noon("2017-06-16"))
    with time_machine.travel(noon("2017-06-16"), tick=False):
        work_off()
    assert mail.outbox == []


def test_a_crash_between_the_row_and_its_mail_leaves_neither(
    follower: User, work_off: Work, monkeypatch: pytest.MonkeyPatch, tick: Tick
) -> None:
    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("desk.reminders.deadlines.send_mail", type("Dying", (), {"enqueue": staticmethod(die)}))
        with pytest.raises(KeyboardInterrupt):
            remind(noon("2017-06-16"))
    assert not Reminder.objects.exists()
    tick("2017-06-16")
    assert len(mail.outbox) == 1


def refuse(*_: Any) -> None:
    raise ConnectionRefusedError("No mail server answers")


def test_a_mail_server_that_is_down_twice_loses_and_doubles_nothing(
    tick: Tick, follower: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        for day in ("2017-06-16", "2017-06-17"):
            tick(day)
            retry_failed_work(noon(day))
    assert mail.outbox == []
    assert not failed_work().exists()
    tick("2017-06-18")
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_three_times_leaves_work_for_a_person(
    tick: Tick, follower: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    for day in range(16, 21):
        tick(f"2017-06-{day}")
        retry_failed_work(noon(f"2017-06-{day}"))
    work = failed_work().get()
    assert (work.what, work.attempts) == ("Send mail", 3)
    assert work.error == "ConnectionRefusedError: No mail server answers"


def test_a_mail_that_goes_out_again_bears_the_same_message_id(
    tick: Tick, follower: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any, **__: Any) -> None:
        raise OSError("The machine went down after the mail server had said yes")

    remind(noon("2017-06-16"))
    with monkeypatch.context() as patch:
        patch.setattr(Mail, "save", die)
        tick("2017-06-16")
    retry_failed_work(noon("2017-06-16"))
    tick("2017-06-17")
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


@pytest.mark.django_db(transaction=True, databases=ALL_DATABASES)
def test_two_ticks_at_once_write_each_reminder_once(alice: User, bob: User) -> None:
    for account in (alice, bob):
        Follow.objects.create(account=account, everything=True)
    for _ in range(5):
        factories.letter()
    ready = threading.Barrier(4)
    failures: list[BaseException] = []

    def one() -> None:
        try:
            ready.wait()
            remind(noon("2017-06-16"))
        except BaseException as failure:  # noqa: BLE001  # Whatever a thread raises is told below.
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Reminder.objects.count() == 10
    assert Mail.objects.count() == 2


def test_the_database_refuses_a_second_row_and_an_unknown_milestone(follower: User, letter: Letter) -> None:
    remind(noon("2017-06-16"))
    row = Reminder.objects.get()
    for days_before, name in ((14, "reminder_is_written_once"), (3, "reminder_days_before_are_known")):
        copy = Reminder(
            mail=row.mail, account=row.account, letter=row.letter, due_on=row.due_on, days_before=days_before
        )
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            copy.save()
        assert (connection.vendor == "sqlite" and days_before == 14) or name in str(refusal.value)
