from __future__ import annotations

import pytest

from owidget_jupyter.explorer.pace import INTERVAL, Pace


class Clock:
    """A time that only tests let pass, with the alarms set by it."""

    def __init__(self):
        self.now = 100.0
        self.alarms = []

    def alarm(self, seconds, ring):
        made = Alarm(self.now + seconds, ring)
        self.alarms.append(made)
        return made

    def pass_(self, seconds):
        self.now += seconds
        for alarm in list(self.alarms):
            if alarm.started and alarm.at <= self.now:
                self.alarms.remove(alarm)
                alarm.ring()


class Alarm:
    daemon = False
    started = False

    def __init__(self, at, ring):
        self.at, self.ring = at, ring

    def start(self):
        self.started = True

    def cancel(self):
        self.started = False


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def drawn():
    return []


@pytest.fixture
def pace(clock, drawn):
    return Pace(lambda: drawn.append(clock.now), lambda: clock.now, clock.alarm)


def test_what_comes_alone_is_drawn_at_once(pace, clock, drawn):
    pace.ask()
    clock.pass_(INTERVAL)
    pace.ask()
    assert drawn == [100.0, 100.0 + INTERVAL]


def test_a_burst_is_drawn_a_few_times_and_at_its_end(pace, clock, drawn):
    for _ in range(10_000):
        pace.ask()
        clock.pass_(INTERVAL / 5_000)
    clock.pass_(INTERVAL)
    assert 3 <= len(drawn) <= 4
    assert all(alarm.daemon for alarm in clock.alarms)
    clock.pass_(10)
    assert len(drawn) <= 4, "nothing was asked for any more"


def test_it_can_be_drawn_now_and_then_not_again(pace, clock, drawn):
    pace.ask()
    pace.ask()
    pace.now()
    assert len(drawn) == 2
    clock.pass_(INTERVAL)
    assert len(drawn) == 2


def test_after_the_end_nothing_is_drawn(pace, clock, drawn):
    pace.ask()
    pace.ask()
    pace.end()
    pace.ask()
    pace.now()
    clock.pass_(INTERVAL)
    assert len(drawn) == 1


def test_what_is_drawn_may_ask_again(clock):
    drawn = []

    def draw():
        drawn.append(1)
        if len(drawn) == 1:
            pace.ask()

    pace = Pace(draw, lambda: clock.now, clock.alarm)
    pace.ask()
    clock.pass_(INTERVAL)
    assert len(drawn) == 2
