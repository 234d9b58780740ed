from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owidget_jupyter import EventLog
from owidget_jupyter.sessions.strands import Moment, strands

from .logs import add, at, log_of

Batches = list[tuple[float, float, float]]


def moments(log: EventLog) -> list[Moment]:
    entries, _, breaks = log._snapshot()
    (strand,) = strands(entries, breaks)
    return list(strand.moments)


def read(batches: Batches, *, replay: bool = False) -> tuple[list[float], list[float]]:
    """Return times and doubts of a page's batches: seen, skew, and when it was received."""
    log = EventLog()
    for seen, skew, received in batches:
        add(log, seen, "event", skew=skew, received=received, replay=replay)
    found = moments(log)
    times = [round((moment.time - at(0)).total_seconds(), 3) for moment in found]
    return times, [moment.doubt for moment in found]


@pytest.mark.parametrize(
    ("batches", "times"),
    [
        # The kernel was busy for a while: the skew returns to what it was.
        ([(0, 0.1, 0.1), (5, 0.1, 5.1), (10, 60, 70), (40, 30, 70), (80, 0.1, 80.1)], None),
        # It was busy from the beginning, and still is.
        ([(0, 60, 60), (30, 30, 60), (59.9, 0.1, 60)], None),
        ([(0, 60, 60), (70, 0.1, 70.1), (80, 0.1, 80.1)], None),
        ([(0, 0.1, 0.1), (5, 0.1, 5.1), (10, 60, 70)], None),
        # The clock was set back, and forward, and both one after the other.
        ([(0, 0, 0.1), (5, 0, 5.1), (-95, 105, 10), (-85, 105, 20)], [0, 5, 10, 20]),
        ([(0, 0, 0.1), (5, 0, 5.1), (110, -100, 10), (120, -100, 20)], [0, 5, 10, 20]),
        ([(0, 0, 0), (5, 0, 5), (-90, 100, 10), (20, 0, 20), (30, 0, 30)], [0, 5, 10, 20, 30]),
        # It was set forward for one batch alone.
        ([(0, 0, 0), (5, 0, 5), (3_610, -3_600, 10), (20, 0, 20), (30, 0, 30)], None),
    ],
    ids=[
        "busy for a while",
        "busy from the beginning",
        "one that waited at the beginning",
        "one that waited at the end",
        "back",
        "forward",
        "back and forward",
        "forward for one",
    ],
)
def test_what_waited_is_told_from_a_clock_that_was_set(batches: Batches, times):
    shifted = [(seen, skew + 0.1, received + 0.1) for seen, skew, received in batches]
    expected = times or [seen if skew >= 0 else seen + skew for seen, skew, _ in batches]
    for replay in (False, True):
        found, doubts = read(shifted, replay=replay)
        assert found == pytest.approx([time + 0.1 for time in expected], abs=0.2)
        assert doubts == [0.0] * len(batches)


def test_a_message_that_waited_for_very_long_may_be_a_clock_that_was_set():
    times, doubts = read([(0, 3_600.1, 3_600.1), (3_650, 0.1, 3_650.1), (3_660, 0.1, 3_660.1)])
    assert times == [3_600.1, 3_650.1, 3_660.1]
    assert doubts == [3_600.0, 0.0, 0.0]


def test_what_a_page_saw_before_its_clock_was_set_and_sent_after_is_in_doubt():
    times, doubts = read([(0, 0.1, 0.1), (5, 0.1, 5.1), (8, 100.1, 10)])
    assert times[:2] == [0.1, 5.1]
    assert 5.1 <= times[2] <= 10
    times, doubts = read([(0, 0.1, 0.1), (5, 0.1, 5.1), (8, -99.9, 10), (115, -99.9, 15.1)])
    assert (times[2], doubts[2] > 1) == (5.1, True)


@pytest.mark.parametrize("drift", [-0.25, 0.25])
def test_a_page_that_drifts_is_followed(drift: float):
    hours = [(3_600.0 * hour, 0.1 + drift * hour) for hour in range(100)]
    times, doubts = read([(seen, skew, seen + skew) for seen, skew in hours])
    for (seen, skew), time in zip(hours, times, strict=True):
        assert time == pytest.approx(seen + skew, abs=6.0)
    assert set(doubts) == {0.0}


def test_what_came_late_is_where_it_happened():
    log = EventLog()
    for second, page, received in ((0, "a", 1), (500, "b", 501), (10, "a", 600), (300, "a", 600)):
        add(log, second, "event", page=page, skew=1.0, received=received)
    found = moments(log)
    assert [moment.place for moment in found] == [0, 2, 3, 1]
    assert [moment.time for moment in found] == [at(1), at(11), at(301), at(501)]
    assert not any(moment.uncertain for moment in found)


def test_nothing_changes_places_with_another_section():
    log = EventLog()
    add(log, 500, "event", page="a", skew=1.0)
    log._begin_section()
    add(log, 600, "event", page="b", skew=1.0)
    add(log, 10, "event", page="c", skew=1.0, received=602)
    found = moments(log)
    assert [moment.place for moment in found] == [0, 2, 1]
    assert [moment.fresh for moment in found] == [False, True, False]
    assert [moment.doubt for moment in found] == [0.0, 0.0, 0.0], "runs may overlap in time"


def test_where_the_kernels_own_clock_was_set_back_the_order_is_the_logs():
    log = EventLog()
    for second, skew in ((0, 0.1), (10, 0.1), (20, -3_599.9), (30, -3_599.9)):
        add(log, second, "event", skew=skew)
    add(log, -3_500, "event", page="other", skew=0.1)
    found = moments(log)
    assert [moment.place for moment in found] == [0, 1, 2, 3, 4]
    assert [moment.uncertain for moment in found] == [False, False, True, True, True]


def test_the_kernels_own_entries_keep_their_order():
    found = moments(log_of((0, "event"), (60, "event"), (30, "event"), replay=True))
    assert [moment.place for moment in found] == [0, 1, 2]
    assert [moment.doubt for moment in found] == [0.0, 0.0, 30.0]


STEPS = st.lists(st.tuples(st.integers(2, 400), st.sampled_from([0, 0, 0, -9_000, 7_000])))


@given(STEPS, st.randoms(use_true_random=False))
def test_a_page_keeps_its_spacing_however_its_clock_is_set(steps, chance: random.Random):
    """Whatever is done to the clock, as long as more than one batch tells of it."""
    log = EventLog()
    true, ahead = 0.0, 0.0
    expected = []
    for pause, step in steps:
        ahead += step
        for _ in range(2):
            true += pause
            late = chance.uniform(0.01, 0.5)
            add(log, true + ahead, "event", skew=late - ahead)
            expected.append(true)
    if steps:
        found = [(moment.time - at(0)).total_seconds() for moment in moments(log)]
        assert found == pytest.approx(expected, abs=0.6)
