from __future__ import annotations

from datetime import timedelta

import pytest
from IPython.lib.pretty import pretty

from owidget_jupyter import EventLog, StatusInterval

from .logs import OPEN, add, at, log_of, status


def told(log: EventLog) -> list[tuple[str, float, float | None]]:
    """Return the intervals' names, and their beginnings and ends in seconds after noon."""
    noon = at(0)
    return [
        (
            each.name,
            (each.begin - noon).total_seconds(),
            None if each.end is None else (each.end - noon).total_seconds(),
        )
        for each in log.status_intervals()
    ]


def test_each_lasts_until_the_next_and_the_last_one_goes_on():
    log = log_of(status(0, 0), status(10, 1), status(25, 2), status(30, None))
    assert told(log) == [
        ("offline", 0, 10),
        ("online", 10, 25),
        ("busy", 25, 30),
        ("unknown", 30, None),
    ]


def test_a_repeated_code_is_the_same_interval():
    assert told(log_of(status(0, 1), status(5, 1), status(9, 2), status(9.5, 2))) == [
        ("online", 0, 9),
        ("busy", 9, None),
    ]


@pytest.mark.parametrize("entries", [[], [(0, OPEN)]])
def test_without_a_status_there_is_none(entries):
    assert told(log_of(*entries)) == []


def test_one_has_a_duration_once_it_is_over():
    first, last = log_of(status(0, 1), status(90, 0)).status_intervals()
    assert (first.duration, last.duration) == (timedelta(seconds=90), None)
    assert first == StatusInterval(code=1, begin=at(0), end=at(90))


def test_what_it_was_between_two_runs_is_not_known():
    log = log_of(status(0, 1), (50, OPEN))
    log._bound(100)
    log._begin_section()
    add(log, 9_000, "status", {"code": 1})
    assert told(log) == [("online", 0, 50), ("unknown", 50, 9_000), ("online", 9_000, None)]


def test_a_duration_is_not_told_where_clocks_contradict_each_other():
    log = log_of(status(0, 1), status(60, 2), status(30, 0), status(90, 1))
    intervals = log.status_intervals()
    assert [each.uncertain for each in intervals] == [False, True, True, False]
    assert [each.duration for each in intervals] == [timedelta(seconds=60), None, None, None]
    assert repr(intervals[1]) == (
        "StatusInterval('busy', begin='2024-05-01T12:01:00+00:00', end='2024-05-01T12:01:00+00:00')"
    )


def test_what_a_sleeping_page_tells_afterwards_is_not_the_status_now():
    log = EventLog()
    add(log, 0, "status", {"code": 1}, page="asleep", skew=0.1, received=1)
    add(log, 30, "status", {"code": None})
    add(log, 480, "status", {"code": 1}, page="other", skew=0.1, received=481)
    add(log, 305, "status", {"code": 0}, page="asleep", skew=0.1, received=600)
    assert told(log) == [
        ("online", 0.1, 30),
        ("unknown", 30, 305.1),
        ("offline", 305.1, 480.1),
        ("online", 480.1, None),
    ]


def test_a_replay_has_its_own():
    log = log_of(status(0, 1))
    log._bound(100)
    for _ in range(2):
        log._begin_section()
        add(log, -500, "status", {"code": 0}, replay=True)
        add(log, -400, "status", {"code": 2}, replay=True)
    intervals = log.status_intervals()
    assert [each.replay for each in intervals] == [False, True, True, True, True]
    assert told(log) == [
        ("online", 0, None),
        *[("offline", -500, -400), ("busy", -400, None)] * 2,
    ]


def test_they_say_what_is_in_them():
    intervals = log_of(status(0, 1), status(90, 0)).status_intervals()
    assert repr(intervals) == "<StatusIntervals: 2, now offline>"
    assert pretty(intervals).splitlines() == [
        repr(intervals),
        "  StatusInterval('online', begin='2024-05-01T12:00:00+00:00', duration='0:01:30')",
        "  StatusInterval('offline', begin='2024-05-01T12:01:30+00:00', end=None)",
    ]
