"""Asking for a snapshot of the edition whenever it has changed, at most once a tick."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from desk.models import BackgroundWork
from public.engine.dataset import dataset_version
from snapshots import store
from snapshots.build import build


@task()
def build_snapshot(number: int) -> None:
    """Build the snapshot of what is published now; `number` is the dataset version that it was asked for."""
    build(timezone.now())


def ask_for_snapshot(now: datetime) -> int:
    """Ask for the snapshot of the present dataset version unless it is there or was asked for; return how many."""
    version, offered = dataset_version(), store.current()
    if not version.number or (offered and offered.name == store.name_of(version)):
        return 0
    asked = BackgroundWork.objects.filter(task_path=build_snapshot.module_path)
    if asked.filter(args_kwargs__args=[version.number]).exists():
        return 0
    build_snapshot.enqueue(version.number)
    return 1
