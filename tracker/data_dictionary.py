"""The data dictionary: every public field of every noun and child, as the models declare it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from nouns.declarations import child_models, noun_models
from nouns.noun import Declared
from nouns.partial_dates import PartialDateField

INTRODUCTION = """# Data dictionary

Generated from the models by `make dictionary`; a test fails when it is out of date. Every record also has `slug`,
`url`, `api_url`, `revision`, `published_at` and `updated_at`. A partial date is `2014-07-21`, `2014-07` or `2014`.
Empty means not found, never no.
"""


def data_dictionary() -> str:
    """The whole dictionary in Markdown, ending with one line break."""
    return "\n".join([INTRODUCTION, *_sections()]).rstrip() + "\n"


def _sections() -> Iterator[str]:
    for noun, model in noun_models().items():
        yield f"## {noun}\n\n{_first_paragraph(model)}\n\n{_table(model)}\n"
        for relation, child in child_models(model).items():
            if relation != "citations":
                yield f"### {noun}: {relation}\n\n{_first_paragraph(child)}\n\n{_table(child)}\n"
    citation = child_models(noun_models()["letters"])["citations"]
    yield f"## citations\n\n{_first_paragraph(citation)}\n\n{_table(citation)}\n"


def _first_paragraph(model: type[Declared]) -> str:
    return " ".join((model.__doc__ or "").split("\n\n")[0].split())


def _table(model: type[Declared]) -> str:
    rows = ["| field | type | meaning |", "|---|---|---|"]
    for name in model.PUBLIC_FIELDS:
        field: Any = model._meta.get_field(name)
        rows.append(f"| `{name}` | {_type(field)} | {field.help_text} |")
    return "\n".join(rows)


def _type(field: Any) -> str:
    if isinstance(field, models.ManyToManyField):
        return f"list of {field.related_model.NOUN}"  # type: ignore[attr-defined]  # Nouns point to nouns only.
    if field.is_relation:
        return f"one of {field.related_model.NOUN}"
    if isinstance(field, PartialDateField):
        return "partial date"
    if field.choices and field.name != "state":
        return ", ".join(f"`{value}`" for value, _ in field.choices)
    if isinstance(field, models.DecimalField):
        return f"decimal, {field.decimal_places} places"
    return "whole number" if isinstance(field, models.IntegerField) else "text"
