"""Asking the whole application, with what is kept in front of Django, as a server does."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from config.answers import Application, Headers, header
from config.kept_answers import KeptAnswers, in_front_of


@dataclass(frozen=True)
class Told:
    """What came back: status, headers, and the body, whole."""

    status: int
    headers: Headers
    body: bytes

    def __getitem__(self, name: str) -> str:
        return header(self.headers, name.lower())


def front() -> KeptAnswers:
    """The whole application, which has kept nothing yet."""
    return in_front_of(WSGIHandler())


def ask(application: Application, address: str, *, method: str = "GET", **headers: str) -> Told:
    """Ask for an address. Headers are named as keywords: `if_none_match="*"`."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    environ = RequestFactory().generic(method, address, headers=given).environ
    heads: list[tuple[str, Headers]] = []
    # As Django's own test client: the end of a request would close the connection that holds the test's transaction.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        body = application(environ, lambda *head: heads.append(head[:2]))
        content = b"".join(body)
        getattr(body, "close", lambda: None)()
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
    [(status, told)] = heads
    return Told(int(status.split()[0]), told, content)
