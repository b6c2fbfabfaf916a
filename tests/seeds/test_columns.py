"""The tables' columns, words, lengths and references are the models', which `seeds.rows` may not import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.validators import MaxValueValidator, MinValueValidator

from jurisdictions.models import STATES
from nouns.declarations import child_models, parent_key
from nouns.noun import Declared
from nouns.partial_dates import PartialDateField
from seeds.cells import STATE_CODES, AwardId, Cell, Choice, Money, PartialDate, Text, To, ToMany, Whole
from seeds.checks import CHILDREN, cells_of
from seeds.entries import CHILD_TABLES, MODELS
from seeds.record_rows import CITABLE
from seeds.rows import row_classes
from tracker.models import Citation, Record
from tracker.models.grant import normalise_award_id
from tracker.models.source import CITED

DERIVED = {
    "award_id_normalised", "file", "text_state", "text_fault", "extracted_text",
    "link_state", "link_checked_at", "link_sha256",
}  # fmt: skip
"""Fields that no table has: computed, or the document itself."""

TABLES: dict[str, type[Declared]] = {
    **MODELS,
    **{table: child_models(MODELS[parent])[relation] for (parent, relation), table in CHILD_TABLES.items()},
    "citations": Citation,
}


def columns() -> Iterator[Any]:
    for table, row_class in row_classes().items():
        for name, cell in cells_of(row_class).items():
            if name not in {"confidence", "noun", "record"}:
                yield pytest.param(TABLES[table]._meta.get_field(name), cell, id=f"{table}.{name}")


def test_every_table_has_a_model_and_every_relation_a_table() -> None:
    assert TABLES.keys() == row_classes().keys()
    relations = {(table, name) for table, model in MODELS.items() for name in model.CHILDREN if name != "citations"}
    assert relations == CHILD_TABLES.keys()


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_a_column_for_every_field_that_must_be_entered(table: str) -> None:
    """A field that may be empty needs none, until the seed record knows it of some row."""
    model = TABLES[table]
    expected = {*model.PUBLIC_FIELDS, *model.INTERNAL_FIELDS} - DERIVED
    if table in MODELS:
        expected |= {"slug"}
        if table not in {"jurisdictions", "letters"}:
            expected -= {"state"}
    if issubclass(model, Record):
        expected |= {"internal_notes"} | ({"confidence"} if table != "sources" else set())
    if parents := [
        parent_key(MODELS[parent], name) for (parent, name), child in CHILD_TABLES.items() if child == table
    ]:
        expected |= set(parents)
    if table == "citations":
        expected |= {"noun", "record"}
    written = cells_of(row_classes()[table]).keys()
    assert written <= expected
    optional = {field.name for field in (*model._meta.fields, *model._meta.many_to_many) if field.blank}
    assert expected - written <= optional


@pytest.mark.parametrize(("field", "cell"), list(columns()))
def test_a_column_holds_what_its_field_holds(field: Any, cell: Cell) -> None:
    if isinstance(cell, ToMany):
        assert field.many_to_many
        assert field.related_model is MODELS[cell.table]
    elif isinstance(cell, To):
        assert field.related_model is MODELS.get(cell.table)
        assert cell.blank is (field.null and field.blank)
    elif isinstance(cell, Choice):
        assert cell.options == tuple(value for value, _label in field.choices)
        assert cell.blank is field.blank
    elif isinstance(cell, PartialDate):
        assert isinstance(field, PartialDateField)
    elif isinstance(cell, Text):
        assert cell.longest == field.max_length
        assert cell.blank is field.blank
    elif isinstance(cell, Whole):
        assert cell.blank is field.null
        limits = [
            each.limit_value for each in field.validators if isinstance(each, MinValueValidator | MaxValueValidator)
        ]
        assert not limits or cell.least >= min(limits)
        assert not limits or cell.most <= max(limits)
    elif isinstance(cell, Money):
        assert field.max_digits - field.decimal_places >= 12
        assert cell.blank is field.null
    else:
        assert cell.blank is (field.blank or field.null)


def test_the_states_are_those_of_the_jurisdictions() -> None:
    assert tuple(STATES) == STATE_CODES


def test_award_numbers_count_as_the_same_when_the_model_says_so() -> None:
    text = "15pbja-23-gg-03393-JAGX"
    assert AwardId().canonical(text) == normalise_award_id(text)


def test_citations_belong_to_the_nouns_that_the_model_lets_them() -> None:
    cited = {Citation._meta.get_field(name).related_model for name in CITED}
    assert {MODELS[noun.replace("-", "_")] for noun in CITABLE} == cited
    for noun in CITABLE:
        model = MODELS[noun.replace("-", "_")]
        assert noun == model.NOUN
        assert CHILDREN.get(noun.replace("-", "_"), ()) == tuple(name for name in model.CHILDREN if name != "citations")
