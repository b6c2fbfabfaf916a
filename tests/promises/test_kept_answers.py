"""A kept answer is the answer: byte for byte what is made, and never older than a second, in every process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import cycle, product
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connections
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from inbox import INBOX
from nouns.databases import PUBLISHED
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tests.front import Told, ask, front
from tests.surfaces import public_addresses
from tracker.models import Letter
from tracker.publishing import workflow

REQUESTS = [
    {},
    {"accept_encoding": "gzip, br"},
    {"accept_encoding": "gzip"},
    {"origin": "https://elsewhere.example"},
    {"accept": "application/json"},
    {"if_none_match": "*"},
    {"method": "HEAD"},
    {"cookie": "sessionid=anything"},
    {"accept_language": "es", "user_agent": "a reader"},
]
PARAMETERS = ["", "?on=2017-07-01", "?state=IL", "?state=XX", "?unknown=1", "?format=csv", "?page_size=1"]


def content(told: Told) -> tuple[int, list[tuple[str, str]], bytes]:
    return told.status, sorted(told.headers), told.body


@pytest.mark.django_db(databases=BOTH_DATABASES)
@time_machine.travel("2017-07-01T16:00:00Z", tick=False)  # The form for a mistake is stamped with the time.
def test_a_kept_answer_is_byte_for_byte_the_made_one(publish: Publish) -> None:
    rows = {noun: make() for noun, make in factories.MAKERS.items()}
    publish(*rows.values())
    lists = ["/letters/", "/api/v1/letters/"]
    questions = [
        *zip(public_addresses({noun: row.slug for noun, row in rows.items()}), cycle(REQUESTS), strict=False),
        *((f"{address}{query}", {}) for address in lists for query in PARAMETERS),
        *product(lists, REQUESTS),
    ]
    whole, kept = front(), 0
    for address, request in questions:
        with override_settings(KEPT_ANSWERS_BYTES=0):
            made = ask(front(), address, **request)
        assert content(ask(whole, address, **request)) == content(made), (address, request)
        with CaptureQueriesContext(connections[PUBLISHED]) as queries:
            assert content(ask(whole, address, **request)) == content(made), (address, request)
        kept += not queries.captured_queries
    assert kept > len(questions) / 2


def free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def status_of(port: int, address: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=10) as answer:  # Our own.
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def url_of(database: dict[str, Any]) -> str:
    """Where a test's database is, as the settings of a process name it."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def serving(port: int) -> subprocess.Popen[bytes]:
    """A public process of its own over this test's edition."""
    environment = {**os.environ, "PUBLIC_ONLY": "1", "DEBUG": "1"}
    environment.pop("DATABASE_URL", None)
    for alias in (PUBLISHED, INBOX):
        environment[f"{alias.upper()}_DATABASE_URL"] = url_of(connections[alias].settings_dict)
    command = [sys.executable, "-m", "tests.promises.serve", str(port)]
    return subprocess.Popen(command, env=environment)


@pytest.fixture
def two_processes(published_letter: Letter) -> Iterator[list[int]]:
    """The ports of two public processes, each of which has the letter's page."""
    ports = [free_port(), free_port()]
    with ExitStack() as stack:
        for port in ports:
            process = stack.enter_context(serving(port))
            stack.callback(process.terminate)
        for port in ports:
            wait_until_it_answers(port)
        yield ports


def wait_until_it_answers(port: int) -> None:
    for _ in range(300):
        try:
            status_of(port, "/healthz")
        except urllib.error.URLError:
            time.sleep(0.1)  # A process of its own tells nobody that it has started.
        else:
            return
    pytest.fail("The public process did not start.")


@pytest.mark.django_db(databases=BOTH_DATABASES, transaction=True)
def test_a_withdrawal_is_public_in_every_process_within_a_second(
    two_processes: list[int], published_letter: Letter, bob: User
) -> None:
    page = published_letter.get_absolute_url()
    addresses = [page, f"/api/v1{page}"]
    for port in two_processes:
        assert [status_of(port, address) for address in addresses * 2] == [200] * 4
    workflow.withdraw(published_letter, by=bob, reason="It was never sent.")
    withdrawn = time.monotonic()
    time.sleep(1 - (time.monotonic() - withdrawn))  # The second that the promise allows.
    for port in two_processes:
        assert [status_of(port, address) for address in addresses] == [410, 410]
