"""Plays the cells that await a widget, and the threads that its news comes in."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from owidget_jupyter import Event, OWidget


async def as_cell(wait: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
    """Call and await it in one go, in a running loop, as a cell does."""
    return await wait(*args, **kwargs)


async def ready(chat: OWidget, timeout: float | None = 10) -> None:
    await chat.ready(timeout)


async def wait_for(
    chat: OWidget, type: str | None, timeout: float | None = 10, **more: Any
) -> Event:
    return await chat.wait_for(type, timeout, **more)


def in_a_thread(act: Callable[[], object]) -> None:
    """Do something in a thread of its own, as a kernel's subshell does."""
    thread = threading.Thread(target=act)
    thread.start()
    thread.join(10)


async def meanwhile(awaited: Awaitable[Any], act: Callable[[], object]) -> Any:
    """Await something that comes true while it is awaited, in another thread."""
    task = asyncio.ensure_future(awaited)
    await asyncio.sleep(0)
    in_a_thread(act)
    return await task


def waiters(chat: OWidget) -> list[Any]:
    """Return who waits for the widget to become ready, or for entries of its log."""
    applier = chat._applier
    return [*applier.states_seen._waiting, *applier.growth._waiters._waiting]
