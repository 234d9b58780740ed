from __future__ import annotations

import asyncio
import contextlib
import random
import selectors
import threading

import pytest

from owidget_jupyter import Event, EventsDropped, OWidget

from .awaits import in_a_thread, waiters
from .driver import Page, connected, event, status


async def take(events, count: int) -> list[Event]:
    """Read so many entries."""
    return [await asyncio.wait_for(anext(events), 10) for _ in range(count)]


async def take_all(events) -> list[Event]:
    """Read to the end."""
    return [event async for event in events]


def numbered(*numbers: int) -> list[dict[str, object]]:
    return [event("chatWindowOpen", {"n": n}) for n in numbers]


def test_it_hands_out_what_comes_from_the_call_on(awaitable, chat, page):
    page.batch(event("chatWindowOpen"))

    async def cell():
        events = chat.events()
        page.batch(event("chatSessionCreated"), status(1))
        in_a_thread(lambda: page.batch(event("overflow"), event("new")))
        return await take(events, 4)

    read = asyncio.run(cell())
    assert read == chat.event_log[1:]
    assert [entry.type for entry in read] == [
        "chatSessionCreated",
        "status",
        "event:overflow",
        "new",
    ]


def test_none_twice_and_none_left_out_whoever_is_faster(awaitable, chat, page):
    total, rolls = 2_000, random.Random(1)

    def act():
        n = 0
        while n < total:
            size = min(rolls.randint(1, 40), total - n)
            page.batch(*numbered(*range(n, n + size)))
            n += size

    async def cell():
        events, pauses = chat.events(), random.Random(2)
        delivery = threading.Thread(target=act)
        delivery.start()
        read = []
        async for entry in events:
            read.append(entry.detail["n"])
            if len(read) == total:
                break
            if pauses.random() < 0.1:
                await asyncio.sleep(0)
        delivery.join(10)
        return read

    assert asyncio.run(cell()) == list(range(total))
    assert waiters(chat) == []


class Held:
    """A batch whose first event is in the log, while a callback keeps the others from it."""

    def __init__(self, chat: OWidget, page: Page) -> None:
        self._entered, self._leave = threading.Event(), threading.Event()
        chat.set_app_event_callback(self._hold)
        self._delivery = threading.Thread(target=lambda: page.batch(*numbered(0)))
        self._delivery.start()
        assert self._entered.wait(10)

    def _hold(self, event: Event) -> None:
        self._entered.set()
        assert self._leave.wait(10)

    def release(self) -> None:
        self._leave.set()
        self._delivery.join(10)


def test_an_entry_is_handed_out_once_callbacks_have_heard_of_it(awaitable, chat, page):
    async def cell():
        events = chat.events()
        page.batch(*numbered(1))
        held = Held(chat, page)
        assert len(chat.event_log) == 2
        first = await anext(events)
        reading = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        assert len(waiters(chat)) == 1, "the second one is not handed out yet"
        held.release()
        return [first.seq, (await reading).seq]

    assert asyncio.run(cell()) == [1, 2]


def test_what_is_in_the_log_at_the_call_does_not_come_though_it_is_underway(awaitable, chat, page):
    async def cell():
        held = Held(chat, page)
        events = chat.events()
        held.release()
        page.batch(*numbered(1))
        return await take(events, 1)

    assert [entry.seq for entry in asyncio.run(cell())] == [2]


def test_types_filter_and_are_checked_at_once(awaitable, chat, page):
    with pytest.raises(ValueError, match="no event type 'chatStarted'"):
        chat.events("status", "chatStarted")

    async def cell():
        events = chat.events("status", "chatWindowClosed")
        page.batch(event("chatWindowOpen"), status(1), event("chatWindowClosed"), status(2))
        return await take(events, 3)

    assert [entry.seq for entry in asyncio.run(cell())] == [2, 3, 4]


def test_several_read_each_on_their_own(awaitable, chat, page):
    async def reader(*types):
        return await take(chat.events(*types), 2)

    async def cell():
        readers = asyncio.gather(reader(), reader("chatWindowClosed"), reader())
        await asyncio.sleep(0)
        in_a_thread(lambda: page.batch(event("chatWindowOpen"), event("chatWindowClosed")))
        in_a_thread(lambda: page.batch(event("chatWindowOpen"), event("chatWindowClosed")))
        return [[entry.seq for entry in read] for read in await readers]

    assert asyncio.run(cell()) == [[1, 2], [2, 4], [1, 2]]


def test_two_tasks_that_share_one_get_each_entry_once(awaitable, chat, page):
    async def cell():
        events = chat.events()
        both = asyncio.gather(take(events, 3), take(events, 3))
        await asyncio.sleep(0)
        in_a_thread(lambda: page.batch(*numbered(*range(6))))
        return [entry.seq for read in await both for entry in read]

    assert sorted(asyncio.run(cell())) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("waits", [True, False])
def test_it_ends_when_the_widget_is_closed_after_what_is_there(awaitable, chat, page, waits):
    async def cell():
        events = chat.events()
        if not waits:
            page.batch(event("chatWindowOpen"), event("chatWindowClosed"))
            chat.close()
        reading = asyncio.ensure_future(take_all(events))
        await asyncio.sleep(0)
        if waits:
            in_a_thread(lambda: page.batch(event("chatWindowOpen"), event("chatWindowClosed")))
            in_a_thread(chat.close)
        read = await reading
        assert await take_all(events) == [], "and stays ended"
        return read

    assert [entry.seq for entry in asyncio.run(cell())] == [1, 2]
    assert waiters(chat) == []


def test_entries_that_went_before_they_were_read_are_counted(awaitable, chat, page):
    chat.max_events = 3

    async def cell():
        events = chat.events("chatWindowOpen")
        page.batch(*numbered(1, 2))
        assert (await anext(events)).detail == {"n": 1}
        page.batch(*numbered(3, 4, 5, 6, 7))
        # What it had taken before is its own.
        assert (await anext(events)).detail == {"n": 2}
        with pytest.raises(EventsDropped, match=r"2 entries .* raise chat\.max_events") as raised:
            await anext(events)
        assert raised.value.count == 2
        return [entry.detail["n"] for entry in await take(events, 3)]

    assert asyncio.run(cell()) == [5, 6, 7]


def test_a_log_that_overflowed_before_the_call_is_no_matter(awaitable, chat, page):
    chat.max_events = 3
    page.batch(*numbered(*range(10)))

    async def cell():
        events = chat.events()
        page.batch(*numbered(10))
        return await take(events, 1)

    assert [entry.seq for entry in asyncio.run(cell())] == [11]


def test_waiting_may_be_cancelled_and_begun_again(awaitable, chat, page):
    async def cell():
        events = chat.events()
        for _ in range(3):
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(anext(events), 0.001)
        assert waiters(chat) == []
        page.batch(*numbered(1, 2))
        cancelled = asyncio.ensure_future(anext(events))
        cancelled.cancel()
        await asyncio.wait([cancelled])
        return await take(events, 2)

    assert [entry.seq for entry in asyncio.run(cell())] == [1, 2]


def test_cancelling_between_the_wake_and_the_reading_loses_nothing(awaitable, chat, page):
    async def cell():
        events = chat.events()
        reading = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        page.batch(*numbered(1))
        reading.cancel()
        await asyncio.wait([reading])
        assert reading.cancelled()
        return await take(events, 1)

    assert [entry.seq for entry in asyncio.run(cell())] == [1]


@pytest.mark.parametrize("how", ["break", "raise", "cancel"])
def test_leaving_the_loop_leaves_no_waiter_behind(awaitable, chat, page, how):
    async def loop():
        async for _ in chat.events():
            if how == "break":
                break
            if how == "raise":
                raise ZeroDivisionError

    async def cell():
        task = asyncio.ensure_future(loop())
        await asyncio.sleep(0)
        assert len(waiters(chat)) == 1
        if how == "cancel":
            task.cancel()
        else:
            page.batch(event("chatWindowOpen"))
        await asyncio.wait([task])
        return task

    task = asyncio.run(cell())
    assert (task.cancelled(), waiters(chat)) == (how == "cancel", [])


def test_closing_it_ends_it_for_whoever_waits(awaitable, chat, page):
    async def cell():
        async with contextlib.aclosing(chat.events()) as events:
            waiting = asyncio.ensure_future(take_all(events))
            other = asyncio.ensure_future(take(chat.events(), 1))
            await asyncio.sleep(0)
        assert await asyncio.wait_for(waiting, 10) == []
        assert await take_all(events) == []
        assert not other.done(), "another one goes on"
        page.batch(event("chatWindowOpen"))
        return await other

    assert len(asyncio.run(cell())) == 1
    assert waiters(chat) == []


def test_an_interrupted_observer_leaves_nobody_waiting(awaitable, chat, page):
    def interrupted(change):
        raise KeyboardInterrupt

    chat.observe(interrupted, names="event_log")

    async def cell():
        reading = asyncio.ensure_future(take(chat.events(), 1))
        await asyncio.sleep(0)
        with pytest.raises(KeyboardInterrupt):
            page.batch(event("chatWindowOpen"))
        return await reading

    assert [entry.seq for entry in asyncio.run(cell())] == [1]


class Watched(asyncio.SelectorEventLoop):
    """A loop that tells how often it went round, how often it was woken, and when it sleeps."""

    def __init__(self) -> None:
        self.rounds = self.wakes = 0
        self.asleep = threading.Event()
        loop = self

        class Selector(selectors.DefaultSelector):
            def select(self, timeout=None):
                loop.rounds += 1
                if timeout is None:
                    loop.asleep.set()
                return super().select(timeout)

        super().__init__(Selector())

    def call_soon_threadsafe(self, *args, **kwargs):
        self.wakes += 1
        return super().call_soon_threadsafe(*args, **kwargs)


def test_the_loop_sleeps_until_a_batch_wakes_it_once(awaitable, chat: OWidget):
    page: Page = connected(chat)
    loop = Watched()
    before = []

    def act():
        assert loop.asleep.wait(10)
        before.extend([loop.rounds, loop.wakes])
        page.batch(*numbered(*range(200)))

    async def cell():
        events = chat.events()
        return [await anext(events) for _ in range(200)]

    batch = threading.Thread(target=act)
    batch.start()
    try:
        read = loop.run_until_complete(cell())
    finally:
        batch.join(10)
        loop.close()
    assert [entry.detail["n"] for entry in read] == list(range(200))
    rounds, wakes = before
    assert rounds <= 3, "it sleeps as soon as there is nothing to do"
    assert loop.wakes - wakes == 1
    assert loop.rounds - rounds <= 5
