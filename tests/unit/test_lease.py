from __future__ import annotations

import asyncio
import time

import pytest

from owidget_jupyter import lookout
from owidget_jupyter.lease import Lease, Silence

from .driver import Page, connected, event, failed, status


def test_a_number_is_never_used_twice():
    lease = Lease()
    numbers = []
    for act in (
        lambda: lease.grant("a", ""),
        lambda: lease.grant("a", ""),
        lease.free,
        lambda: lease.grant("b", ""),
    ):
        act()
        numbers.append(lease.number)
    assert numbers == sorted(set(numbers))


def test_only_the_holder_under_its_last_number_is_current():
    lease = Lease()
    lease.grant("a", "")
    old = lease.number
    lease.grant("a", "")
    assert lease.is_current("a", lease.number)
    assert not lease.is_current("a", old)
    assert not lease.is_current("b", lease.number)


def test_a_page_is_asked_before_it_counts_as_silent_each_once():
    silence = Silence()
    looks = [silence.look() for _ in range(10)]
    assert looks == [None, "ask", None, "silent", *[None] * 6]


def test_a_report_starts_the_count_anew():
    silence = Silence()
    for _ in range(10):
        silence.heard()
        assert [silence.look() for _ in range(Silence.LIMIT)] == [None, "ask", None]


class StillLoop(asyncio.AbstractEventLoop):
    """A loop whose time only goes on when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple] = []

    def is_closed(self) -> bool:
        return False

    def call_soon_threadsafe(self, callback, *args, **kwargs):
        callback(*args)

    def call_later(self, delay, callback, *args, **kwargs):
        assert delay == lookout.INTERVAL
        self.waiting.append((callback, args))

    def pass_interval(self) -> None:
        due, self.waiting = self.waiting, []
        for callback, args in due:
            callback(*args)


@pytest.fixture
def loop(monkeypatch):
    loop = StillLoop()
    monkeypatch.setattr(lookout, "kernel_loop", lambda: loop)
    return loop


def test_a_lookout_looks_once_an_interval_until_it_is_stopped(loop):
    looks = []
    watch = lookout.Lookout(lambda: looks.append(1))
    watch.start()
    assert looks == []
    for _ in range(3):
        loop.pass_interval()
    assert len(looks) == 3
    watch.stop()
    loop.pass_interval()
    assert len(looks) == 3
    assert loop.waiting == []


def test_a_lookout_started_twice_looks_no_more_often(loop):
    looks = []
    watch = lookout.Lookout(lambda: looks.append(1))
    watch.start()
    watch.start()
    loop.pass_interval()
    assert len(looks) == 1


def test_without_a_loop_a_lookout_does_nothing(monkeypatch):
    monkeypatch.setattr(lookout, "kernel_loop", lambda: None)
    lookout.Lookout(pytest.fail).start()


def fall_silent(loop: StillLoop) -> None:
    for _ in range(Silence.LIMIT + 1):
        loop.pass_interval()


def test_a_silent_holder_is_not_online_and_others_are_offered_to_replace_it(loop, chat):
    page = connected(chat)
    fall_silent(loop)
    assert chat.status_code is None
    assert chat.state == "failed"
    assert chat.error.code == "holder_silent"
    told = page.comm.custom("lease")[-1]
    assert (told["holder"], told["silent"], told["open"]) == (page.id, True, False)


def test_a_silent_holder_is_never_replaced_by_itself(loop, chat):
    page = connected(chat)
    other = Page(chat, "page-b").want()
    fall_silent(loop)
    fall_silent(loop)
    assert other.grants() == []
    assert len(page.grants()) == 1


def test_a_silent_holder_that_wakes_is_believed_again(loop, chat):
    page = connected(chat)
    fall_silent(loop)
    page.alive("connecting", 2)
    assert (chat.state, chat.status_code, chat.error) == ("connected", 2, None)
    assert page.comm.custom("lease")[-1]["silent"] is False


@pytest.mark.parametrize("status", [7, -1, True, 1.0])
def test_a_waking_holder_with_an_impossible_status_is_not_believed(loop, chat, status):
    page = connected(chat)
    fall_silent(loop)
    page.alive("connecting", status)
    assert (chat.state, chat.status_code) == ("failed", None)
    assert len(chat.errors) == 1


def test_a_page_that_reports_only_when_asked_is_not_silent(loop, chat):
    page = connected(chat)
    for _ in range(20):
        told = len(page.comm.custom("lease"))
        loop.pass_interval()
        if len(page.comm.custom("lease")) > told:
            assert page.comm.custom("lease")[-1]["holder"] == page.id
            page.alive()
    assert chat.state == "connected"


def test_a_holder_that_reports_is_never_silent(loop, chat):
    page = connected(chat)
    for _ in range(20):
        loop.pass_interval()
        page.alive()
    assert chat.state == "connected"


def test_a_holder_that_was_replaced_while_it_slept_learns_so_when_it_wakes(loop, chat):
    page = connected(chat)
    fall_silent(loop)
    other = Page(chat, "page-b").want(take=True)
    other.connect()
    told = len(page.comm.custom("lease"))
    page.alive()
    assert len(page.comm.custom("lease")) == told + 1
    assert page.comm.custom("lease")[-1]["holder"] == "page-b"
    assert chat.state == "connected"


def test_a_stage_that_is_gone_is_not_looked_after(loop, chat):
    page = connected(chat)
    page.release()
    fall_silent(loop)
    assert chat.state == "idle"


def test_a_holder_that_slept_and_lets_go_only_now_was_a_second_live_stage(loop, chat):
    page = connected(chat)
    seen = []
    chat.on_event(seen.append)
    fall_silent(loop)
    other = Page(chat, "page-b").want(take=True).connect()
    page.alive()
    page.release()
    (overlap,) = (entry for entry in chat.event_log if entry.type == "overlap")
    assert overlap.frontend == overlap.detail["frontend"] == page.id
    assert overlap.detail["seconds"] >= 0
    assert [event.type for event in seen] == ["overlap"]
    assert other.comm.custom("accepted")[-1]["lines"][0]["type"] == "overlap"
    assert (chat.state, chat.status_code) == ("connected", 1)
    page.release()  # said again, it is no second one
    assert [entry.type for entry in chat.event_log].count("overlap") == 1


def test_a_holder_that_lets_go_as_soon_as_it_is_told_was_no_second_stage(chat):
    page = connected(chat)
    Page(chat, "page-b").want(take=True).connect()
    page.release()
    assert "overlap" not in [entry.type for entry in chat.event_log]


def test_an_awake_holder_that_takes_its_time_was_a_second_stage(loop, chat, monkeypatch):
    page = connected(chat)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    other = Page(chat, "page-b").want(take=True).connect()
    for _ in range(2):
        loop.pass_interval()
        other.alive()
    monkeypatch.setattr(time, "monotonic", lambda: now + 11.25)
    page.release()
    assert chat.event_log[-1].detail == {"frontend": page.id, "seconds": 11.2}


def test_a_release_that_a_busy_kernel_hears_late_is_no_overlap(loop, chat, monkeypatch):
    page = connected(chat)
    now = time.monotonic()
    Page(chat, "page-b").want(take=True).connect()
    monkeypatch.setattr(time, "monotonic", lambda: now + 300)
    page.release()
    assert "overlap" not in [entry.type for entry in chat.event_log]


def test_what_a_replaced_page_says_late_of_its_status_does_not_last(chat):
    old = connected(chat)
    lease = old.lease
    Page(chat, "page-b").want(take=True).connect(2)
    old.batch(status(0), lease=lease)
    assert codes(chat) == [1, None, 2, 0, 2]
    assert chat.status_code == 2
    chat.close()
    old.batch(status(0), lease=lease)
    assert codes(chat) == [1, None, 2, 0, 2, None]


def test_what_a_released_stage_says_late_of_its_status_does_not_last(chat):
    page = connected(chat)
    lease = page.lease
    page.release()
    page.batch(status(1), lease=lease)
    assert (codes(chat), chat.status_code) == ([1, None, 1, None], None)


def test_what_found_no_room_in_the_outbox_is_learnt_from_the_next_report(chat):
    page = connected(chat)
    page.batch(event(), {"kind": "overflow", "dropped": 7})
    page.alive(state="connecting", status=0, pending=3)
    assert chat.status_code == 1, "what it has still to deliver comes first"
    page.alive(state="connecting", status=0)
    assert (chat.state, chat.status_code, codes(chat)) == ("connected", 0, [1, 0])
    page.alive_but_failed("navigated")
    assert (chat.state, chat.error.code, chat.status_code) == ("failed", "navigated", None)


def test_every_report_is_answered_and_a_page_that_looks_on_needs_no_lease(chat):
    page = connected(chat)
    other = Page(chat, "page-b")
    for reporter in (page, other):
        told = len(page.comm.custom("accepted"))
        leases = len(page.comm.custom("lease"))
        reporter.alive()
        assert len(page.comm.custom("accepted")) == told + 1
        assert len(page.comm.custom("lease")) == leases


def codes(chat):
    return [entry.detail["code"] for entry in chat.event_log if entry.type == "status"]


@pytest.mark.parametrize(
    "end",
    [
        lambda page: page.release(),
        lambda page: page.batch(failed()),
        lambda page: Page(page.chat, "page-b").want(take=True),
        lambda page: setattr(page.chat, "preset", "other"),
        lambda page: page.batch(failed()) or page.release(),
    ],
)
def test_a_status_that_no_longer_holds_does_not_last_in_the_log(chat, end):
    page = connected(chat)
    statuses = []
    chat.set_status_update_callback(statuses.append)
    end(page)
    assert codes(chat) == [1, None]
    assert chat.event_log[-1].received == chat.event_log[-1].at
    assert statuses == [], "no vendor said so"


def test_a_silent_holders_status_is_unknown_until_it_wakes(loop, chat):
    page = connected(chat)
    fall_silent(loop)
    assert codes(chat) == [1, None]
    page.alive(status=2)
    assert codes(chat) == [1, None, 2]
    page.release()
    assert codes(chat) == [1, None, 2, None]


def test_a_widget_whose_comm_was_closed_by_the_host_ends_and_says_nothing_more(loop, chat):
    page = connected(chat)
    page.comm.close()  # as marimo does when the cell that made the widget runs again
    said = len(page.comm.published)
    fall_silent(loop)
    assert (chat.state, chat.status_code, chat.comm) == ("closed", None, None)
    assert page.comm.published[said:] == []
