from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.intake.gazetteer import known_places, read_input
from reading.documents import Unreadable, read_pages
from reading.letters import read


class Command(BaseCommand):
    help = "Print what a federal letter (PDF or text) says of itself: one JSON object for each proposed field."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a PDF or a text file; - reads standard input")

    def handle(self, *args: object, **options: Any) -> None:
        places = known_places()
        try:
            pages = read_pages(read_input(options["file"]))
        except Unreadable as error:
            raise CommandError(str(error)) from None
        if not any(page.strip() for page in pages):
            self.stderr.write("The document has no text: it is a scan, or a picture.")
        for proposal in read(pages, places):
            self.stdout.write(json.dumps(asdict(proposal), ensure_ascii=False))
