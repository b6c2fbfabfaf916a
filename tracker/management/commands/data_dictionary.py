from __future__ import annotations

from django.core.management.base import BaseCommand

from tracker.data_dictionary import data_dictionary


class Command(BaseCommand):
    help = "Print the data dictionary in Markdown: every public field of every noun, from the models."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(data_dictionary(), ending="")
