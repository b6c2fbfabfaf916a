"""Who may do what, tried: a table of deeds by people, each cell a request that is taken back.

Because every deed is taken back, one set-up serves all the cells of a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.test import Client

from inbox import INBOX
from nouns.databases import RECORD
from tests.desk.admin.desk import address

STAFF, REVIEWERS, KEEPERS, NOBODY = {"alice", "bob", "carol"}, {"bob", "carol"}, {"carol"}, set[str]()
"""Of the cast, those with any role, those who may publish, and those who keep the accounts."""

Ask = Callable[[Client], Any]
Cells = dict[str, Ask]
Clients = dict[str, Client]


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens inside leaves no trace, in the record or in the inbox."""
    with transaction.atomic(), transaction.atomic(using=INBOX):
        yield
        for alias in (RECORD, INBOX):
            transaction.set_rollback(True, using=alias)


def does(model: type[models.Model], client: Client, ask: Ask) -> bool:
    """Whether the request did its deed: showed a page, or changed a row. Anything but a plain refusal is an error."""
    before = list(model._base_manager.order_by("pk").values_list())
    with taken_back():
        answer = ask(client)
        if answer.streaming:
            answer.getvalue()  # Read to its end, a file is closed.
        changed = list(model._base_manager.order_by("pk").values_list()) != before
    if answer.request["REQUEST_METHOD"] == "GET":
        assert not changed
        done: bool = answer.status_code == 200
    else:
        done = changed
    assert answer.status_code < 500
    if not done:
        shows_the_list_again = answer.context is not None and "cl" in answer.context  # An action that is not offered.
        assert answer.status_code in {302, 403, 404} or shows_the_list_again, answer.content.decode()
    return done


def matrix(model: type[models.Model], cells: Cells, clients: Clients) -> dict[str, set[str]]:
    """Who can do what, as tried."""
    return {
        deed: {person for person, client in clients.items() if does(model, client, ask)} for deed, ask in cells.items()
    }


def page(model: Any, name: str, *args: Any) -> Ask:
    url = address(model, name, *args)
    return lambda client: client.get(url)


def post(model: Any, page_name: str, *args: Any, **data: Any) -> Ask:
    url = address(model, page_name, *args)
    return lambda client: client.post(url, data)
