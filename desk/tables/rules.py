"""The rules that the database holds, asked of nouns that are not stored yet: many at once, with few queries.

Django asks the database for each rule of each row. Here conditions are answered in Python, as SQL would: a comparison
with nothing is neither true nor false, and only what is false breaks a rule. The database still has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.constants import LOOKUP_SEP

from nouns.databases import batches
from nouns.noun import PublicNoun

Truth = bool | None
Condition = Callable[[Any], Truth]
Key = tuple[object, ...]

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda value, other: value == other,
    "gte": lambda value, least: value >= least,
    "in": lambda value, others: value in others,
    "range": lambda value, ends: ends[0] <= value <= ends[1],
    "regex": lambda value, pattern: bool(re.search(pattern, value)),
    "startswith": lambda value, start: value.startswith(start),
}


@dataclass(frozen=True)
class CheckRule:
    """A condition on the values of one noun, and the columns that it is about."""

    columns: frozenset[str]
    holds: Condition
    reason: str


@dataclass(frozen=True)
class UniqueRule:
    """Columns that no two nouns share, where the condition applies."""

    columns: tuple[str, ...]
    applies: Condition
    reason: str

    def key(self, noun: PublicNoun) -> Key | None:
        """What no other noun may have; None where the rule does not apply or a part is unknown."""
        key = tuple(getattr(noun, noun._meta.get_field(name).attname) for name in self.columns)  # type: ignore[union-attr]
        return None if None in key or not self.applies(noun) else key

    def owners(self, model: type[PublicNoun], keys: Collection[Key]) -> dict[Key, str]:
        """The slugs of the stored nouns that have these keys, with a query for each batch of them."""
        columns = [model._meta.get_field(name).attname for name in self.columns]  # type: ignore[union-attr]
        wanted, found = sorted(keys, key=repr), dict[Key, str]()
        for batch in batches(wanted):
            parts = zip(*batch, strict=True)
            near = {f"{name}__in": set(values) for name, values in zip(columns, parts, strict=True)}
            for slug, *values in model._base_manager.filter(**near).values_list("slug", *columns):
                found[tuple(values)] = slug
        return {key: found[key] for key in wanted if key in found}


@cache
def check_rules(model: type[PublicNoun]) -> tuple[CheckRule, ...]:
    """The conditions that the database holds on each row of this model."""
    return tuple(
        CheckRule(
            columns=frozenset(_columns(model, rule.condition)),
            holds=condition(model, rule.condition),
            reason=_reason(model, rule),
        )
        for rule in model._meta.constraints
        if isinstance(rule, CheckConstraint) and isinstance(rule.condition, Q)
    )


@cache
def unique_rules(model: type[PublicNoun]) -> tuple[UniqueRule, ...]:
    """What no two rows of this model share, besides the slug."""
    of_one = [
        UniqueRule((field.name,), lambda _noun: True, f"Another {model._meta.verbose_name} has the same {field.name}.")
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key and field.name != "slug"
    ]
    of_several = [
        UniqueRule(tuple(rule.fields), condition(model, rule.condition or Q()), _reason(model, rule))
        for rule in model._meta.constraints
        if isinstance(rule, UniqueConstraint)
    ]
    return (*of_one, *of_several)


def _reason(model: type[PublicNoun], rule: models.BaseConstraint) -> str:
    if rule.violation_error_message != rule.default_violation_error_message:
        return str(rule.violation_error_message)
    if isinstance(rule, UniqueConstraint):
        return f"Another {model._meta.verbose_name} has the same {' and '.join(rule.fields)}."
    words = rule.name.removeprefix(f"{model._meta.model_name}_").replace("_", " ")
    return f"This breaks a rule of the record: {model._meta.verbose_name} {words}."


def condition(model: type[models.Model], query: Q) -> Condition:
    """The condition as a function of a row of the model. Raises KeyError for a comparison that is not known here."""
    parts = [condition(model, part) if isinstance(part, Q) else _comparison(model, *part) for part in _parts(query)]
    truths = _any_of if query.connector == Q.OR else _all_of

    def answer(row: object) -> Truth:
        truth = truths(part(row) for part in parts)
        return truth if truth is None or not query.negated else not truth

    return answer


def _parts(query: Q) -> list[Any]:
    """The parts of a condition: other conditions, and pairs of a comparison's name and what is compared."""
    return list(query.children)


def _all_of(truths: Iterable[Truth]) -> Truth:
    answer: Truth = True
    for truth in truths:
        if truth is False:
            return False
        answer = None if truth is None else answer
    return answer


def _any_of(truths: Iterable[Truth]) -> Truth:
    answer: Truth = False
    for truth in truths:
        if truth:
            return True
        answer = None if truth is None else answer
    return answer


def _comparison(model: type[models.Model], name: str, wanted: object) -> Condition:
    column, _, lookup = name.partition(LOOKUP_SEP)
    attribute = _attribute(model, column)
    if lookup == "isnull":
        return lambda row: (getattr(row, attribute) is None) is wanted
    compare = COMPARISONS[lookup or "exact"]
    other = _attribute(model, _name(wanted)) if isinstance(wanted, F) else ""

    def answer(row: object) -> Truth:
        value, against = getattr(row, attribute), getattr(row, other) if other else wanted
        return None if value is None or against is None else compare(value, against)

    return answer


def _name(column: F) -> str:
    name: str = column.name  # type: ignore[attr-defined]  # Its types leave the name out.
    return name


def _attribute(model: type[models.Model], column: str) -> str:
    return "pk" if column == "pk" else str(model._meta.get_field(column).attname)  # type: ignore[union-attr]


def _columns(model: type[models.Model], query: Q) -> set[str]:
    """The columns that a condition compares."""
    found: set[str] = set()
    for part in _parts(query):
        if isinstance(part, Q):
            found |= _columns(model, part)
        else:
            name, wanted = part
            found.add(name.partition(LOOKUP_SEP)[0])
            found |= {_name(wanted)} if isinstance(wanted, F) else set()
    return found
