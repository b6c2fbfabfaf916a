from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.tables.bulk import carry_out_in_bulk
from desk.tables.imports import Table
from desk.tables.problems import Refused
from desk.tables.rows import IN_BULK
from tracker.models import GrantAward


class Command(BaseCommand):
    help = "Import a table of grant awards (.csv or .xlsx) of any length as drafts: all of its rows, or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="the account in whose name the drafts are written")
        parser.add_argument("--reason", default="", help="why, for the history; otherwise the name of the file")

    def handle(self, *args: object, **options: Any) -> None:
        path: Path = options["file"]
        try:
            by = User.objects.get(username=options["by"])
        except User.DoesNotExist:
            raise CommandError(f"There is no account {options['by']}.") from None
        try:
            with path.open("rb") as file:
                report = carry_out_in_bulk(
                    Table(GrantAward, file, path.name, IN_BULK),
                    by=by,
                    reason=options["reason"] or f"Imported ({path.name})",
                    progress=lambda rows: self.stdout.write(f"{rows:,} rows looked at"),
                )
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except PermissionDenied as refusal:
            raise CommandError(f"Nothing was imported. {refusal}") from None
        except Refused as refusal:
            told = "\n".join(map(str, refusal.problems))
            raise CommandError(f"Nothing was imported: {refusal.total:,} problems.\n{told}") from None
        counts = {verb: f"{count:,}" for verb, count in report.counts.items()}
        self.stdout.write(f"Added {counts['add']}, changed {counts['change']}, unchanged {counts['unchanged']}.")
