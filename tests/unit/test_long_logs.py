"""What long logs cost: appending the same however long they are, studying them in proportion."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from owidget_jupyter import EventLog

from .counting import assert_linear, calls_of, most_bytes_of
from .logs import CREATED, ENDED, FIVE, OPEN, STARTED, add

SIZE = 500

# Logs of so many entries, orderly ones and such as might be studied again and again


def visits(count: int) -> EventLog:
    log = EventLog(count)
    for number in range(count):
        if number % 7:
            add(log, 10 * number, FIVE[number % 7 % 5], skew=0.02)
        else:
            add(log, 10 * number, "status", {"code": number % 3})
    return log


def windows(count: int) -> EventLog:
    return of_types(count, ("chatWindowOpen", "chatWindowClosed"))


def windows_in_one_talk(count: int) -> EventLog:
    return of_types(count, ("chatWindowClosed", "chatWindowOpen"), begin=(OPEN, CREATED, STARTED))


def repeated(count: int) -> EventLog:
    return of_types(count, (CREATED,))


def without_ends(count: int) -> EventLog:
    return of_types(count, (OPEN, CREATED, STARTED))


def ends_alone(count: int) -> EventLog:
    return of_types(count, (ENDED,))


def windows_of_stages_that_went(count: int) -> EventLog:
    return of_types(count, (OPEN, "gone"), begin=(OPEN, CREATED))


def talks_that_are_restored(count: int) -> EventLog:
    return of_types(count, (OPEN, CREATED, STARTED, "gone"))


def late(count: int) -> EventLog:
    """Pages in turns, each of which tells afterwards what it saw."""
    log = EventLog(count)
    order = random.Random(8)
    for number in range(count):
        skew, page = round(order.random() * 20, 3), f"page-{order.randrange(9)}"
        seen = 10 * number - order.randrange(500)
        add(log, seen, FIVE[number % 5], skew=skew, received=10 * number, page=page)
    return log


def runs(count: int) -> EventLog:
    log = EventLog(count)
    for number in range(count):
        if number % 10 == 0:
            log._begin_section()
        add(log, 10 * number, FIVE[number % 5], skew=0.02)
    return log


def clocks_that_are_set(count: int) -> EventLog:
    log = EventLog(count)
    for number in range(count):
        skew = 3600.0 * (number // 10 % 5)
        add(log, 10 * number - skew, FIVE[number % 5], skew=skew, received=10 * number)
    return log


def of_types(count: int, types: tuple[str, ...], begin: tuple[str, ...] = ()) -> EventLog:
    log = EventLog(count)
    for number in range(count):
        type = begin[number] if number < len(begin) else types[(number - len(begin)) % len(types)]
        detail: Any = {"code": None} if type == "gone" else None
        add(log, 10 * number, "status" if type == "gone" else type, detail, skew=0.02)
    return log


LOGS = [
    visits,
    windows,
    windows_in_one_talk,
    repeated,
    without_ends,
    ends_alone,
    windows_of_stages_that_went,
    talks_that_are_restored,
    late,
    runs,
    clocks_that_are_set,
]


@pytest.mark.parametrize("make", LOGS, ids=lambda make: make.__name__)
@pytest.mark.parametrize(
    "study",
    [
        lambda log: log.sessions(),
        lambda log: log.status_intervals(),
        lambda log: log.to_jsonl(),
    ],
    ids=["sessions", "intervals", "jsonl"],
)
def test_studying_a_log_costs_in_proportion_to_its_length(make, study):
    def cost(length: int) -> int:
        log = make(length)
        return calls_of(lambda: study(log))

    assert_linear(cost, SIZE)


@pytest.mark.parametrize(
    "frame",
    [
        lambda log: log.to_pandas(details=True),
        lambda log: log.sessions().to_pandas(),
        lambda log: log.status_intervals().to_pandas(),
    ],
    ids=["events", "sessions", "intervals"],
)
def test_frames_cost_in_proportion_to_their_rows(frame: Callable[[EventLog], object]):
    frame(visits(SIZE))  # what pandas does but once is done

    def cost(length: int) -> int:
        log = visits(length)
        return calls_of(lambda: frame(log))

    assert_linear(cost, 4 * SIZE)


@pytest.mark.parametrize(
    "bound", [lambda length: 10 * length, int], ids=["unbound", "at its bound"]
)
def test_appending_costs_the_same_however_long_the_log_is(bound):
    def appended(length: int) -> tuple[int, int]:
        """Return the calls of many appends, and the most memory that one of them takes."""
        log = EventLog(bound(length))
        for number in range(length):
            add(log, number, OPEN)
        calls = calls_of(lambda: [add(log, length, OPEN) for _ in range(100)] and None)
        return calls, min(most_bytes_of(lambda: add(log, length, OPEN)) for _ in range(5))

    (calls, held), (more_calls, more_held) = appended(100), appended(20_000)
    assert more_calls <= calls + 20
    assert more_held <= held + 1_000  # a copy of the log takes 160,000 bytes
