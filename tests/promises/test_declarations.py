"""Every field is decided, and the documents about the code are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

from bench import mutants
from nouns.noun import Declared, PublicNoun
from tracker.data_dictionary import data_dictionary
from tracker.models import Citation, Record, RecordChild
from tracker.models.source import CITED

ROOT = Path(__file__).resolve().parents[2]
DECLARED = sorted(
    (model for model in apps.get_models() if issubclass(model, Declared)), key=lambda model: model._meta.label
)
STRUCTURE = {"id", "slug", "revision", "published_revision", "published_at", "updated_at"}


@pytest.mark.parametrize("model", DECLARED)
def test_every_field_is_public_or_internal_and_not_both(model: type[Declared]) -> None:
    """A new field fails here: put its name into PUBLIC_FIELDS or INTERNAL_FIELDS of its model."""
    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    structure = set(STRUCTURE)
    if issubclass(model, Record):
        structure |= set(model.STAFF_FIELDS)
    if issubclass(model, Citation):
        structure |= set(CITED)
    elif issubclass(model, RecordChild):
        structure.add(model.PARENT)
    elif not issubclass(model, PublicNoun):
        structure.add("jurisdiction")
    decided = [*model.PUBLIC_FIELDS, *model.INTERNAL_FIELDS]
    assert len(decided) == len(set(decided))
    assert fields - structure == set(decided)


@pytest.mark.parametrize("model", DECLARED)
def test_every_public_field_says_what_it_means(model: type[Declared]) -> None:
    assert [name for name in model.PUBLIC_FIELDS if not model._meta.get_field(name).help_text] == []  # type: ignore[union-attr]


def test_the_data_dictionary_is_current() -> None:
    """Run `make dictionary` when this fails."""
    assert (ROOT / "docs" / "data-dictionary.md").read_text() == data_dictionary()


def test_the_map_in_the_readme_is_the_tree() -> None:
    text = (ROOT / "README.md").read_text().split("## The map")[1]
    named: list[Path] = []
    above = [ROOT]
    for indent, name in re.findall(r"^( *)([a-z_]+(?:\.py|/))", text.split("```")[1], re.MULTILINE):
        depth = len(indent) // 2
        named.append(above[depth] / name)
        above[depth + 1 :] = [named[-1]]
    assert [str(path) for path in named if not path.exists()] == []
    assert {path.parent for path in ROOT.glob("*/__init__.py")} <= set(named)


def test_the_commands_of_the_readme_are_the_makefiles() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text()))
    assert named
    assert named <= targets


def test_every_chosen_fault_can_still_be_tried() -> None:
    """Mend bench/mutants.toml when this fails; `python -m bench.mutants` then says whether its test finds the fault."""
    for fault in mutants.faults():
        assert fault.misplaced() == "", fault
        file, *_, name = fault.test.split("::")
        assert f"def {name}(" in (ROOT / file).read_text(), fault


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) < 100
