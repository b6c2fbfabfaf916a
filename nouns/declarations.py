"""Which nouns there are, and what hangs together with each, as the models declare it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from django.apps import apps

from nouns.noun import Declared, PublicNoun, Settled, Totals

NounT = TypeVar("NounT", bound=PublicNoun)


@cache
def noun_models() -> dict[str, type[PublicNoun]]:
    """Every public noun's model by the name that URLs and the ledger use."""
    return {model.NOUN: model for model in apps.get_models() if issubclass(model, PublicNoun)}


def child_models(model: type[PublicNoun]) -> dict[str, type[Declared]]:
    """The models of a noun's children by relation name, in declared order."""
    children = {name: model._meta.get_field(name).related_model for name in model.CHILDREN}
    return {name: child for name, child in children.items() if isinstance(child, type) and issubclass(child, Declared)}


def settled_models(model: type[PublicNoun]) -> dict[type[Settled], str]:
    """What the edition keeps ready about nouns of this model, each with the name of its foreign key."""
    related = {each.related_model: each.field.name for each in model._meta.related_objects}
    return {each: key for each, key in related.items() if issubclass(each, Settled)}


@cache
def totals_model(model: type[PublicNoun]) -> type[Totals] | None:
    """The totals of nouns of this model, where the edition keeps any."""
    tables = (table for table in apps.get_models() if issubclass(table, Totals))
    return next((table for table in tables if table.OF is model), None)


def parent_key(model: type[PublicNoun], relation: str) -> str:
    """The name of the foreign key by which the children of this relation point to their noun."""
    name: str = model._meta.get_field(relation).remote_field.name  # type: ignore[union-attr]  # It is a reverse relation.
    return name


def relations(model: type[Declared]) -> list[tuple[str, Any]]:
    """The public fields of a model that point to other nouns, with their names."""
    fields = ((name, model._meta.get_field(name)) for name in model.PUBLIC_FIELDS)
    return [(name, field) for name, field in fields if field.is_relation]


def keys_by_model(nouns: Iterable[NounT]) -> dict[type[NounT], list[int]]:
    """The keys of these nouns by their model, in order and each once."""
    keys: dict[type[NounT], dict[int, None]] = defaultdict(dict)
    for noun in nouns:
        keys[type(noun)][noun.pk] = None
    return {model: list(found) for model, found in keys.items()}
