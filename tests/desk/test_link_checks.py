"""The nightly check of the sources' addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django_tasks_db.models import DBTaskResult

from desk.background.fetching import Answer, Fetcher, NotAllowed, Unreachable
from desk.background.link_checks import check, request_checks
from tests import factories
from tests.conftest import SignIn
from tests.desk.admin.desk import address
from tracker.models import Source

TWO_IN_THE_MORNING = datetime(2026, 3, 3, 7, tzinfo=UTC)
URL = "https://news.example/article"


class Web(Fetcher):
    """An Internet in which an address answers what a test says; how pages are fetched is tried in test_fetching.py."""

    def fetch(self, url: str) -> Answer:
        said = ANSWERS[url]
        if isinstance(said, Exception):
            raise said
        return said if isinstance(said, Answer) else Answer(200, "text/html", said)


ANSWERS: dict[str, Any] = {}
WEB = Web("Tests")


@pytest.fixture
def source(db: None) -> Source:
    """A source whose address was checked once and lives."""
    ANSWERS[URL] = b"<p>Ninety letters</p>"
    made: Source = factories.source(url=URL)
    return checked(made)


def checked(source: Source) -> Source:
    check(source, WEB, now=TWO_IN_THE_MORNING)
    source.refresh_from_db()
    return source


def test_the_first_answer_is_remembered(source: Source) -> None:
    assert (source.link_state, source.link_checked_at) == ("alive", TWO_IN_THE_MORNING)
    assert len(source.link_sha256) == 64
    assert source.revision == 1


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (b"<p>Ninety  letters</p>\n<script>var today = 3</script>", "alive"),
        (b"<p>Eighty letters</p>", "changed"),
        (Answer(404, "text/html", b""), "dead"),
        (Answer(500, "text/html", b""), "dead"),
        (Unreachable("Name or service not known"), "dead"),
        (Answer(403, "text/html", b""), "alive"),
        (Answer(429, "text/html", b""), "alive"),
        (NotAllowed("news.example is no public address."), "alive"),
    ],
)
def test_what_becomes_of_an_address(source: Source, answer: Any, state: str) -> None:
    first = source.link_sha256
    ANSWERS[URL] = answer
    assert (checked(source).link_state, source.link_sha256) == (state, first)


def test_a_dead_address_that_answers_as_before_lives_again(source: Source) -> None:
    ANSWERS[URL] = Unreachable("Down")
    assert checked(source).link_state == "dead"
    ANSWERS[URL] = b"<p>Ninety letters</p>"
    assert checked(source).link_state == "alive"


def test_only_what_happened_to_an_address_is_a_line_of_history(source: Source) -> None:
    lines = source.history.count()
    checked(source)
    assert source.history.count() == lines
    ANSWERS[URL] = Unreachable("Down")
    assert checked(source).history.count() == lines + 1


def test_another_address_begins_anew(source: Source) -> None:
    source.url = "https://archive.example/article"
    source.save()
    assert (source.link_state, source.link_sha256, source.link_checked_at) == ("", "", None)
    stale = Source(pk=source.pk, url=URL)
    check(stale, WEB, now=TWO_IN_THE_MORNING)
    source.refresh_from_db()
    assert source.link_state == ""


def test_it_is_off_by_default_and_comes_at_night(source: Source, settings: Any) -> None:
    tomorrow = TWO_IN_THE_MORNING + timedelta(days=1)
    assert not settings.CHECK_LINKS
    assert request_checks(tomorrow) == 0
    settings.CHECK_LINKS = True
    assert request_checks(tomorrow + timedelta(hours=12)) == 0
    assert request_checks(tomorrow) == 1


def test_a_few_of_different_hosts_at_once_each_once_a_night(source: Source, settings: Any) -> None:
    settings.CHECK_LINKS = True
    factories.source(url="")
    for number in range(6):
        factories.source(url=f"https://host-{number // 2}.example/{number}")
    night = TWO_IN_THE_MORNING + timedelta(hours=1)
    handed: list[int] = []
    while number_of := request_checks(night):
        assert request_checks(night) == 0  # The worker is still at it.
        work = DBTaskResult.objects.get()
        keys = work.args_kwargs["args"][0]
        assert len(keys) == number_of <= 4
        Source.objects.filter(pk__in=keys).update(link_checked_at=night)
        handed += keys
        work.delete()
    assert len(handed) == len(set(handed)) == 6
    assert source.pk not in handed  # It was checked earlier in the same night.


def test_staff_find_the_address_and_accept_what_it_answers_now(source: Source, alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    ANSWERS[URL] = b"<p>Eighty letters</p>"
    checked(source)
    assert "Answers with something else than before" in client.get("/admin/work/addresses/").content.decode()
    listed = client.get(address(Source, "changelist"), {"link_state__exact": "changed"}).content.decode()
    assert source.title in listed
    client.post(address(Source, "changelist"), {"action": "accept_addresses", "_selected_action": source.pk})
    assert client.get("/admin/work/addresses/").context["total"] == 0
    source.refresh_from_db()
    assert checked(source).link_state == "alive"
