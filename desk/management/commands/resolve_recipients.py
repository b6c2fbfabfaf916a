from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.intake.gazetteer import known_places, read_input
from reading.documents import Unreadable
from reading.recipients import resolve_list
from reading.texts import decode


class Command(BaseCommand):
    help = "Print what each line of a list of recipients names: one JSON object for each line that is not empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a text file; - reads standard input")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            lines = decode(read_input(options["file"])).split("\n")
        except Unreadable as error:
            raise CommandError(str(error)) from None
        for found in resolve_list(lines, known_places()):
            answer = {
                "line": found.line,
                "geoid": found.place.geoid if found.place else None,
                "slug": found.place.slug if found.place else None,
                "candidates": [place.geoid for place in found.candidates],
                "why": found.why,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
