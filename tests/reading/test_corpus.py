from __future__ import annotations

import time

import pytest

from reading.letters import FIELDS, read
from tests.reading.scoring import PARTS, score, seed_gazetteer


@pytest.mark.parametrize("part", PARTS)
def test_what_is_proposed_is_right(part: str) -> None:
    result = score(part)
    assert {field: result.precision(field) for field in FIELDS if result.precision(field) < 0.99} == {}, result.faults


@pytest.mark.parametrize("part", ["seen", "held_out", "as_sent"])
def test_little_is_missed(part: str) -> None:
    result = score(part)
    assert {field: result.recall(field) for field in FIELDS if result.recall(field) < 0.75} == {}, result.faults


@pytest.mark.parametrize("noise", ["a ", "Dear ", "by June 30, ", "8 U.S.C. ", "2016-DJ-BX-", "A. ", "-\n"])
def test_a_hostile_megabyte_is_read_in_seconds(noise: str) -> None:
    head = "U.S. Department of Justice\nWashington, D.C. 20530\nJune 1, 2017\nDear Sir:\n"
    started = time.process_time()
    read([head + noise * (1_000_000 // len(noise))], seed_gazetteer())
    # A rule that tries every way to match would need hours; what it takes otherwise hangs on the machine.
    assert time.process_time() - started < 100
