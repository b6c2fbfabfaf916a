"""What happens once a minute, whoever's clock says so: cron, systemd, or the compose service.

A step asks what is to be done now and does it; it neither counts runs nor trusts that the last one was a minute ago.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from desk.admin.once import forget_sent_forms
from desk.background import locks
from desk.background.link_checks import request_checks
from desk.background.nightly_snapshot import ask_for_snapshot
from desk.background.work import prune, retry_failed_work, take_up_stuck_work
from desk.intake.kept_uploads import forget_uploads
from desk.reminders.deadlines import remind
from desk.reminders.digests import write_digests
from desk.tables.uploads import forget_tables
from inbox.reports import forget_reporters, forget_senders
from tracker.publishing.edition import sync_published

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """One thing that a tick does. `carry_out` takes the time and returns how much it did."""

    name: str
    carry_out: Callable[[datetime], int]


def heal_edition(now: datetime) -> int:
    """Apply to the edition what the ledger has and it lacks, after a crash between the two; return how much."""
    return len(sync_published().applied)


STEPS: tuple[Step, ...] = (
    Step("publications applied to the edition", heal_edition),
    Step("stuck work taken up again", take_up_stuck_work),
    Step("failed work to be tried again", retry_failed_work),
    Step("mails with reminders", remind),
    Step("weekly digests", write_digests),
    Step("snapshots asked for", ask_for_snapshot),
    Step("addresses to be checked", request_checks),
    Step("finished work forgotten", prune),
    Step("senders of reports forgotten", forget_senders),
    Step("names and addresses of old reports forgotten", forget_reporters),
    Step("keys of old forms forgotten", forget_sent_forms),
    Step("uploaded tables forgotten", forget_tables),
    Step("files of old forms forgotten", forget_uploads),
)
"""Everything that a tick does, in this order. A room that has something to do regularly adds its step here."""


@dataclass
class Report:
    """What a tick did: how much of each step (steps that did nothing left out), and the steps that failed, with why."""

    done: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def tick(now: datetime) -> Report | None:
    """Carry out every step that has something to do; None when another tick is at it. A step that fails stops none."""
    with locks.held("tick") as alone:
        if not alone:
            return None
        report = Report()
        for step in STEPS:
            try:
                if amount := step.carry_out(now):
                    report.done[step.name] = amount
            except Exception as error:
                logger.exception("A step of the tick failed: %s", step.name)
                report.failed[step.name] = str(error) or type(error).__name__
        return report
