from __future__ import annotations

import random
import re
import time
from collections.abc import Callable

import pytest

from reading.letters import FIELDS, read
from tests.reading.scoring import PARTS, documents, score, seed_gazetteer


@pytest.mark.parametrize("part", PARTS)
def test_what_is_proposed_is_right(part: str) -> None:
    result = score(part)
    assert {field: result.precision(field) for field in FIELDS if result.precision(field) < 0.99} == {}, result.faults


@pytest.mark.parametrize("part", ["seen", "held_out", "as_sent"])
def test_little_is_missed(part: str) -> None:
    result = score(part)
    assert {field: result.recall(field) for field in FIELDS if result.recall(field) < 0.75} == {}, result.faults


Noise = Callable[[str, random.Random], str]


def _misread(pattern: str, choices: list[str]) -> Noise:
    return lambda text, chance: re.sub(pattern, lambda _: chance.choice(choices), text)


SCANNING: dict[str, Noise] = {
    "ones": _misread("1", ["1", "l", "I"]),
    "zeros": _misread("0", ["0", "0", "O"]),
    "spaces": _misread(r"(?<=\w) (?=\w)", [" "] * 24 + [""]),
    "lines run together": _misread(r"(?<=\S)\n(?=\S)", ["\n"] * 12 + [" "]),
    "words parted": _misread(r"(?<=[a-z]{3})(?=[a-z]{3})", [""] * 99 + ["-\n"]),
    "capitals": lambda text, _: text.upper(),
    "no lines": lambda text, _: " ".join(text.split()),
    "a page begun anew": lambda text, _: f"{text}\f{text[:200]}",
}


@pytest.mark.parametrize("noise", SCANNING)
def test_bad_scanning_hides_facts_and_changes_none(noise: str) -> None:
    fields = {"sent_on", "sender", "recipient", "due_on", "authority", "award_id"}
    wrong, right = [], 0
    for document in documents("as_sent"):
        chance = random.Random(document.name)  # noqa: S311  # The same noise each time.
        text = "\f".join(SCANNING[noise](page, chance) for page in document.pages)
        found = {(one.field, one.value) for one in read(text.split("\f"), seed_gazetteer()) if one.field in fields}
        wrong += [(document.name, fact) for fact in found - document.facts]
        right += len(found & document.facts)
    assert wrong == []
    assert right


@pytest.mark.parametrize("noise", ["a ", "Dear ", "by June 30, ", "8 U.S.C. ", "2016-DJ-BX-", "A. ", "-\n"])
def test_a_hostile_megabyte_is_read_in_seconds(noise: str) -> None:
    head = "U.S. Department of Justice\nWashington, D.C. 20530\nJune 1, 2017\nDear Sir:\n"
    started = time.process_time()
    read([head + noise * (1_000_000 // len(noise))], seed_gazetteer())
    # A rule that tries every way to match would need hours; what it takes otherwise hangs on the machine.
    assert time.process_time() - started < 100
