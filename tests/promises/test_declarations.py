"""Every field is decided, and the documents about the code are true."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import pytest
from django.apps import apps

from bench import mutants
from dashboard.charts.of_lists import CHARTS
from dashboard.layout import LAYOUTS, NAVIGATION, TELLING
from dashboard.views.states import WITHIN
from nouns.declarations import noun_models
from nouns.noun import Declared, PublicNoun
from public.filters import FILTERSETS
from public.nouns import NOUNS
from public.summaries import DIMENSIONS
from seeds.record_rows import CITABLE
from seeds.rows import row_classes
from tests.factories import MAKERS
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
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"make ([a-z-]+)", (ROOT / "README.md").read_text()))
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


@pytest.mark.parametrize("guide", ["adding-a-field.md", "adding-a-noun.md"])
def test_the_guides_to_adding_name_files_that_are_there(guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text()
    named = set(re.findall(r"`((?:api|dashboard|desk|public|seeds|tests|tracker)/[\w./-]*)`", text)) - {
        "tracker/models/hearing.py"
    }
    assert len(named) > 4
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("noun", sorted(noun_models()))
def test_every_place_that_knows_the_nouns_by_name_knows_this_one(noun: str) -> None:
    """Each place says where a new noun goes; docs/adding-a-noun.md has them all."""
    model = noun_models()[noun]
    known: dict[str, Collection[object]] = {
        "tests/factories.py (MAKERS)": [name for name in MAKERS if name == noun],
        "public/filters/ (a FilterSet)": [each for each in FILTERSETS if each._meta.model is model],
        "seeds/rows.py (Seeds)": [table for table in row_classes() if table == noun.replace("-", "_")],
    }
    if issubclass(model, Record) and model.NEEDS_CITATION:
        known["tracker/models/source.py (Citation, CITED)"] = [
            name for name in CITED if Citation._meta.get_field(name).related_model is model
        ]
        known["seeds/record_rows.py (CITABLE)"] = [name for name in CITABLE if name == noun]
    assert [place for place, found in known.items() if len(found) != 1] == []


def test_no_list_of_nouns_names_one_that_is_not_there() -> None:
    for noun in (*NAVIGATION, *TELLING, *LAYOUTS, *DIMENSIONS, *CHARTS, *WITHIN):
        assert noun in NOUNS, noun
    for noun, laid_out in LAYOUTS.items():
        fields = {field.name for field in NOUNS[noun].fields} | {child.name for child in NOUNS[noun].children}
        named = {
            *laid_out.columns,
            *laid_out.above,
            *laid_out.apart,
            *(name for _, names in laid_out.chapters for name in names),
        }
        assert named <= fields, f"dashboard/layout.py: {noun} has no {named - fields}"
