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
        told = [sentence for sentence in session.anomalies if "is uncertain by" in sentence]
        assert len(told) >= len(session.uncertain)
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


LOST = st.sampled_from(
    [(OPEN,), (OPEN, CREATED), (OPEN, CREATED, STARTED), (OPEN, CREATED, CLOSED), FIVE]
)


@given(LOST, VISITS, st.booleans())
def test_after_the_stage_went_each_visit_has_its_own_events(lost, visits, run):
    """Nobody is so quick that a visit after an hour seems to be restored."""
    log = log_of(*enumerate(lost))
    log._bound(1_000)
    if run:
        log._begin_section()
    else:
        add(log, 100, "status", {"code": None})
    types = [type for _, types in visits for type in types]
    add(log, 3_600, "status", {"code": 1})
    for second, type in enumerate(types, 3_610):
        add(log, second, type)
    first, *rest = log.sessions()
    assert first.seqs == tuple(range(1, len(lost) + 1))
    assert [each.outcome for each in rest] == [outcome for outcome, _ in visits]
    assert [len(each.seqs) for each in rest] == [len(types) for _, types in visits]
    assert all(each.anomalies == () for each in rest)


@given(VISITS, st.randoms(use_true_random=False))
def test_what_another_page_tells_late_changes_nothing(visits, chance: random.Random):
    types = [type for _, types in visits for type in types]
    entries = [(10 * number, type, chance.choice("ab")) for number, type in enumerate(types)]
    late = [entry for entry in entries if entry[2] == "b"]
    log = EventLog()
    for second, type, page in entries:
        if page == "a":
            add(log, second, type, page=page, skew=0.5)
    for second, type, page in late:
        add(log, second, type, page=page, skew=0.5, received=10_000)
    assert [dataclasses.replace(each, seqs=()) for each in log.sessions()] == [
        dataclasses.replace(each, seqs=())
        for each in log_of(*[entry[:2] for entry in entries], skew=0.5).sessions()
    ]


def test_no_entry_is_no_session():
    assert (tuple(EventLog().sessions()), EventLog().sessions().anomalies) == ((), ())
