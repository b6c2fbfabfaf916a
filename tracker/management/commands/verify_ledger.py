from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from tracker.models import Publication
from tracker.publishing.ledger import verify_ledger


class Command(BaseCommand):
    help = "Check the ledger's hash chain: no row changed, removed or moved. Exits with 1 when something is wrong."

    def handle(self, *args: object, **options: object) -> None:
        if faults := verify_ledger():
            raise CommandError("\n".join(faults))
        self.stdout.write(f"The ledger's {Publication.objects.count()} publications are as they were written.")
