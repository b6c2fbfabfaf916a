from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from desk.tick import tick


class Command(BaseCommand):
    help = "Do what is due: reminders, digests, stuck and failed work, the edition. Run it once a minute."

    def handle(self, *args: object, **options: object) -> None:
        report = tick(timezone.now())
        if report is None:
            self.stdout.write("Another tick is at work.")
            return
        for name, amount in report.done.items():
            self.stdout.write(f"{name.capitalize()}: {amount}.")
        if report.failed:
            raise CommandError("\n".join(f"{name.capitalize()}: failed. {why}" for name, why in report.failed.items()))
