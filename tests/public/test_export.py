"""CSV that the database writes is, byte for byte, the CSV that records make."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nouns.databases import PUBLISHED
from public.engine.export import lines
from public.engine.pages import stream
from public.engine.select import select
from public.engine.serializers import Links, cells, columns, record
from public.engine.spreadsheets import RUNNING, SPACE, csv_text
from public.nouns import NOUNS
from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import Citation, GrantAward

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

TODAY = date(2018, 1, 1)
LINKS = Links("https://tracker.example")
LABELLED = ["slug,api_url,amount_kind_label,disputed,amount", "note,recipient_as_written", "award_id,published_at"]
TEXTS = st.one_of(
    st.text(st.sampled_from(sorted(RUNNING | SPACE | set("'\"a,;9.-\u0669\\%"))), max_size=6),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
)


@pytest.fixture
def awards(publish: Publish) -> list[GrantAward]:
    """Two awards, of which a source contradicts one, and nothing is known of the other."""
    known = factories.grant(amount="1234.50", subaward_count=3, awarded_on="2017-09", note="A note.")
    factories.cite(known, field="amount", stance=Citation.Stance.CONTRADICTS)
    unknown = factories.grant(amount=None)
    publish(*GrantAward.objects.filter(pk__in=[known.pk, unknown.pk]))
    return [known, unknown]


def written(noun: str, **asked: str) -> tuple[str, str]:
    """The rows as the database writes them, and as their records do."""
    selection = select(NOUNS[noun], {"format": "csv", **asked}, today=TODAY)
    keys = columns(selection.noun, selection.fields)
    parts = lines(selection, keys, LINKS)
    assert parts is not None
    by_database = "".join(part if isinstance(part, str) else part.decode() for part in parts)
    by_records = csv_text(cells(keys, record(selection.noun, row, LINKS)) for row in stream(selection))
    return by_database, by_records


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(recipient=TEXTS.filter(bool), note=TEXTS, status=TEXTS)
def test_hostile_text_is_as_safe(awards: list[GrantAward], recipient: str, note: str, status: str) -> None:
    edition: Any = models.QuerySet(GrantAward).using(PUBLISHED)
    edition.update(recipient_as_written=recipient, note=note, award_status=status)
    by_database, by_records = written("grants")
    assert by_database == by_records


@pytest.mark.parametrize("fields", LABELLED)
def test_some_columns_are_the_same(awards: list[GrantAward], fields: str) -> None:
    by_database, by_records = written("grants", fields=fields, ordering="amount")
    assert by_database == by_records
    assert by_records.count("\r\n") == 2


@pytest.mark.parametrize("noun", ["agencies", "designations", "questions", "sources"])
def test_other_nouns_are_the_same(noun: str, publish: Publish) -> None:
    publish(factories.MAKERS[noun](), factories.MAKERS[noun]())
    by_database, by_records = written(noun)
    assert by_database == by_records
    assert by_records


@pytest.mark.parametrize(
    ("noun", "asked"),
    [("letters", {}), ("statements", {}), ("sources", {"fields": "title"}), ("designations", {"on": "2017-01-01"})],
)
def test_what_no_single_row_holds_is_left_to_the_records(noun: str, asked: dict[str, str]) -> None:
    selection = select(NOUNS[noun], asked, today=TODAY)
    assert lines(selection, columns(selection.noun, selection.fields), LINKS) is None
