"""The marks, in one place: whoever moves one where it is measured has to move it here as well."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from tests.bench.parts import PARTS, measuring
from tests.bench.record import read, rows_of

#: What is wanted of each part's ratios; nothing else is, and each of it of at least one row.
WANTED: dict[str, set[str]] = {
    "import": {"≤ 1.15"},
    "construct": {"≤ 1.5"},
    "opening": {"≤ 30000", "≤ 1"},
    "crowd": {"≤ 1.5"},
    "latency": {"≤ 1.3"},
    "events": {"≥ 40", "≥ 100", "≤ 0"},
    "append": {"≤ 0.1"},
    "display": {"≤ 2"},
    "numbers": {"≤ 1.5", "≥ 4", "≤ 0"},
    "sessions": {"≤ 10", "≤ 1.1"},
    "lifetimes": {"≤ 1.1", "≤ 0", "≤ 1"},
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_can_be_measured(part):
    assert find_spec(f"tests.bench.{PARTS[part]}"), "its module is not there"
    assert callable(measuring(part))


def test_every_part_has_marks():
    assert list(WANTED) == list(PARTS)


def test_the_last_run_is_a_whole_one():
    assert read()["parts"] == list(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_the_marks_of_the_last_run_are_those_that_are_wanted(part):
    ratios = [row.ratio for row in rows_of(read(), part) if row.ratio]
    assert {ratio.mark for ratio in ratios} - {""} == WANTED[part]
