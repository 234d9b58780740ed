from __future__ import annotations

import re
from datetime import timedelta

import pytest

from owidget_jupyter import EventLog

from .logs import (
    CLOSED,
    CREATED,
    ENDED,
    FIVE,
    OPEN,
    STARTED,
    add,
    anomalies,
    at,
    log_of,
    of,
    outcomes,
    seconds,
    status,
    talk,
)

# Whose window it is, once the stage went or the window was closed

FIRST = [status(0, 1), (1, OPEN), (2, CREATED), (3, STARTED)]
NO_END = f"no {ENDED} was seen before the next session"


def test_a_visitor_who_comes_after_a_lost_talk_has_a_visit_of_their_own():
    log = log_of(*FIRST, status(100, None), status(3_600, 1), *talk(3_601))
    first, second = log.sessions()
    assert (first.outcome, first.anomalies) == ("served", (NO_END,))
    assert (second.outcome, second.opened, second.anomalies) == ("served", at(3_601), ())


def test_so_has_one_in_another_run_of_the_kernel():
    log = log_of(*FIRST)
    log._bound(100)
    log._begin_section()
    for entry in talk(3_601):
        add(log, *entry)
    first, second = log.sessions()
    assert (first.outcome, first.anomalies) == ("served", (NO_END,))
    assert (second.outcome, second.opened, second.anomalies) == ("served", at(3_601), ())


@pytest.mark.parametrize("gone", [status(40, None), (40, CLOSED)], ids=["lost", "closed"])
def test_who_only_looks_in_is_not_who_was_in_the_queue_before(gone):
    log = log_of((1, OPEN), (2, CREATED), gone, (3_601, OPEN), (3_610, CLOSED))
    first, second = log.sessions()
    assert (first.outcome, first.anomalies) == ("unknown", (NO_END,))
    assert (second.outcome, second.opened, second.closed) == (
        "window only",
        at(3_601),
        at(3_610),
    )


def test_who_queues_in_a_window_that_was_opened_again_is_another_visitor():
    log = log_of((1, OPEN), (2, CREATED), (40, CLOSED), (100, OPEN), (101, CREATED), (110, STARTED))
    first, second = log.sessions()
    assert (first.outcome, first.closed, first.anomalies) == ("unknown", at(40), (NO_END,))
    assert (second.opened, second.waiting, second.anomalies) == (at(100), seconds(9), ())


@pytest.mark.parametrize("goes_on", [STARTED, ENDED])
def test_windows_belong_to_who_is_in_the_queue_once_that_goes_on(goes_on):
    sessions = of(OPEN, CREATED, CLOSED, OPEN, CLOSED, OPEN, goes_on)
    assert [each.seqs for each in sessions] == [(1, 2, 3, 4, 5, 6, 7)]
    assert anomalies(sessions) == []


def test_who_looked_in_between_two_who_queued_has_a_visit_too():
    sessions = of(OPEN, CREATED, CLOSED, OPEN, CLOSED, OPEN, CREATED, STARTED, ENDED)
    assert outcomes(sessions) == ["unknown", "window only", "served"]
    assert [each.opened for each in sessions] == [at(0), at(3), at(5)]
    assert anomalies(sessions) == [NO_END]


def test_in_a_talk_a_window_is_closed_and_opened_at_will():
    sessions = of(OPEN, CREATED, STARTED, CLOSED, OPEN, CLOSED)
    assert (outcomes(sessions), anomalies(sessions)) == (["open"], [])


def test_a_window_after_the_stage_went_that_nothing_came_of_yet_may_be_either():
    (session,) = log_of(*FIRST, status(60, None), status(62, 1), (63, OPEN)).sessions()
    assert session.outcome == "open"
    assert session.anomalies == (f"{OPEN} (entry 7) may be another visit",)


@pytest.mark.parametrize("window", [[(62.5, OPEN)], []], ids=["window", "no window"])
def test_a_restored_talk_that_is_told_of_once_more_is_the_same(window):
    again = [status(62, 1), *window, (63, CREATED), (63, STARTED)]
    log = log_of(*FIRST, status(60, None), *again, (100, ENDED))
    (session,) = log.sessions()
    assert (session.outcome, session.started, session.talking) == ("served", at(3), seconds(97))
    assert [re.sub(r" \(.*\)", "", each) for each in session.anomalies] == [
        f"{CREATED} came again",
        f"{STARTED} came again",
    ]


def test_what_takes_a_persons_time_is_no_restored_talk():
    more = [status(62, 1), (63, OPEN), (64, CREATED), (69, STARTED), (100, ENDED)]
    sessions = log_of(*FIRST, status(60, None), *more).sessions()
    assert (outcomes(sessions), anomalies(sessions)) == (["served", "served"], [NO_END])


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([(0, OPEN), (1, CREATED), (2, "overflow"), (3, ENDED)], "unknown"),
        ([(0, OPEN), (1, "overflow"), (2, CREATED), (3, ENDED)], "abandoned"),
        ([(0, OPEN), (1, CREATED), (2, "overflow"), (3, STARTED), (4, ENDED)], "served"),
        ([(0, OPEN), (1, "overflow"), (2, CLOSED)], "unknown"),
    ],
)
def test_what_may_be_among_the_missing_events_is_not_said_not_to_have_been(entries, expected):
    log = log_of(*((*each, {"dropped": 3} if each[1] == "overflow" else {}) for each in entries))
    (session,) = log.sessions()
    assert session.outcome == expected
    if expected == "unknown":
        assert session.waiting is None


def test_a_start_that_is_told_late_belongs_to_the_session_that_is_over():
    (session,) = of(OPEN, CREATED, ENDED, CLOSED, STARTED)
    assert session.outcome == "served"
    assert session.anomalies == (f"{STARTED} (entry 5) came after {ENDED}",)


# Clocks


def test_times_of_different_pages_are_put_on_the_kernels_clock():
    log = EventLog()
    add(log, 1_000, OPEN, page="fast", skew=-1_000)
    add(log, 1_001, CREATED, page="fast", skew=-999.5)  # half a second on the way
    add(log, -3_598, STARTED, page="slow", skew=3_600)
    (session,) = sessions = log.sessions()
    assert (session.opened, session.created, session.started) == (at(0), at(1), at(2))
    assert anomalies(sessions) == []


def test_what_the_kernel_concluded_is_on_its_clock_already():
    log = EventLog()
    add(log, 1_000, "status", {"code": 1}, skew=-1_000)
    add(log, 5, "status", {"code": None})
    (online, _) = log.status_intervals()
    assert (online.begin, online.duration) == (at(0), seconds(5))


def test_the_order_is_the_logs_and_a_clock_that_went_back_is_told_of():
    log = log_of((0, OPEN), (60, CREATED), (30, STARTED), (90, ENDED))
    (session,) = log.sessions()
    assert (session.created, session.started, session.ended) == (at(60), at(60), at(90))
    assert session.uncertain == ("started",)
    assert (session.waiting, session.talking, session.total) == (None, None, seconds(30))
    assert session.anomalies == (f"{STARTED} (entry 3) is uncertain by 30.0 s",)


def test_pages_that_differ_a_little_are_not_worth_a_word():
    assert anomalies(log_of((0, OPEN), (60, CREATED), (59.5, STARTED)).sessions()) == []


def test_nothing_happened_after_the_kernel_heard_of_it():
    log = EventLog()
    add(log, 0, OPEN, skew=0.5)
    add(log, 500, CREATED, skew=0.5, received=2)  # the page's clock was put forward
    (session,) = log.sessions()
    assert session.created == at(2)


def test_a_clock_that_is_thousands_of_years_off_breaks_nothing():
    log = EventLog()
    log._append(OPEN, at(0), at(5), -9e10, "page", {})
    log._append(CREATED, at(0), at(6), -9e300, "other", {})
    (session,) = log.sessions()
    assert (session.opened, session.created) == (at(5), at(6))


def test_a_talk_that_a_sleeping_page_tells_of_afterwards_keeps_its_times():
    log = EventLog()
    add(log, 0, "status", {"code": 1}, page="asleep", skew=0.1)
    add(log, 1, OPEN, page="asleep", skew=0.1)
    add(log, 30, "status", {"code": None}, page="asleep")
    add(log, 480, "status", {"code": 1}, page="other", skew=0.1)
    add(log, 500, OPEN, page="other", skew=0.1)
    for second, type in ((2, CREATED), (10, STARTED), (300, ENDED), (302, CLOSED)):
        add(log, second, type, page="asleep", skew=0.1, received=600)
    sessions = log.sessions()
    assert (outcomes(sessions), anomalies(sessions)) == (["served", "open"], [])
    served, other = sessions
    assert (served.waiting, served.talking) == (seconds(8), seconds(290))
    assert (served.seqs, other.seqs) == ((2, 6, 7, 8, 9), (5,))


def test_a_page_that_only_fell_silent_did_not_take_its_window_along():
    log = EventLog()
    add(log, 1, OPEN, page="asleep", skew=0.1)
    add(log, 30, "status", {"code": None})
    for second, type in ((40, CREATED), (50, STARTED), (300, ENDED), (302, CLOSED)):
        add(log, second, type, page="asleep", skew=0.1, received=600)
    sessions = log.sessions()
    assert (outcomes(sessions), anomalies(sessions)) == (["served"], [])
    elsewhere = log_of((1, OPEN), status(30, None))
    elsewhere._bound(100)
    add(elsewhere, 40, CREATED, page="other")
    assert outcomes(elsewhere.sessions()) == ["window only", "open"]


@pytest.mark.parametrize("step", [-3_600, 3_600])
def test_a_clock_that_is_set_in_the_middle_changes_no_duration(step):
    log = EventLog()
    for second, type in ((0, OPEN), (5, CREATED)):
        add(log, second, type, skew=0.1)
    for second, type in ((20, STARTED), (620, ENDED), (630, CLOSED)):
        add(log, second + step, type, skew=0.1 - step)
    (session,) = sessions = log.sessions()
    assert (session.waiting, session.talking) == (seconds(15), seconds(600))
    assert anomalies(sessions) == []


def test_durations_are_not_known_where_the_clock_cannot_be():
    log = EventLog()
    add(log, 5, CREATED, skew=3_600.1)  # waited for an hour, or the clock was set since
    for second, type in ((3_620, STARTED), (4_220, ENDED)):
        add(log, second, type, skew=0.1)
    (session,) = log.sessions()
    assert session.uncertain == ("created",)
    assert (session.waiting, session.talking, session.total) == (None, seconds(600), None)
    assert f"{CREATED} (entry 1) is uncertain by 3600.0 s" in session.anomalies


# Replays


def test_live_and_replayed_events_are_never_in_one_session():
    log = EventLog()
    for second, type in enumerate(FIVE):
        add(log, second, type)
        add(log, second - 100, type, replay=True)
    sessions = log.sessions()
    assert [(each.replay, each.seqs) for each in sessions] == [
        (False, (1, 3, 5, 7, 9)),
        (True, (2, 4, 6, 8, 10)),
    ]
    assert (outcomes(sessions), anomalies(sessions)) == (["served"] * 2, [])


def test_a_replay_takes_up_nothing_of_the_one_before():
    log = EventLog()
    for _ in range(2):
        log._begin_section()
        for entry in talk()[:3]:
            add(log, *entry, replay=True)
    sessions = log.sessions()
    assert [each.seqs for each in sessions] == [(1, 2, 3), (4, 5, 6)]
    assert (outcomes(sessions), anomalies(sessions)) == (["open"] * 2, [])


def test_another_run_takes_up_a_talk_and_no_window():
    log = log_of(*talk()[:3])
    log._bound(100)
    log._begin_section()
    for entry in [(100, OPEN), (101, ENDED), (102, CLOSED)]:
        add(log, *entry)
    sessions = log.sessions()
    assert (outcomes(sessions), anomalies(sessions)) == (["served"], [])


def test_a_run_that_begins_before_another_ends_keeps_its_own_times():
    """As in a journal of two widgets, of which the first is closed long after."""
    log = EventLog()
    visit = [(0, OPEN), (1, CREATED), (4, STARTED), (60, ENDED), (61, CLOSED)]
    for second, type in visit:
        add(log, second, type)
    add(log, 3_600, "status", {"code": None})
    log._begin_section()
    add(log, 100, "status", {"code": 1})
    for second, type in visit:
        add(log, 101 + second, type)
    sessions = log.sessions()
    assert [session.talking for session in sessions] == [timedelta(seconds=56)] * 2
    assert [session.anomalies for session in sessions] == [(), ()]
    assert sessions.anomalies == ()
    (online,) = (each for each in log.status_intervals() if each.name == "online")
    assert (online.begin, online.end) == (at(100), None)
