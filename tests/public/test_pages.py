"""Pages by key: whatever the order, and however much is unknown, they give each row once and in its place."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nouns.databases import PUBLISHED
from public.engine.dataset import dataset_version
from public.engine.errors import BadQuery
from public.engine.pages import Page, page
from public.engine.select import select
from public.nouns import NOUNS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import GrantAward, Policy

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

TODAY = date(2018, 1, 1)


def page_of(noun: str, **params: Any) -> Page:
    return page(
        select(NOUNS[noun], {name: str(value) for name, value in params.items()}, today=TODAY), dataset_version()
    )


def walk(noun: str, *, backwards: bool = False, **params: Any) -> list[str]:
    """The slugs of all pages, following `next` from the first, or `previous` from the last.

    A walk that goes in a circle ends after as many pages as the list has rows, and fails.
    """
    first = page_of(noun, **params)
    most = first.count or 1
    pages = [first]
    while pages[-1].next:
        pages.append(page_of(noun, **params, cursor=pages[-1].next))
        assert len(pages) <= most
    if backwards:
        pages = [pages[-1]]
        while pages[0].previous:
            pages.insert(0, page_of(noun, **params, cursor=pages[0].previous))
            assert len(pages) <= most
    return [row.slug for each in pages for row in each.rows]


ORDERINGS = [
    "",
    "amount",
    "-amount",
    "fiscal_year,-amount",
    "-fiscal_year,amount",
    "recipient_as_written,amount,-state",
]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(st.sampled_from([None, 0, 5, 7]), min_size=1, max_size=9),
    ordering=st.sampled_from(ORDERINGS),
    size=st.integers(1, 4),
)
def test_pages_give_every_row_once_in_order_both_ways(
    amounts: list[int | None], ordering: str, size: int, edition_of_grants: list[GrantAward]
) -> None:
    GrantAward.edition.update(amount=None)
    for award, amount in zip(edition_of_grants, amounts, strict=False):
        GrantAward.edition.filter(pk=award.pk).update(amount=amount)
    whole = [row.slug for row in select(NOUNS["grants"], {"ordering": ordering}, today=TODAY).queryset]
    assert walk("grants", ordering=ordering, page_size=size) == whole
    assert walk("grants", ordering=ordering, page_size=size, backwards=True) == whole


@pytest.fixture
def edition_of_grants(publish: Publish) -> list[GrantAward]:
    awards = [
        factories.grant(fiscal_year=2015 + number % 2, recipient_as_written=f"R{number % 3}") for number in range(9)
    ]
    publish(*awards)
    return awards


@pytest.mark.parametrize("ordering", ["", "adopted_on", "-adopted_on", "state,adopted_on"])
def test_pages_of_partial_and_unknown_dates_are_whole(ordering: str, publish: Publish) -> None:
    dates = ["2014", "2014-05", "2014-05-01", "", "2013-12-31", "", "2014-05"]
    publish(*(factories.policy(adopted_on=text) for text in dates))
    whole = [row.slug for row in select(NOUNS["policies"], {"ordering": ordering}, today=TODAY).queryset]
    for size in (1, 2, 3):
        assert walk("policies", ordering=ordering, page_size=size) == whole
        assert walk("policies", ordering=ordering, page_size=size, backwards=True) == whole
    by_slug = {row.slug: row.adopted_on for row in Policy.edition.all()}
    if "state" not in ordering:
        assert [by_slug[slug] for slug in whole][-2:] == ["", ""]


@pytest.mark.parametrize("ordering", ["standing", "-standing,due_on", "due_on", "-due_on"])
def test_pages_in_the_order_of_what_is_computed_are_whole(ordering: str, publish: Publish) -> None:
    publish(*(factories.letter(due_on=day) for day in ("2017-06-30", "", "2018-06-30", "2017-06", "")))
    whole = [row.slug for row in select(NOUNS["letters"], {"ordering": ordering}, today=TODAY).queryset]
    assert walk("letters", ordering=ordering, page_size=2) == whole
    assert walk("letters", ordering=ordering, page_size=2, backwards=True) == whole


def test_count_is_kept_for_the_edition_and_made_anew_for_the_next(publish: Publish) -> None:
    publish(*(factories.authority() for _ in range(3)))
    assert page_of("legal-authorities", page_size=2).count == 3
    with CaptureQueriesContext(connections[PUBLISHED]) as queries:
        assert page_of("legal-authorities", page_size=1).count == 3
    assert not [query for query in queries.captured_queries if "COUNT(" in query["sql"]]
    publish(factories.authority())
    assert page_of("legal-authorities", page_size=2).count == 4


def test_changed_cursor_is_refused(publish: Publish) -> None:
    publish(*(factories.authority() for _ in range(3)))
    payload, signature = page_of("legal-authorities", page_size=1).next.split(":")
    content = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    content[-1][-1] += 1
    changed = urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).decode().rstrip("=")
    for cursor in (f"{changed}:{signature}", f"{payload}:", payload, ":", "x:y", "\udcff"):
        with pytest.raises(BadQuery, match="cursor"):
            page_of("legal-authorities", page_size=1, cursor=cursor)


@pytest.mark.parametrize(
    ("ordering", "columns"),
    [
        ("", ["-sent_on", "recipient_as_written", "-id"]),
        ("-sent_on", ["-sent_on", "recipient_as_written", "-id"]),
        ("sent_on", ["sent_on", "-recipient_as_written", "id"]),
        ("state", ["state", "-sent_on", "recipient_as_written", "-id"]),
        ("-state", ["-state", "sent_on", "-recipient_as_written", "id"]),
    ],
)
def test_ordering_is_completed_by_the_default_one_which_has_an_index(ordering: str, columns: list[str]) -> None:
    order = select(NOUNS["letters"], {"ordering": ordering}, today=TODAY).order
    assert [f"{'-' if key.descending else ''}{key.name}" for key in order] == columns


@pytest.mark.parametrize("noun", NOUNS)
def test_default_order_ends_with_the_key(noun: str) -> None:
    assert NOUNS[noun].ordering[-1].lstrip("-") == "id"
