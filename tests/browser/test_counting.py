"""The comparison that the delivery tests end in sees what it is there to see."""

from __future__ import annotations

import pytest

from .harness.counting import Counts, Numbered, compare, complete
from .harness.traffic import Frame, most_in_a_second


@pytest.mark.parametrize(
    ("logged", "counts"),
    [
        ([(1, 1), (1, 2), (2, 1)], complete(3)),
        ([(1, 1), (2, 1)], Counts(3, 2, 0, 0)),
        ([(1, 1), (1, 1), (1, 2), (2, 1), (2, 1)], Counts(3, 3, 2, 0)),
        ([(1, 2), (1, 1), (2, 1)], Counts(3, 3, 0, 1)),
        ([(2, 1), (1, 1), (1, 2)], Counts(3, 3, 0, 1)),
        ([(1, 1), (1, 2), (1, 1)], Counts(3, 2, 1, 1)),
        ([], Counts(3, 0, 0, 0)),
    ],
)
def test_lost_doubled_and_disordered_events_are_counted(
    logged: list[Numbered], counts: Counts
) -> None:
    assert compare({1: 2, 2: 1}, logged) == counts


def test_events_that_nobody_emitted_are_an_error() -> None:
    with pytest.raises(AssertionError, match=r"never emitted: \[\(1, 3\)\]"):
        compare({1: 2}, [(1, 1), (1, 2), (1, 3)])


def test_the_busiest_second_is_found() -> None:
    times = [0.0, 0.9, 1.7, 1.8, 1.9, 2.6, 4.0]
    assert most_in_a_second([Frame(at, 1) for at in times]) == 4
    assert most_in_a_second([]) == 0
