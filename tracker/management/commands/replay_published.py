from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from tracker.publishing.edition import replay


class Command(BaseCommand):
    help = "Empty the published edition and rebuild it from the ledger, in one transaction."

    def handle(self, *args: object, **options: object) -> None:
        report = replay()
        self.stdout.write(f"Rebuilt the edition from {len(report.applied)} publications.")
        if report.failed:
            lines = [f"Publication {key} cannot be applied: {why}" for key, why in report.failed.items()]
            raise CommandError("\n".join(lines))
