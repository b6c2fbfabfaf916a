from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from seeds.desk import LostReference
from seeds.load import load
from seeds.rows import SeedErrors, read


class Command(BaseCommand):
    help = "Load the seed record and publish it. What has not changed, and what staff have changed, is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load(read(), progress=self.stdout.write)
        except SeedErrors as errors:
            raise CommandError(f"Nothing was loaded: {len(errors.errors)} faults in the tables.\n{errors}") from None
        except LostReference as error:
            raise CommandError(f"Nothing was loaded. {error}") from None
        except ValidationError as error:
            raise CommandError("Nothing was loaded:\n" + "\n".join(error.messages)) from None
        self.stdout.write(str(report))
