from __future__ import annotations

import dataclasses

import pytest
from IPython.lib.pretty import pretty

from owidget_jupyter import EventLog, Session

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
