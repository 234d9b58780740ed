from __future__ import annotations

import math
from fractions import Fraction
from threading import Event, RLock, Thread

import pytest

from owidget_jupyter import CallError, CallFuture, OWidget

from ..driver import Page, connected, messages, result, state, status


@pytest.fixture
def chat() -> OWidget:
    return OWidget.simulated()


@pytest.fixture
def clock(chat):
    return chat.operator.clock


def acts(page: Page) -> list[tuple[str, list[object]]]:
    """Return what the page was told to do with the clock."""
    told = page.comm.custom("act")
    assert {act["side"] for act in told} <= {"clock"}
    return [(act["action"], act["args"]) for act in told]


def test_it_is_real_until_it_is_told_otherwise(chat, clock):
    assert clock.speed == 1.0
    assert Page(chat).want().run()["simulation"]["speed"] == 1.0


def test_what_is_set_before_a_stage_comes_with_its_run_and_not_again(chat, clock):
    clock.fast(20)
    assert clock.speed == 20.0
    page = connected(chat)
    assert page.run()["simulation"]["speed"] == 20.0
    assert acts(page) == []


def test_a_live_stage_follows_at_once_and_so_does_the_next_one(chat, clock):
    page = connected(chat)
    clock.fast(2.5)
    clock.stepped()
    clock.real()
    clock.stepped()
    assert acts(page) == [("speed", [2.5]), ("speed", [0.0]), ("speed", [1.0]), ("speed", [0.0])]
    chat.retry()
    assert page.run()["simulation"]["speed"] == 0.0


def test_what_is_set_while_a_stage_starts_reaches_it_once_it_is_ready(chat, clock):
    page = Page(chat).want()
    clock.fast(3)
    assert acts(page) == []
    page.connect()
    assert acts(page) == [("speed", [3.0])]


def test_what_a_stage_missed_the_next_one_has_in_its_run_alone(chat, clock):
    page = Page(chat).want()
    clock.fast(3)
    page.release()
    page.want()
    assert page.run()["simulation"]["speed"] == 3.0
    page.connect()
    assert acts(page) == []


@pytest.mark.parametrize(
    ("seconds", "told"), [(1.5, 1500), (0, 0), (0.29, 290), (Fraction(1, 4), 250), (None, None)]
)
def test_a_step_is_told_in_milliseconds(chat, clock, seconds, told):
    clock.stepped()
    page = connected(chat)
    assert isinstance(clock.step(seconds), CallFuture)
    assert acts(page) == [("step", [told])]


def test_a_clock_that_stands_can_be_moved_before_the_script_has_called_back(chat, clock):
    clock.stepped()
    chat.visitor.open()
    chat.call("openChat")
    first, _ = clock.step(4), clock.step(1)
    page = Page(chat).want()
    assert acts(page) == []
    page.batch(state("loading"))
    assert acts(page) == [("step", [4000])]
    page.batch(result(page.comm.custom("act")[0]["id"]))
    assert first.done()
    assert acts(page)[1:] == [("step", [1000])]  # not at once: the first might have been enough
    clock.stepped()
    assert len(acts(page)) == 2
    page.batch(state("ready"), state("connecting"), result(page.comm.custom("act")[1]["id"]))
    told = page.comm.custom("act")[2:] + page.comm.custom("call")
    assert [act.get("action", act.get("method")) for act in told] == ["open", "speed", "openChat"]


def test_what_comes_behind_a_step_that_brings_the_button_stays_behind_it(chat, clock):
    clock.stepped()
    clock.step(4)
    chat.visitor.open()
    clock.step(1)
    page = Page(chat).want()
    page.batch(state("loading"))
    (step,) = page.comm.custom("act")
    page.batch(state("ready"), state("connecting"), status(1), result(step["id"]))
    assert [act["action"] for act in page.comm.custom("act")] == ["step", "open", "step"]


def test_a_step_that_a_stage_takes_with_it_fails(chat, clock):
    clock.stepped()
    page = Page(chat).want()
    page.batch(state("loading"))
    future = clock.step(4)
    page.release()
    assert isinstance(future.exception(), CallError)
    assert acts(page) == [("step", [4000])]


class NoticingLock:
    """Says when somebody has to wait for it."""

    def __init__(self, noticed):
        self._lock, self._noticed = RLock(), noticed

    def __enter__(self):
        if not self._lock.acquire(blocking=False):
            self._noticed.set()
            self._lock.acquire()

    def __exit__(self, *raised):
        self._lock.release()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda chat: chat.operator.clock.fast(3), ("act", [3.0])),
        (lambda chat: chat.add_custom_data("plan", "b"), ("call", ["plan", "b"])),
    ],
    ids=["speed", "custom data"],
)
def test_what_changes_while_a_stage_is_granted_is_told_to_it(chat, monkeypatch, change, told):
    noticed, threads, page = Event(), [], Page(chat)
    compose = chat._applier.compose_run

    def in_a_cell():
        change(chat)
        noticed.set()

    def compose_and_wait(origin):
        run = compose(origin)
        threads.append(Thread(target=in_a_cell))
        threads[0].start()
        assert noticed.wait(10)
        return run

    monkeypatch.setattr(chat._exchange, "_lock", NoticingLock(noticed))
    monkeypatch.setattr(chat._applier, "compose_run", compose_and_wait)
    page.want()
    threads[0].join(10)
    page.connect()
    kind, args = told
    assert [each["args"] for each in page.comm.custom(kind)] == [args]


def test_a_step_is_done_when_the_page_says_so(chat, clock):
    clock.stepped()
    page = connected(chat)
    future = clock.step()
    assert not future.done()
    page.batch(result(page.comm.custom("act")[0]["id"]))
    assert future.result() is None


def test_steps_before_the_display_are_kept_and_done_in_order(chat, clock):
    clock.stepped()
    clock.step(1)
    chat.visitor.open()
    clock.step(2)
    told = connected(chat).comm.custom("act")
    assert [(act["side"], act["args"]) for act in told] == [
        ("clock", [1000]),
        ("visitor", []),
        ("clock", [2000]),
    ]


@pytest.mark.parametrize("start", ["real", "fast"])
def test_a_clock_that_runs_is_not_stepped(chat, clock, start):
    page = connected(chat)
    clock.fast(2) if start == "fast" else clock.real()
    told = acts(page)
    with pytest.raises(RuntimeError, match=r"call chat\.operator\.clock\.stepped\(\) first"):
        clock.step(1)
    assert acts(page) == told


@pytest.mark.parametrize("times", [0, -1, math.inf, math.nan, 10**400, 1_000_001])
def test_no_clock_runs_backwards_or_faster_than_a_page_can_count(clock, times):
    with pytest.raises(ValueError, match="fast takes a number above 0, up to 1,000,000, not "):
        clock.fast(times)
    assert clock.speed == 1.0
    clock.fast(1_000_000)


@pytest.mark.parametrize("seconds", [-0.1, math.inf, math.nan, 1e308, 31_536_001])
def test_no_step_goes_backwards_or_for_ever(chat, clock, seconds):
    clock.stepped()
    with pytest.raises(ValueError, match="step takes seconds from 0 to 31,536,000, a year, not "):
        clock.step(seconds)
    clock.step(31_536_000)
    assert acts(connected(chat)) == [("step", [31_536_000_000])]


@pytest.mark.parametrize("number", ["2", True, [2], 2j])
def test_what_is_no_number_is_refused(clock, number):
    with pytest.raises(TypeError, match="fast takes a number, not"):
        clock.fast(number)
    clock.stepped()
    with pytest.raises(TypeError, match="step takes a number, not"):
        clock.step(number)


def test_a_closed_widget_has_no_time(chat, clock):
    clock.stepped()
    chat.close()
    with pytest.raises(RuntimeError, match="closed"):
        clock.fast(2)
    with pytest.raises(RuntimeError, match="closed"):
        clock.step()
    assert clock.speed == 0.0


def test_a_clock_that_a_page_refuses_to_set_is_a_problem(chat, clock):
    page = connected(chat)
    clock.fast(2)
    page.batch(result(page.comm.custom("act")[0]["id"], error="no such clock"))
    assert messages(chat) == ["no such clock"]


def test_its_repr_says_how_it_runs(clock):
    seen = [repr(clock)]
    clock.fast(10)
    seen.append(repr(clock))
    clock.stepped()
    assert [*seen, repr(clock)] == [
        "<Clock: real>",
        "<Clock: 10 times as fast>",
        "<Clock: stepped>",
    ]
