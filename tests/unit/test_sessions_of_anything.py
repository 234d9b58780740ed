from __future__ import annotations

import dataclasses
import random
import re
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from owidget_jupyter import EventLog
from owidget_jupyter.sessions.deriving import find_sessions

from .logs import (
    CLOSED,
    CREATED,
    ENDED,
    FIVE,
    OPEN,
    STARTED,
    add,
    anomalies,
    log_of,
    of,
    outcomes,
)

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
