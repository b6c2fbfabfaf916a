from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from snapshots.build import build


class Command(BaseCommand):
    help = "Build the snapshot of what is published now, unless it is there, and offer it at /data/."

    def handle(self, *args: Any, **options: Any) -> None:
        built = build(timezone.now())
        if built is None:
            self.stdout.write("Nothing is published yet.")
            return
        self.stdout.write(f"Dataset version {built.number}, built {built.built_at}.")
        for file in built.files:
            self.stdout.write(f"{file.name}  {file.size:,} bytes  {file.sha256}")
