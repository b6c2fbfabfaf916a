"""Whoever alters the ledger is found out: by any column of any row, also when the row gets a hash that fits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import models, transaction

from tests import factories
from tests.conftest import BOTH_DATABASES, Publish
from tracker.models import Publication
from tracker.publishing.ledger import verify_ledger

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)

COLUMNS = {field.attname: field for field in Publication._meta.concrete_fields}


@pytest.fixture
def ledger(publish: Publish, dave: User) -> list[Publication]:
    """Several rows by Bob, of which the last but one tells of a letter that was published twice."""
    letter = factories.letter()
    publish(letter, factories.program())
    letter.demand = "More."
    letter.save()
    publish(letter, action="correct", reason="It was misread.")
    publish(factories.policy())
    rows = list(Publication.objects.all())
    assert verify_ledger() == []
    return rows


def another(row: Publication, column: str) -> Any:
    """Another value that the column could have."""
    field, value = COLUMNS[column], getattr(row, column)
    if isinstance(field, models.ForeignKey):
        return User.objects.exclude(pk=value).values_list("pk", flat=True)[0]
    if isinstance(field, models.DateTimeField):
        return value + timedelta(microseconds=1)
    if isinstance(field, models.JSONField):
        return {**value, "fields": {**value["fields"], "demand": "Less."}}
    if isinstance(field, models.IntegerField):
        return value + 1000
    return {"action": "change", "hash": "f" * 64, "previous_hash": "e" * 64}.get(column, f"{value}x")


def tamper(row: Publication, *, fresh_hash: bool = False, **values: Any) -> None:
    """Write over a row as somebody at the database would, past what the models refuse."""
    if fresh_hash:
        for column, value in values.items():
            setattr(row, column, value)
        values["hash"] = row.computed_hash()
    models.QuerySet(Publication).filter(hash=Publication.objects.get(id=row.id).hash).update(**values)


def not_found_out(ledger: list[Publication], columns: Iterable[str], *, fresh_hash: bool = False) -> list[str]:
    """The columns of which a tampered value passes, in a row in the middle or in the last one."""
    passed = []
    for column in columns:
        for place in (2, -1):
            with transaction.atomic():
                row = Publication.objects.get(id=ledger[place].id)
                tamper(row, fresh_hash=fresh_hash, **{column: another(row, column)})
                if not verify_ledger():
                    passed.append(f"{column} of row {row.id}")
                transaction.set_rollback(True)
    return passed


def test_tampering_with_any_column_is_found_out(ledger: list[Publication]) -> None:
    assert not_found_out(ledger, COLUMNS) == []


def test_a_row_that_was_rewritten_with_a_hash_that_fits_is_found_out(ledger: list[Publication]) -> None:
    assert not_found_out(ledger, sorted(COLUMNS.keys() - {"id", "hash"}), fresh_hash=True) == []


def test_the_command_names_each_row_that_was_tampered_with(ledger: list[Publication], dave: User) -> None:
    tamper(ledger[2], reason="Otherwise.")
    tamper(ledger[-1], by=dave)
    with pytest.raises(CommandError) as refusal:
        call_command("verify_ledger")
    assert f"Publication {ledger[2].id} " in str(refusal.value)
    assert f"Publication {ledger[-1].id} " in str(refusal.value)


def test_the_hash_covers_every_column_but_the_account(ledger: list[Publication]) -> None:
    """It is public, and accounts are few: anybody could try them all."""
    uncovered = []
    for column in COLUMNS:
        row = Publication.objects.get(id=ledger[2].id)
        setattr(row, column, another(row, column))
        if row.computed_hash() == ledger[2].hash:
            uncovered.append(column)
    assert uncovered == ["hash", "by_id"]
