"""A snapshot follows the edition: asked for once for each version, built by a worker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desk.background.nightly_snapshot import ask_for_snapshot
from desk.models import BackgroundWork
from public.engine.dataset import dataset_version
from snapshots import store
from tests import factories
from tests.conftest import Publish, Work
from tests.desk.conftest import noon
from tracker.models import Letter

NOW = noon("2017-07-01")


def test_each_version_is_asked_for_once_and_then_on_offer(
    published_letter: Letter, publish: Publish, work_off: Work, settings: Any, tmp_path: Path
) -> None:
    settings.SNAPSHOTS_ROOT = tmp_path
    assert [ask_for_snapshot(NOW) for _ in range(3)] == [1, 0, 0]
    work_off()
    offered = store.current()
    assert offered is not None
    assert offered.number == dataset_version().number
    assert ask_for_snapshot(NOW) == 0
    publish(factories.agency())
    assert [ask_for_snapshot(NOW), ask_for_snapshot(NOW)] == [1, 0]
    assert BackgroundWork.objects.count() == 2


def test_nothing_is_asked_for_while_nothing_is_public() -> None:
    assert ask_for_snapshot(NOW) == 0
