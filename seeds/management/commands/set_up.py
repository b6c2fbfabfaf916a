from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from seeds.demo_accounts import create_demo_accounts


class Command(BaseCommand):
    help = "Bring every database up to date, heal the edition, load the seed record, make the demo accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="", help="Where it will be served, to be printed.")

    def handle(self, *args: Any, **options: Any) -> None:
        for alias in settings.DATABASES:
            self.stdout.write(f"Migrating {alias} ...")
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        call_command("sync_published", stdout=self.stdout)
        call_command("load_seeds", stdout=self.stdout)
        accounts = create_demo_accounts()
        if address := options["address"]:
            self.stdout.write(
                f"\nPublic pages   {address}\nAPI            {address}api/v1/\nAdmin          {address}admin/"
            )
        for account in accounts:
            self.stdout.write(f"Log in as      {account.username} / {account.password}")
