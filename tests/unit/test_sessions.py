from __future__ import annotations

import dataclasses
import random
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.lib.pretty import pretty

from owidget_jupyter import EventLog, Session, Sessions
from owidget_jupyter.sessions.deriving import find_sessions

from .logs import CLOSED, CREATED, ENDED, FIVE, OPEN, STARTED, add, at, log_of, status, talk


def seconds(value: float) -> timedelta:
    return timedelta(seconds=value)


def of(*types: str) -> Sessions:
    """Return the sessions of events that follow each other by a second."""
    return log_of(*enumerate(types)).sessions()


def outcomes(sessions: Sessions) -> list[str]:
    return [session.outcome for session in sessions]


def anomalies(sessions: Sessions) -> list[str]:
    return [*(sentence for each in sessions for sentence in each.anomalies), *sessions.anomalies]


# What is as it should be


def test_a_visit_with_all_five_events():
    (session,) = sessions = log_of(*talk()).sessions()
    assert session == Session(
        opened=at(0),
        created=at(5),
        started=at(15),
        ended=at(75),
        closed=at(80),
        outcome="served",
        anomalies=(),
        seqs=(1, 2, 3, 4, 5),
    )
    assert (session.waiting, session.talking, session.total) == (
        seconds(10),
        seconds(60),
        seconds(70),
    )
    assert session.begin == at(0)
    assert sessions.anomalies == ()


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ([], []),
        ([OPEN, CLOSED], ["window only"]),
        ([OPEN, CREATED, ENDED, CLOSED], ["abandoned"]),
        ([OPEN], ["open"]),
        ([OPEN, CREATED], ["open"]),
        ([OPEN, CREATED, STARTED], ["open"]),
        ([OPEN, CREATED, STARTED, CLOSED], ["open"]),
        ([OPEN, CREATED, STARTED, ENDED], ["served"]),
        # Minimised and brought back in the middle.
        ([OPEN, CREATED, CLOSED, OPEN, STARTED, CLOSED, OPEN, ENDED, CLOSED], ["served"]),
        # One talk after the other in the same window.
        ([OPEN, CREATED, ENDED, CREATED, STARTED, ENDED, CLOSED], ["abandoned", "served"]),
        ([OPEN, CLOSED, OPEN, CLOSED], ["window only"] * 2),
        ([*FIVE, *FIVE], ["served"] * 2),
    ],
)
def test_the_outcomes_of_what_is_as_it_should_be(types, expected):
    sessions = of(*types)
    assert outcomes(sessions) == expected
    assert anomalies(sessions) == []


def test_who_left_the_queue_has_waited_and_not_talked():
    (session,) = of(OPEN, CREATED, ENDED)
    assert (session.waiting, session.talking, session.total) == (seconds(1), None, seconds(1))


def test_a_further_talk_in_the_same_window_has_no_opening_and_the_last_one_the_closing():
    first, second = of(OPEN, CREATED, ENDED, CREATED, STARTED, ENDED, CLOSED)
    assert (first.opened, first.closed) == (at(0), None)
    assert (second.opened, second.closed) == (None, at(6))


def test_a_window_that_is_back_is_not_closed():
    (session,) = of(OPEN, CREATED, CLOSED, OPEN)
    assert (session.opened, session.closed) == (at(0), None)


def test_other_events_and_statuses_are_in_no_session():
    log = log_of(status(0, 1), (1, OPEN), (2, "chatMessage"), status(3, 2), (4, CLOSED))
    assert [session.seqs for session in log.sessions()] == [(2, 5)]


def test_a_stage_that_went_takes_the_window_along_and_a_talk_may_be_restored():
    log = log_of(
        status(0, 1),
        *[(1, OPEN), (2, CREATED)],
        status(3, None),
        status(4, 1),
        *[(5, OPEN), (6, STARTED), (7, ENDED), (8, CLOSED)],
    )
    sessions = log.sessions()
    assert (outcomes(sessions), anomalies(sessions)) == (["served"], [])


def test_a_window_that_went_with_its_stage_was_another_visit():
    sessions = log_of(status(0, 1), (1, OPEN), status(2, None), (3, OPEN)).sessions()
    assert (outcomes(sessions), anomalies(sessions)) == (["window only", "open"], [])


# What is not


@pytest.mark.parametrize(
    ("types", "expected", "sentence"),
    [
        # Missing
        ([CREATED, STARTED, ENDED, CLOSED], ["served"], f"no {OPEN} was seen"),
        ([OPEN, STARTED, ENDED, CLOSED], ["served"], f"no {CREATED} was seen"),
        ([OPEN, ENDED, CLOSED], ["unknown"], f"no {CREATED} was seen"),
        (
            [OPEN, CREATED, STARTED, CREATED, ENDED],
            ["served", "abandoned"],
            f"no {ENDED} was seen before the next session",
        ),
        ([*FIVE[:4], OPEN], ["served", "open"], f"its window was still open at {OPEN} (entry 5)"),
        ([OPEN, CLOSED, CREATED], ["window only", "open"], f"no {OPEN} was seen"),
        # Repeated
        ([OPEN, OPEN], ["open"], f"{OPEN} (entry 2) came again"),
        ([OPEN, CREATED, CREATED, ENDED], ["abandoned"], f"{CREATED} (entry 3) came again"),
        ([OPEN, CREATED, STARTED, STARTED], ["open"], f"{STARTED} (entry 4) came again"),
        ([OPEN, CREATED, ENDED, ENDED], ["abandoned"], f"{ENDED} (entry 4) came again"),
        ([OPEN, CLOSED, CLOSED], ["window only"], f"{CLOSED} (entry 3) came again"),
        # Out of order
        ([OPEN, STARTED, CREATED, ENDED], ["served"], f"{CREATED} (entry 3) came after {STARTED}"),
        ([OPEN, CREATED, ENDED, STARTED], ["served"], f"{STARTED} (entry 4) came after {ENDED}"),
        ([CREATED, OPEN, STARTED, ENDED], ["served"], ""),
        # In no session
        ([ENDED], [], f"{ENDED} (entry 1) belongs to no session"),
        ([CLOSED], [], f"{CLOSED} (entry 1) belongs to no session"),
        ([OPEN, CLOSED, ENDED], ["window only"], f"{ENDED} (entry 3) belongs to no session"),
    ],
)
def test_what_is_missing_repeated_or_out_of_order_is_told(types, expected, sentence):
    sessions = of(*types)
    assert outcomes(sessions) == expected
    assert anomalies(sessions) == ([sentence] if sentence else [])


def test_an_anomaly_is_told_where_it_belongs():
    sessions = of(CLOSED, OPEN, OPEN, CLOSED, OPEN, CLOSED)
    assert [len(session.anomalies) for session in sessions] == [1, 0]
    assert sessions.anomalies == (f"{CLOSED} (entry 1) belongs to no session",)


def test_a_repeated_event_changes_no_time():
    (session,) = of(OPEN, CREATED, CREATED, STARTED, STARTED, ENDED, ENDED)
    assert (session.created, session.started, session.ended) == (at(1), at(3), at(5))
    assert session.seqs == (1, 2, 3, 4, 5, 6, 7)


def test_durations_over_events_that_changed_places_are_not_known():
    (session,) = of(OPEN, STARTED, CREATED, ENDED)
    assert (session.waiting, session.talking) == (None, seconds(2))
    (session,) = of(OPEN, CREATED, ENDED, STARTED)
    assert (session.waiting, session.talking, session.total) == (seconds(2), None, seconds(1))


def test_a_queue_that_is_entered_again_after_the_stage_went_is_another_session():
    log = log_of((0, OPEN), (1, CREATED), status(2, None), (3, OPEN), (4, CREATED))
    assert outcomes(log.sessions()) == ["unknown", "open"]


@pytest.mark.parametrize(
    ("type", "detail", "sentence"),
    [
        ("overflow", {"dropped": 7}, "events are missing (7): overflow (entry 2)"),
        ("overlap", {"seconds": 3.0}, "two stages were live at once: overlap (entry 2)"),
    ],
)
def test_what_is_wrong_with_the_log_is_told_with_the_session_that_it_may_concern(
    type, detail, sentence
):
    running = log_of((0, OPEN), (1, type, detail), (2, CLOSED)).sessions()
    assert (running[0].anomalies, running.anomalies) == ((sentence,), ())
    idle = log_of((0, "other"), (1, type, detail)).sessions()
    assert idle.anomalies == (sentence,)


def test_a_log_that_dropped_its_oldest_entries_says_so_where_it_matters():
    log = EventLog(max_events=9)
    for entry in (*talk(), *talk(100)):
        add(log, *entry)
    sessions = log.sessions()
    assert sessions.anomalies == ("the oldest entries were dropped from the log: 1",)
    assert sessions[0].anomalies == (
        f"no {OPEN} was seen",
        "it may have begun among the entries that were dropped",
    )
    assert sessions[1].anomalies == ()


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
    assert (session.started, session.waiting, session.talking) == (at(60), seconds(0), seconds(30))
    assert session.anomalies == (f"{STARTED} (entry 3) is dated 30.0 s before the one in front",)


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
    assert log.sessions()[0].opened == at(5)


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


# The sequence


def test_it_is_a_tuple_that_cannot_be_changed():
    sessions = of(*FIVE)
    assert isinstance(sessions, tuple)
    with pytest.raises(dataclasses.FrozenInstanceError):
        sessions[0].outcome = "abandoned"
    with pytest.raises(TypeError):
        sessions[0] = None


def test_it_says_what_is_in_it():
    sessions = of(*FIVE, CLOSED, OPEN)
    assert repr(sessions) == "<Sessions: 2 (1 served, 1 open), 1 anomaly>"
    lines = pretty(sessions).splitlines()
    assert lines[0] == repr(sessions)
    assert lines[1] == (
        "  Session('served', begin='2024-05-01T12:00:00+00:00', waiting='0:00:01', "
        "talking='0:00:01', anomalies=1)"
    )
    assert lines[2].strip() == f"{CLOSED} (entry 6) came again"
    assert lines[3] == "  Session('open', begin='2024-05-01T12:00:06+00:00')"
    assert repr(EventLog().sessions()) == "<Sessions: 0>"


def test_many_are_not_all_shown():
    shown = pretty(of(*[OPEN, CLOSED] * 50)).splitlines()
    assert len(shown) == 22
    assert shown[-1] == "  … and 30 more"


# Whatever comes

ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([*FIVE, *FIVE, "chatMessage", "status", "gone", "overflow"]),
        st.floats(-100, 100),  # the clock's step
        st.booleans(),  # replay
        st.sampled_from(["a", "b"]),
        st.sampled_from([0.0, 0.25, 300.0, -4_000.0]),
        st.booleans(),  # a section begins
    ),
    max_size=60,
)


def whatever(entries) -> EventLog:
    log = EventLog()
    clock = 0.0
    for type, step, replay, page, skew, section in entries:
        clock += step
        if section:
            log._begin_section()
        detail = {"status": {"code": 1}, "gone": {"code": None}, "overflow": {"dropped": 2}}
        name = "status" if type == "gone" else type
        add(log, clock, name, detail.get(type), page=page, skew=skew, replay=replay)
    return log


@given(ENTRIES)
def test_every_event_is_in_one_session_or_in_one_anomaly(entries):
    log = whatever(entries)
    sessions = log.sessions()
    in_sessions = [seq for session in sessions for seq in session.seqs]
    strays = [
        int(match[1])
        for sentence in sessions.anomalies
        if (match := re.fullmatch(r".*\(entry (\d+)\) belongs to no session", sentence))
    ]
    assert sorted(in_sessions + strays) == [event.seq for event in log if event.type in FIVE]


@given(ENTRIES)
def test_times_are_in_order_and_durations_never_negative(entries):
    log = whatever(entries)
    events = {event.seq: event for event in log}
    for session in log.sessions():
        for duration in (session.waiting, session.talking, session.total):
            assert duration is None or duration >= timedelta(0)
        assert session.seqs == tuple(sorted(session.seqs))
        assert {events[seq].replay for seq in session.seqs} == {session.replay}
    for interval in log.status_intervals():
        assert interval.end is None or interval.end >= interval.begin


@given(ENTRIES)
def test_nothing_is_open_but_what_comes_last(entries):
    live = [each for each in whatever(entries).sessions() if not each.replay]
    assert all(session.outcome != "open" for session in live[:-1])


VISITS = st.lists(
    st.sampled_from(
        [
            ("served", FIVE),
            ("abandoned", (OPEN, CREATED, ENDED, CLOSED)),
            ("window only", (OPEN, CLOSED)),
            ("served", (OPEN, CREATED, CLOSED, OPEN, STARTED, ENDED, CLOSED)),
        ]
    ),
    max_size=8,
)


@given(VISITS)
def test_a_clean_log_gives_exactly_its_sessions(visits):
    sessions = of(*(type for _, types in visits for type in types))
    assert outcomes(sessions) == [outcome for outcome, _ in visits]
    assert [len(session.seqs) for session in sessions] == [len(types) for _, types in visits]
    assert anomalies(sessions) == []


@given(VISITS, st.randoms(use_true_random=False), st.integers(0, 3))
def test_shuffled_doubled_and_thinned_logs_only_add_anomalies(visits, chance: random.Random, lost):
    types = [type for _, types in visits for type in types]
    for _ in range(min(lost, len(types))):
        del types[chance.randrange(len(types))]
    types += [chance.choice(types) for _ in range(lost if types else 0)]
    chance.shuffle(types)
    sessions = of(*types)
    assert sum(len(session.seqs) for session in sessions) + len(
        [each for each in sessions.anomalies if each.endswith("belongs to no session")]
    ) == len(types)


@given(ENTRIES, st.integers(0, 60))
def test_a_log_in_two_parts_says_the_same_as_in_one(entries, cut):
    log = whatever(entries)
    snapshot = log._snapshot()
    first, second = log[:cut], log[cut:]
    again = find_sessions([*first, *second], breaks=snapshot.breaks)
    assert (again, again.anomalies) == (log.sessions(), log.sessions().anomalies)


@given(VISITS, VISITS)
def test_visits_that_are_over_are_not_changed_by_what_comes_after(before, after):
    types = [type for _, types in before for type in types]
    more = [type for _, types in after for type in types]
    assert of(*types, *more)[: len(before)] == of(*types)


def test_no_entry_is_no_session():
    assert (tuple(EventLog().sessions()), EventLog().sessions().anomalies) == ((), ())
