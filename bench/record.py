"""Builds a large record, made up from a seed, and publishes it: `python -m bench.record --size 10000`.

Beside the seed record, of whose words, states and agencies it is made: `size` grant awards, a tenth as many letters
with deadlines, replies and assessments, a 25th as many places (40,000 at most), and their mailings and sources. It goes
the product's own ways in bulk, import, submission and publication, into the databases that DATABASE_URL,
PUBLISHED_DATABASE_URL and INBOX_DATABASE_URL name. Tables that are there are migrated; a record that holds made-up
awards is left as it is. The same size and seed give the same record.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import resource
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command

from desk.tables.bulk import BULK, carry_out_in_bulk
from desk.tables.imports import Table, carry_out
from desk.tables.rows import IN_BULK
from jurisdictions.models import Jurisdiction
from nouns.noun import PublicNoun
from tracker.models import GrantAward, GrantProgram, Letter, LetterBatch, LetterEvent, Record, Source
from tracker.publishing import workflow

IN_ONE_TABLE = {True: 100_000, False: 5_000}
"""Rows of a table that is imported in bulk, and of one that is not."""
IN_ONE_ACT = 5_000
"""Records that are published together."""
MOST_PLACES = 40_000
FIRST_DAY, DAYS = date(2017, 1, 20), 3000
Cells = dict[str, object]


class Place(NamedTuple):
    """Whoever gets awards and letters."""

    slug: str
    name: str
    state: str


class Words:
    """Makes up the rows of tables from the words of the seed record, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # It is to be the same each time, and keeps no secret.
        letters, awards = Letter.objects.exclude(demand=""), GrantAward.objects
        self.states = dict(Jurisdiction.objects.filter(kind="state").order_by("state").values_list("state", "slug"))
        self.names = _each(Jurisdiction.objects.filter(kind__in=["county", "place"]).values_list("name", flat=True))
        self.titles = _each(Source.objects.values_list("title", flat=True))
        self.demands = _each(letters.values_list("demand", flat=True))
        self.offices = _each(letters.values_list("addressee_title", flat=True))
        self.programs = _each(GrantProgram.objects.values_list("slug", flat=True))
        self.notes = _each(awards.values_list("note", flat=True))

    def some(self, words: Sequence[str], least: int, most: int) -> str:
        """A few words of these texts, one after another, as a sentence has them."""
        said = " ".join(self.random.choices(words, k=3)).split()
        start, length = self.random.randrange(len(said)), self.random.randint(least, most)
        return " ".join(said[start : start + length]) or said[0]

    def day(self) -> date:
        """A day of the years that the record is about."""
        return FIRST_DAY + timedelta(days=self.random.randrange(DAYS))

    def places(self, number: int) -> Iterator[Cells]:
        """Cities in every state, named after two places of the seed record."""
        for n in range(number):
            state = self.random.choice(list(self.states))
            name = f"{self.random.choice(self.names)} {self.random.choice(self.names)}"
            yield {
                "slug": f"made-up-{n}-{state.lower()}", "name": name, "full_name": f"{name} city", "kind": "place",
                "state": state, "parent": self.states[state],
            }  # fmt: skip

    def sources(self, number: int) -> Iterator[Cells]:
        """Papers without a document."""
        for n in range(number):
            yield {
                "slug": f"made-up-{n}", "title": f"{self.some(self.titles, 4, 12)} ({n})", "kind": "official",
                "published_on": self.day(), "address": f"https://www.example.gov/papers/{n}",
            }  # fmt: skip

    def batches(self, number: int, source: Sequence[str]) -> Iterator[Cells]:
        """Mailings."""
        for n in range(number):
            yield {
                "slug": f"made-up-{n}", "title": f"Mailing {n}: {self.some(self.demands, 3, 8)}",
                "sent_on": self.day(), "sender_agency": "office-of-justice-programs",
                "demand": self.random.choice(self.demands), "source": self.random.choice(source),
            }  # fmt: skip

    def awards(self, number: int, places: Sequence[Place], source: Sequence[str]) -> Iterator[Cells]:
        """Awards of a few hundred to ten million dollars; few have a note."""
        for n in range(number):
            place, year = self.random.choice(places), self.random.randint(2000, 2026)
            yield {
                "slug": f"made-up-{n}", "program": self.random.choice(self.programs), "jurisdiction": place.slug,
                "recipient_as_written": f"{place.name}, {place.state}", "award_id": f"15PBJA-{year}-{n:08}",
                "fiscal_year": year, "amount": f"{10 ** self.random.uniform(2.5, 7):.2f}", "amount_kind": "award",
                "awarded_on": f"{year - 1}-{self.random.randint(10, 12)}", "award_status": "Open",
                "address": f"https://www.example.gov/award/ASST_NON_{n}_1550",
                "note": self.some(self.notes, 4, 20) if n % 10 == 0 else "",
                "source": self.random.choice(source), "locator": f"p. {self.random.randint(1, 90)}",
            }  # fmt: skip

    def letters(self, number: int, places: Sequence[Place], source: Sequence[str]) -> Iterator[Cells]:
        """Letters to places; a third belong to a mailing."""
        batches = list(LetterBatch.objects.filter(slug__startswith="made-up-").order_by("slug"))
        for n in range(number):
            place, batch = self.random.choice(places), self.random.choice(batches) if n % 3 == 0 else None
            yield {
                "slug": f"made-up-{n}", "batch": batch.slug if batch else "",
                "sender_agency": "office-of-justice-programs", "recipient_as_written": f"{place.name}, {place.state}",
                "jurisdiction": place.slug, "addressee_title": self.random.choice(self.offices),
                "sent_on": batch.sent_on if batch else self.day(), "legal_authorities": "8-usc-1373",
                "demand": self.random.choice(self.demands), "summary": self.some(self.demands, 8, 40),
                "source": self.random.choice(source), "quote": self.some(self.demands, 5, 15),
            }  # fmt: skip

    def events(self, letters: Iterable[tuple[int, str]]) -> Iterator[LetterEvent]:
        """Of four letters in five a deadline, of every other one a reply, and an assessment of some that replied."""
        for letter, sent_on in letters:
            sent = date.fromisoformat(sent_on)
            if self.random.random() < 0.8:
                due = sent + timedelta(days=self.random.randint(14, 90))
                yield LetterEvent(letter_id=letter, kind="deadline", on=sent_on, due_on=due.isoformat())
            if self.random.random() < 0.5:
                on = sent + timedelta(days=self.random.randint(5, 120))
                yield LetterEvent(letter_id=letter, kind="response", on=on.isoformat(), summary="It replied.")
                if self.random.random() < 0.3:
                    found, on = self.random.choice(("cleared", "adverse")), on + timedelta(days=60)
                    yield LetterEvent(letter_id=letter, kind="assessment", on=on.isoformat(), outcome=found)


def _each(texts: Iterable[str]) -> list[str]:
    """The texts that there are, each once, in an order that does not depend on the database."""
    return sorted(set(texts) - {""})


class Builder:
    """Writes and publishes what is made up, and says how far it is."""

    def __init__(self, seed: int) -> None:
        self.began = time.monotonic()
        self.writer, self.reviewer = _account("bench-writer"), _account("bench-reviewer")
        self.words = Words(seed)

    def build(self, size: int) -> None:
        """Build the record of one size."""
        words = self.words
        self._write(Jurisdiction, words.places(min(size // 25, MOST_PLACES)))
        self._write(Source, words.sources(max(size // 1000, 20)))
        sources = _made_up(Source)
        self._write(LetterBatch, words.batches(max(size // 5000, 5), sources))
        self._publish(LetterBatch)
        known = Jurisdiction.objects.exclude(state="").order_by("slug").values_list("slug", "full_name", "state")
        places = [Place(*row) for row in known]
        self._write(GrantAward, words.awards(size, places, sources))
        self._publish(GrantAward)
        self._write(Letter, words.letters(size // 10, places, sources))
        letters = Letter.objects.filter(slug__startswith="made-up-").order_by("pk").values_list("pk", "sent_on")
        self._write_events(words.events(letters.iterator()))
        self._publish(Letter)

    def _write(self, model: type[PublicNoun], rows: Iterable[Cells]) -> None:
        """Import rows as tables; references are public then."""
        in_bulk, written, rest = model in BULK, 0, iter(rows)
        while some := list(islice(rest, IN_ONE_TABLE[in_bulk])):
            table = Table(model, _csv(some), "made-up.csv", IN_BULK)
            (carry_out_in_bulk if in_bulk else carry_out)(table, by=self.writer, reason="Made up")
            written += len(some)
            self._say(f"{written:,} {model._meta.verbose_name_plural} imported")

    def _write_events(self, events: Iterator[LetterEvent]) -> None:
        while some := list(islice(events, 10_000)):
            LetterEvent.objects.bulk_create(some, batch_size=500)
        self._say(f"{LetterEvent.objects.count():,} events of letters written")

    def _publish(self, model: type[Record]) -> None:
        """Submit and publish the made-up drafts of this kind, an act at a time."""
        drafts = model._base_manager.filter(slug__startswith="made-up-", status="draft").order_by("pk")
        published = 0
        while last := list(drafts.values_list("pk", flat=True)[:IN_ONE_ACT])[-1:]:
            act = drafts.filter(pk__lte=last[0])
            workflow.submit_together(act.iterator(), by=self.writer)
            self._say(f"{published:,} {model._meta.verbose_name_plural} published, further ones submitted")
            act = model._base_manager.filter(slug__startswith="made-up-", status="in_review", pk__lte=last[0])
            published += workflow.approve(act.order_by("pk").iterator(), by=self.reviewer)
            self._say(f"{published:,} {model._meta.verbose_name_plural} published, sources included")

    def _say(self, what: str) -> None:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{time.monotonic() - self.began:7.1f} s  {memory:5.0f} MB  {what}", flush=True)


def _made_up(model: type[PublicNoun]) -> list[str]:
    made_up = model._base_manager.filter(slug__startswith="made-up-")
    return list(made_up.order_by("slug").values_list("slug", flat=True))


def _csv(rows: Sequence[Cells]) -> io.BytesIO:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def _account(username: str) -> User:
    """An account that may do everything, and to which nobody can log in."""
    return User.objects.get_or_create(username=username, defaults={"is_superuser": True, "password": "!"})[0]


def main(size: int, seed: int) -> None:
    """Bring the databases up to date and build the record, unless it is there."""
    settings.DEBUG = False  # Else Django keeps the text of every query.
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    if there := GrantAward.objects.filter(slug__startswith="made-up-").count():
        print(f"There are {there:,} made-up awards already. Name other databases to build another record.")
        return
    call_command("load_seeds")
    Builder(seed).build(size)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=11)
    asked = parser.parse_args()
    main(asked.size, asked.seed)
