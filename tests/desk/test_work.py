"""Background work: taken up again after a crash, tried three times, then a person's; and the tick that sees to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from desk import tick
from desk.background import locks
from desk.background.work import (
    WAITS,
    failed_work,
    prune,
    retry_failed_work,
    set_aside,
    take_up_stuck_work,
    try_again,
)
from desk.models import BackgroundWork, SetAside
from tests.conftest import ALL_DATABASES

ROOT = Path(__file__).resolve().parents[2]


def piece(status: str, attempts: int = 1, **fields: Any) -> BackgroundWork:
    """One piece of work in this state, begun so many times."""
    now = timezone.now()
    made = DBTaskResult.objects.create(
        status=status,
        started_at=fields.pop("started_at", now - timedelta(minutes=1)),
        finished_at=fields.pop("finished_at", now if status in {"FAILED", "SUCCESSFUL"} else None),
        args_kwargs={"args": [0], "kwargs": {}},
        task_path="desk.reminders.mails.send_mail",
        worker_ids=["worker"] * attempts,
        backend_name="default",
        run_after=get_date_max(),
        traceback="Traceback\nValueError: Too long" if status == "FAILED" else "",
        **fields,
    )
    return BackgroundWork.objects.get(pk=made.pk)


def state(row: BackgroundWork) -> str:
    return str(BackgroundWork.objects.get(pk=row.pk).status)


def test_work_whose_worker_died_is_put_back(db: None) -> None:
    dead = piece("RUNNING")
    assert take_up_stuck_work(timezone.now()) == 1
    assert state(dead) == "READY"


def test_work_that_a_living_process_holds_is_left_alone(db: None) -> None:
    alive = piece("RUNNING")
    with locks.held(f"work-{alive.pk}"):
        assert take_up_stuck_work(timezone.now()) == 0
    assert state(alive) == "RUNNING"


@pytest.mark.parametrize("clock", [timedelta(hours=-3), timedelta(hours=3)])
def test_a_clock_that_is_wrong_neither_hides_the_dead_nor_buries_the_living(db: None, clock: timedelta) -> None:
    dead, alive = piece("RUNNING"), piece("RUNNING")
    with locks.held(f"work-{alive.pk}"):
        take_up_stuck_work(timezone.now() + clock)
    assert (state(dead), state(alive)) == ("READY", "RUNNING")


def test_work_that_was_claimed_a_moment_ago_is_left_to_its_worker(db: None) -> None:
    fresh = piece("RUNNING", started_at=timezone.now())
    take_up_stuck_work(timezone.now())
    assert state(fresh) == "RUNNING"


def test_work_that_kills_its_workers_fails_after_three_of_them(db: None) -> None:
    deadly = piece("RUNNING", attempts=3)
    take_up_stuck_work(timezone.now())
    assert failed_work().get() == deadly
    assert "The worker stopped" in failed_work().get().error


def test_failed_work_is_tried_again_twice_after_a_rest(db: None) -> None:
    now = timezone.now()
    once, twice, thrice = (piece("FAILED", attempts=number, finished_at=now) for number in (1, 2, 3))
    assert retry_failed_work(now) == 2
    assert [BackgroundWork.objects.get(pk=row.pk).run_after - now for row in (once, twice)] == list(WAITS)
    assert not BackgroundWork.objects.ready().exists()
    assert [state(row) for row in (once, twice, thrice)] == ["READY", "READY", "FAILED"]
    assert list(failed_work()) == [thrice]


def test_a_person_lets_it_be_tried_again_or_sets_it_aside(bob: User) -> None:
    first, second = piece("FAILED", attempts=3), piece("FAILED", attempts=3)
    assert try_again([first]) == 1
    assert set_aside([first, second], by=bob, now=timezone.now()) == 1
    assert (state(first), state(second)) == ("READY", "FAILED")
    assert BackgroundWork.objects.get(pk=first.pk).attempts == 0
    assert not failed_work().exists()
    assert retry_failed_work(timezone.now()) == 0
    assert try_again([second]) == 1
    assert not SetAside.objects.exists()


def test_only_what_is_done_or_set_aside_is_forgotten_after_two_weeks(bob: User) -> None:
    long_ago = timezone.now() - timedelta(days=15)
    done, failed = piece("SUCCESSFUL", finished_at=long_ago), piece("FAILED", attempts=3, finished_at=long_ago)
    aside, recent = piece("FAILED", attempts=3, finished_at=long_ago), piece("SUCCESSFUL")
    set_aside([aside], by=bob, now=timezone.now())
    assert prune(timezone.now()) == 2
    assert set(BackgroundWork.objects.all()) == {failed, recent}
    assert not BackgroundWork.objects.filter(pk__in=[done.pk, aside.pk]).exists()


def test_a_lock_is_held_once_and_free_afterwards(db: None) -> None:
    with locks.held("thing") as first, locks.held("thing") as second, locks.held("other") as other:
        assert (first, second, other) == (True, False, True)
    with locks.held("thing") as again:
        assert again


HOLDER = """
import sys, time, django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from desk.background import locks
give_back = locks.take("crash")
print("held" if give_back else "taken", flush=True)
time.sleep(60)
"""


@pytest.mark.django_db(transaction=True, databases=ALL_DATABASES)
def test_a_process_that_is_killed_leaves_no_lock_behind() -> None:
    name = str(connection.settings_dict["NAME"])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, name], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    with locks.held("crash") as mine:
        assert not mine
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 10
    while (give_back := locks.take("crash")) is None:  # PostgreSQL needs a moment to see that the session is gone.
        assert time.monotonic() < deadline
    give_back()


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three steps in place of the tick's own, of which the second fails; the list of those begun."""
    begun: list[str] = []

    def step(name: str, *, fails: bool = False) -> tick.Step:
        def carry_out(now: Any) -> int:
            begun.append(name)
            if fails:
                raise RuntimeError(f"{name} is broken")
            return 1

        return tick.Step(name, carry_out)

    monkeypatch.setattr(tick, "STEPS", (step("first"), step("second", fails=True), step("third")))
    return begun


def test_a_step_that_fails_stops_no_other_and_is_told(db: None, steps: list[str], capsys: Any) -> None:
    with pytest.raises(CommandError, match=r"Second: failed\. second is broken"):
        call_command("tick")
    assert steps == ["first", "second", "third"]
    assert "First: 1.\nThird: 1.\n" in capsys.readouterr().out


def test_a_second_tick_leaves_the_first_alone(db: None, steps: list[str], capsys: Any) -> None:
    with locks.held("tick"):
        call_command("tick")
    assert steps == []
    assert "Another tick is at work." in capsys.readouterr().out


def test_a_tick_does_everything_once(db: None, capsys: Any) -> None:
    piece("RUNNING")
    call_command("tick")
    assert "Stuck work taken up again: 1." in capsys.readouterr().out
    call_command("tick")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("person", ["bob", "carol"])
def test_those_who_publish_see_failed_work_and_settle_it(
    person: str, request: pytest.FixtureRequest, sign_in: Callable[[User], Any]
) -> None:
    client = sign_in(request.getfixturevalue(person))
    again, aside, retried = piece("FAILED", attempts=3), piece("FAILED", attempts=3), piece("FAILED", attempts=1)
    listed = client.get("/admin/desk/backgroundwork/?state=failed")
    assert set(listed.context["cl"].result_list) == {again, aside}
    assert "ValueError: Too long" in listed.content.decode()
    front = client.get("/admin/")
    [tile] = [tile for tile in front.context["tiles"] if tile.name == "failed-work"]
    assert (tile.count, tile.url) == (2, "/admin/desk/backgroundwork/?state=failed")
    page = f"/admin/desk/backgroundwork/{again.pk}/"
    assert "Try again" in client.get(f"{page}change/").content.decode()
    client.post(f"{page}try-again/")
    client.post("/admin/desk/backgroundwork/", {"action": "set_aside_selected", "_selected_action": [str(aside.pk)]})
    assert (state(again), state(retried)) == ("READY", "FAILED")
    assert not failed_work().exists()


def test_nobody_else_sees_background_work(alice: User, sign_in: Callable[[User], Any]) -> None:
    client = sign_in(alice)
    row = piece("FAILED", attempts=3)
    page = f"/admin/desk/backgroundwork/{row.pk}"
    assert client.get("/admin/desk/backgroundwork/").status_code == 403
    assert client.get(f"{page}/change/").status_code == 403
    assert client.post(f"{page}/try-again/").status_code == 403
    assert client.post(f"{page}/set-aside/").status_code == 403
    assert all(tile.name != "failed-work" for tile in client.get("/admin/").context["tiles"])
    assert state(row) == "FAILED"


def test_a_list_of_work_asks_as_much_for_twelve_as_for_three(bob: User, sign_in: Callable[[User], Any]) -> None:
    client = sign_in(bob)
    counts = []
    for number in (3, 9):
        for _ in range(number):
            set_aside([piece("FAILED", attempts=3)], by=bob, now=timezone.now())
        client.get("/admin/desk/backgroundwork/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/desk/backgroundwork/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
