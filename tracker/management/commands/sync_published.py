from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from tracker.publishing.edition import sync_published


class Command(BaseCommand):
    help = "Apply to the published edition what the ledger has and it lacks. Safe to run at any time."

    def handle(self, *args: object, **options: object) -> None:
        report = sync_published()
        if report.replayed:
            self.stdout.write("The edition did not follow the ledger and was replayed from it.")
        self.stdout.write(f"Applied {len(report.applied)} publications.")
        if report.failed:
            lines = [f"Publication {key} cannot be applied: {why}" for key, why in report.failed.items()]
            raise CommandError("\n".join(lines))
