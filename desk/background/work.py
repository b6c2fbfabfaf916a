"""Background work: who is at it, what is taken up again after a crash, what is tried again, what waits for a person.

Every task of the product may be begun more than once (its worker may die), so each is written to bear that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks_db.backend import TaskResult
from django_tasks_db.compat import TaskResultStatus

from desk.background import locks
from desk.models import ATTEMPTS, BackgroundWork, SetAside
from nouns.databases import BATCH, RECORD

KEPT = timedelta(days=14)
"""How long finished work is kept for people to look at."""
CLAIMING = timedelta(seconds=5)
"""A worker that has just claimed a piece of work has not locked it yet."""

WAITS = (timedelta(minutes=5), timedelta(minutes=30))
"""How long failed work rests before its second and its third attempt, since what was down may need a while."""

TRIED_ENOUGH = Q(**{f"worker_ids__{ATTEMPTS - 1}__isnull": False})
"""Work that as many workers have begun as may; `worker_ids` holds one name for each attempt."""

_running: dict[str, Callable[[], None]] = {}


def begin_running(sender: object, task_result: object, **_signal: object) -> None:
    """Lock the work that this process begins, for as long as the process lives. Connected to `task_started`."""
    if isinstance(task_result, TaskResult) and (give_back := locks.take(_lock_of(task_result.id))):
        _running[str(task_result.id)] = give_back


def end_running(sender: object, task_result: Any, **_signal: object) -> None:
    """Unlock the work that this process has finished. Connected to `task_finished`."""
    if give_back := _running.pop(str(task_result.id), None):
        give_back()


def _lock_of(key: object) -> str:
    return f"work-{key}"


def take_up_stuck_work(now: datetime) -> int:
    """Put back what is marked as running and nobody runs, since its worker died; return how much.

    The dead worker's attempt counts: work that kills its workers fails after as many attempts as any other.
    """
    taken_up = 0
    running = BackgroundWork.objects.filter(status=TaskResultStatus.RUNNING)
    for work in running.exclude(started_at__range=(now - CLAIMING, now + CLAIMING)):
        with locks.held(_lock_of(work.pk)) as abandoned:
            if abandoned:
                # Its worker may have finished it, or another one begun it anew, since it was read.
                unchanged = BackgroundWork.objects.filter(
                    pk=work.pk, status=TaskResultStatus.RUNNING, started_at=work.started_at
                )
                taken_up += unchanged.filter(~TRIED_ENOUGH).update(status=TaskResultStatus.READY)
                unchanged.filter(TRIED_ENOUGH).update(
                    status=TaskResultStatus.FAILED,
                    finished_at=now,
                    traceback="The worker stopped while it was at this, each time.",
                )
    return taken_up


def retry_failed_work(now: datetime) -> int:
    """Put back what failed and was not tried often enough, to be begun when it has rested; return how much."""
    put_back = 0
    failed: QuerySet[Any] = BackgroundWork.objects.filter(~TRIED_ENOUGH, status=TaskResultStatus.FAILED, set_aside=None)
    for work in failed:
        begin = (work.finished_at or now) + WAITS[work.attempts - 1]
        put_back += failed.filter(pk=work.pk).update(status=TaskResultStatus.READY, run_after=begin, finished_at=None)
    return put_back


def prune(now: datetime) -> int:
    """Delete what succeeded or was set aside long ago; return how much. What failed waits for a person."""
    done = Q(status=TaskResultStatus.SUCCESSFUL) | Q(status=TaskResultStatus.FAILED, set_aside__isnull=False)
    keys = list(BackgroundWork.objects.filter(done, finished_at__lte=now - KEPT).values_list("pk", flat=True)[:BATCH])
    BackgroundWork.objects.filter(pk__in=keys).delete()
    return len(keys)


def failed_work() -> QuerySet[Any]:
    """What failed as often as it may be tried, and nobody has set aside."""
    return BackgroundWork.objects.filter(TRIED_ENOUGH, status=TaskResultStatus.FAILED, set_aside=None)


@transaction.atomic(using=RECORD)
def try_again(works: Iterable[BackgroundWork]) -> int:
    """Let workers begin failed work anew, with all its attempts; return how much."""
    failed = BackgroundWork.objects.filter(pk__in=[work.pk for work in works], status=TaskResultStatus.FAILED)
    SetAside.objects.filter(work__in=failed).delete()
    return failed.update(status=TaskResultStatus.READY, finished_at=None, worker_ids=[])


@transaction.atomic(using=RECORD)
def set_aside(works: Iterable[BackgroundWork], *, by: User, now: datetime) -> int:
    """Take failed work off the work list and leave it undone; return how much."""
    keys = [work.pk for work in works]
    failed = BackgroundWork.objects.filter(pk__in=keys, status=TaskResultStatus.FAILED, set_aside=None)
    return len(SetAside.objects.bulk_create([SetAside(work=work, by=by, at=now) for work in failed]))
