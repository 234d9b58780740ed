from __future__ import annotations

import asyncio
import threading

import pytest

from owidget_jupyter import EventsDropped, WidgetError

from .awaits import in_a_thread, meanwhile, wait_for, waiters
from .driver import connected, event, status


@pytest.mark.parametrize("type", ["SessionStarted", "", "Status", 5])
def test_waiting_for_an_unknown_type_is_refused_before_anything_else(chat, type):
    with pytest.raises(ValueError, match="no event type"):
        chat.wait_for(type)


async def answers_later(event):
    return True


class AnswersLater:
    async def __call__(self, event):
        return True


@pytest.mark.parametrize(
    ("predicate", "why"),
    [
        ("code", "not 'code'"),
        (1, "not 1"),
        (answers_later, "answers_later is async"),
        (AnswersLater(), "AnswersLater object at .* is async"),
    ],
)
def test_a_predicate_that_is_none_is_refused_before_anything_else(chat, predicate, why):
    with pytest.raises(TypeError, match=f"predicate is .*{why}"):
        chat.wait_for("status", predicate=predicate)


def test_wait_for_returns_the_next_event_of_its_type_only(awaitable, chat, page):
    page.batch(event("chatSessionStarted", {"which": "before"}))

    def act():
        page.batch(event("chatWindowOpen"), event("chatSessionStarted", {"which": "next"}))

    seen = asyncio.run(meanwhile(wait_for(chat, "chatSessionStarted"), act))
    assert (seen.type, seen.detail) == ("chatSessionStarted", {"which": "next"})
    assert seen in chat.event_log


def test_wait_for_a_status_hears_of_a_repeated_one(awaitable, chat):
    page = connected(chat)
    seen = asyncio.run(meanwhile(wait_for(chat, "status"), lambda: page.batch(status(1))))
    assert seen.detail == {"code": 1}


def test_wait_for_that_takes_too_long_says_what_it_waited_for(awaitable, chat):
    connected(chat)
    with pytest.raises(
        TimeoutError, match="no chatWindowOpen within 0 s; the widget is 'connected'"
    ):
        asyncio.run(wait_for(chat, "chatWindowOpen", timeout=0))


def test_wait_for_counts_from_the_call_on_not_from_the_awaiting(awaitable, chat, page):
    async def cell():
        created = chat.wait_for("chatSessionCreated", timeout=0)
        in_a_thread(lambda: page.batch(event("chatSessionCreated")))
        return await created

    assert asyncio.run(cell()).seq == 1


@pytest.mark.parametrize(
    ("entry", "type"),
    [(event("chatWindowOpen"), "chatWindowOpen"), (status(0), "status"), (event("new"), "new")],
)
def test_wait_for_none_returns_the_next_entry_whatever_it_is(awaitable, chat, page, entry, type):
    seen = asyncio.run(meanwhile(wait_for(chat, None), lambda: page.batch(entry)))
    assert seen.type == type


def test_wait_for_a_status_hears_that_it_became_unknown(awaitable, chat):
    page = connected(chat)
    seen = asyncio.run(meanwhile(wait_for(chat, "status"), page.release))
    assert seen.detail == {"code": None}


def test_a_predicate_decides_further_and_is_asked_of_the_type_only(awaitable, chat, page):
    asked = []

    def is_second(event):
        asked.append(event.type)
        return event.detail["n"] == 2

    def act():
        page.batch(event("chatWindowOpen", {"n": 1}), event("chatWindowClosed"))
        page.batch(event("chatWindowOpen", {"n": 2}), event("chatWindowOpen", {"n": 2}))

    seen = asyncio.run(meanwhile(wait_for(chat, "chatWindowOpen", predicate=is_second), act))
    assert seen.seq == 3
    assert asked == ["chatWindowOpen"] * 2


def test_a_timeout_names_the_predicate_that_nothing_fitted(awaitable, chat, page):
    def odd(event):
        return False

    async def cell():
        waiting_for = chat.wait_for(None, 0, odd)
        page.batch(event("chatWindowOpen"))
        await waiting_for

    with pytest.raises(TimeoutError, match=r"no event for which .*odd is true within 0 s"):
        asyncio.run(cell())


@pytest.mark.parametrize("error", [ZeroDivisionError("mine"), TimeoutError("mine")])
def test_what_a_predicate_raises_reaches_who_awaits_and_nobody_else(awaitable, chat, page, error):
    def raising(event):
        raise error

    heard = []
    chat.on_event(heard.append)

    async def cell():
        raised = asyncio.ensure_future(wait_for(chat, "chatWindowOpen", predicate=raising))
        other = asyncio.ensure_future(wait_for(chat, "chatWindowOpen"))
        await asyncio.sleep(0)
        in_a_thread(lambda: page.batch(event("chatWindowOpen"), event("chatWindowClosed")))
        return await asyncio.gather(raised, other, return_exceptions=True)

    raised, seen = asyncio.run(cell())
    assert raised is error
    assert seen.type == "chatWindowOpen"
    assert [event.type for event in heard] == ["chatWindowOpen", "chatWindowClosed"]
    assert len(chat.errors) == 0


def test_an_entry_is_awaited_until_traits_and_callbacks_have_it(awaitable, chat):
    page = connected(chat)
    entered, leave = threading.Event(), threading.Event()

    def slow(code):
        entered.set()
        assert leave.wait(10)

    chat.set_status_update_callback(slow)

    async def cell():
        early, late = chat.wait_for("status", timeout=0), chat.wait_for("status")
        delivery = threading.Thread(target=lambda: page.batch(status(2)))
        delivery.start()
        assert entered.wait(10)
        assert chat.event_log[-1].detail == {"code": 2}
        with pytest.raises(TimeoutError):  # it is in the log, but not everybody has heard of it
            await early
        leave.set()
        return await late

    assert asyncio.run(cell()).detail == {"code": 2}
    assert chat.status_code == 2


def test_wait_for_raises_when_the_widget_is_closed_meanwhile(awaitable, chat):
    with pytest.raises(WidgetError, match="the widget was closed"):
        asyncio.run(meanwhile(wait_for(chat, "chatWindowOpen"), chat.close))


def test_wait_for_raises_when_the_widget_was_closed_before_it_is_awaited(awaitable, chat):
    async def cell():
        waiting_for = chat.wait_for("chatWindowOpen")
        chat.close()
        await waiting_for

    with pytest.raises(WidgetError, match="the widget was closed"):
        asyncio.run(cell())


@pytest.mark.parametrize("wait", ["wait_for", "events"])
def test_a_closed_widget_is_not_waited_for_at_all(awaitable, chat, wait):
    chat.close()
    with pytest.raises(WidgetError, match="the widget was closed"):
        chat.events() if wait == "events" else chat.wait_for(None)


def test_wait_for_says_when_the_log_was_too_short_for_what_came(awaitable, page, chat):
    chat.max_events = 2
    with pytest.raises(EventsDropped, match="3 entries were dropped"):
        asyncio.run(meanwhile(wait_for(chat, None), lambda: page.batch(*[event()] * 5)))


@pytest.mark.parametrize("outcome", ["timeout", "cancelled", "seen"])
def test_nobody_is_left_waiting(awaitable, chat, page, outcome):
    async def cell():
        timeout = 0 if outcome == "timeout" else None
        task = asyncio.ensure_future(wait_for(chat, "chatWindowOpen", timeout))
        await asyncio.sleep(0)
        if outcome == "cancelled":
            task.cancel()
        elif outcome == "seen":
            page.batch(event("chatWindowOpen"))
        await asyncio.wait([task])

    asyncio.run(cell())
    assert waiters(chat) == []


def test_a_wait_that_timed_out_does_not_break_what_comes_later(awaitable, chat, page):
    with pytest.raises(TimeoutError):
        asyncio.run(wait_for(chat, "chatWindowOpen", timeout=0))
    page.batch(event("chatWindowOpen"))
    assert len(chat.errors) == 0


def test_several_may_wait_for_the_same_event(awaitable, chat, page):
    async def cell():
        both = asyncio.gather(wait_for(chat, "chatWindowOpen"), wait_for(chat, "chatWindowOpen"))
        await asyncio.sleep(0)
        in_a_thread(lambda: page.batch(event("chatWindowOpen")))
        return await both

    one, two = asyncio.run(cell())
    assert one is two
