"""What the rows of a list point to, read for all of them at once.

Django's own `prefetch_related` builds a query for each row and relation before it takes what it has fetched, which
costs more than everything else that a list does. Here each kind of target is asked for once, and each row gets what it
would have found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import models

from nouns.databases import PUBLISHED
from nouns.declarations import parent_key
from nouns.noun import PublicNoun
from public.engine.fields import Kind
from public.engine.noun import Noun
from tracker.models import Citation

Links = Mapping[int, list[int]]
"""The keys that a row points to by one relation, by the row's key."""


def with_references(noun: Noun, rows: Iterable[Any]) -> list[Any]:
    """The rows with all that they point to, and the fields that their citations contradict.

    The number of queries depends on the noun alone. `contradicted` are the names of those fields, "" for the record.
    """
    found = list(rows)
    if not found:
        return found
    keys = [row.pk for row in found]
    links: dict[Any, Links] = {many: _links(many, keys) for many in noun.model.many_to_many_fields()}
    ones: list[Any] = [noun.model._meta.get_field(name) for name in noun.relations(Kind.REFERENCE)]
    targets = _targets(found, ones, links)
    _put_in_order(links, targets)
    contradicted = _contradicted(noun, keys) if noun.cited else {}
    read = {many: _read(many.related_model, targets[many.related_model], keys_of) for many, keys_of in links.items()}
    for row in found:
        for one in ones:
            one.set_cached_value(row, targets[one.related_model].get(getattr(row, one.attname)))
        row.__dict__.setdefault("_prefetched_objects_cache", {}).update(
            (many.name, read[many][tuple(keys_of.get(row.pk, ()))]) for many, keys_of in links.items()
        )
        row.contradicted = contradicted.get(row.pk, set())
    return found


def _links(many: models.ManyToManyField[Any, Any], keys: Collection[int]) -> Links:
    links: dict[int, list[int]] = defaultdict(list)
    through: Any = many.remote_field.through
    row, target = f"{many.m2m_field_name()}_id", f"{many.m2m_reverse_field_name()}_id"
    pairs = through._base_manager.using(PUBLISHED).filter(**{f"{row}__in": keys})
    for key, linked in pairs.values_list(row, target):
        links[key].append(linked)
    return links


def _targets(
    rows: Sequence[Any], ones: Iterable[Any], links: Mapping[Any, Links]
) -> dict[type[PublicNoun], dict[int, PublicNoun]]:
    """Everything that the rows point to, by model and key, in the order in which a list of each would have it."""
    wanted: dict[type[PublicNoun], set[int]] = defaultdict(set)
    for one in ones:
        wanted[one.related_model].update(getattr(row, one.attname) for row in rows)
    for many, keys_of in links.items():
        wanted[many.related_model].update(*keys_of.values())
    return {model: _published(model, keys - {None}) for model, keys in wanted.items()}


def _put_in_order(links: Mapping[Any, Links], targets: Mapping[type[PublicNoun], Mapping[int, PublicNoun]]) -> None:
    """Let the keys of each row follow one another as a list of their targets would."""
    for many, keys_of in links.items():
        places = {key: place for place, key in enumerate(targets[many.related_model])}
        for keys in keys_of.values():
            keys.sort(key=places.__getitem__)


def _published(model: type[PublicNoun], keys: Collection[int]) -> dict[int, PublicNoun]:
    return {target.pk: target for target in model.edition.filter(pk__in=keys)} if keys else {}


def _read(
    model: type[Any], targets: Mapping[int, PublicNoun], keys_of: Links
) -> dict[tuple[int, ...], models.QuerySet[Any]]:
    """The targets of each row's keys as what a relation's `all()` gives, read already; rows with the same share it."""
    read: dict[tuple[int, ...], models.QuerySet[Any]] = {}
    for keys in {(), *map(tuple, keys_of.values())}:
        read[keys] = models.QuerySet(model)
        read[keys]._result_cache = [targets[key] for key in keys]  # noqa: SLF001
    return read


def _contradicted(noun: Noun, keys: Collection[int]) -> dict[int, set[str]]:
    contradicted: dict[int, set[str]] = defaultdict(set)
    record = f"{parent_key(noun.model, 'citations')}_id"
    citations = Citation.edition.filter(**{f"{record}__in": keys}, stance=Citation.Stance.CONTRADICTS)
    for key, field in citations.order_by().values_list(record, "field"):
        contradicted[key].add(field)
    return contradicted
