"""The rules answered in Python are those that the database holds."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from desk.tables.rules import check_rules, unique_rules
from nouns.declarations import noun_models
from nouns.partial_dates import PartialDateField
from tests import factories
from tests.conftest import BOTH_DATABASES

pytestmark = pytest.mark.django_db(databases=BOTH_DATABASES)


def some_value(field: models.Field[Any, Any], chance: Random) -> Any:
    """A value that the field's column holds, right or wrong."""
    if isinstance(field, PartialDateField):
        return chance.choice(["", "2015", "2016-01", "2016-01-04"])
    if isinstance(field, models.FileField):
        return ""
    if isinstance(field, models.ForeignKey):
        return chance.choice([None, 1, 2])
    if isinstance(field, models.CharField | models.TextField):
        choices = [str(value) for value, _ in field.flatchoices]
        return chance.choice(["", "word", *choices])
    if isinstance(field, models.DateTimeField | models.BooleanField):
        return field.get_default()
    return chance.choice([None, -1, 0, 1, 200])


@pytest.mark.parametrize("noun", sorted(noun_models()))
def test_a_rule_of_one_noun_is_answered_as_the_database_answers_it(noun: str) -> None:
    model, chance = noun_models()[noun], Random(noun)  # noqa: S311  # It guards nothing.
    constraints = [rule for rule in model._meta.constraints if isinstance(rule, models.CheckConstraint)]
    answers = set()
    for _ in range(60):
        values = {field.attname: some_value(field, chance) for field in model._meta.concrete_fields}
        row = model(**values)
        for rule, constraint in zip(check_rules(model), constraints, strict=True):
            try:
                constraint.validate(model, row)
                allowed = True
            except ValidationError:
                allowed = False
            assert (rule.holds(row) is not False) == allowed, (constraint.name, values)
            answers.add(allowed)
    assert answers == ({True, False} if constraints else set())


@pytest.mark.parametrize("noun", sorted(noun_models()))
def test_every_rule_between_nouns_is_found(noun: str) -> None:
    model = noun_models()[noun]
    declared = [rule for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    assert len(unique_rules(model)) >= len(declared)
    made = factories.MAKERS[noun]()
    for rule in unique_rules(model):
        if (key := rule.key(made)) is not None:
            assert rule.owners(model, [key]) == {key: made.slug}
