"""Reading an event log as it grows: a place in the log, not a queue beside it."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable

from owidget_jupyter.events import Event, EventLog
from owidget_jupyter.waiting import Ended, Waiters


class EventsDropped(RuntimeError):
    """Entries went from the bounded event log before they were read.

    Attributes:
        count: How many.
    """

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} entries were dropped from the log before they were read: "
            "raise chat.max_events, or read faster"
        )
        self.count = count


class Growth:
    """How far a log's entries were delivered, and who waits for that to move on.

    An entry is in the log before callbacks hear of it and traits show what it did; whoever
    reads from here on sees it after that.

    Attributes:
        delivered: Number of the last entry that was delivered.
    """

    def __init__(self) -> None:
        self.delivered = 0
        self._waiters: Waiters[int] = Waiters()

    def tell(self, delivered: int) -> None:
        """Wake those who wait, once for all entries up to this number."""
        self.delivered = max(delivered, self.delivered)
        self._waiters.offer(self.delivered)

    def end(self) -> None:
        """Tell that the log will not grow any more."""
        self._waiters.end()

    async def until(self, enough: Callable[[int], bool], timeout: float | None) -> None:
        """Wait until enough was delivered.

        Raises:
            Ended: when the log will not grow any more.
            TimeoutError: after so many seconds, without a message of its own.
        """
        await self._waiters.wait(enough, timeout, lambda: self.delivered)


class EventReader(AsyncIterator[Event]):
    """Hands out the entries that come from now on, in order, none twice and none left out.

    For ``async for``; it ends when the widget is closed, after what was there until then. Waiting
    for an entry may be cancelled and begun again: nothing is lost by it.

    Attributes:
        types: Types of the entries that are handed out; empty for all.

    Example:
        >>> async with contextlib.aclosing(chat.events("chatSessionStarted")) as events:
        ...     async for event in events:
        ...         print(event.at)
    """

    def __init__(self, log: EventLog, growth: Growth, types: tuple[str, ...] = ()) -> None:
        self.types = types
        self._log = log
        self._growth = growth
        self._place = log.total  # number of the last entry that was taken
        self._taken: deque[Event] = deque()  # never more than the log itself holds
        self._closed = False

    async def __anext__(self) -> Event:
        """Wait for the next entry.

        Raises:
            EventsDropped: when entries are gone; the next call goes on with those behind them.
            StopAsyncIteration: when the widget, or this iterator, is closed.
        """
        try:
            return await self.read()
        except Ended:
            raise StopAsyncIteration from None

    async def aclose(self) -> None:
        """End it: who waits for an entry waits no longer."""
        self._closed = True
        self._taken.clear()
        self._growth.tell(self._growth.delivered)

    async def read(self, deadline: float | None = None) -> Event:
        """Return the next entry; for the package's own use.

        Raises:
            EventsDropped: when entries are gone.
            Ended: when the widget, or this iterator, is closed.
            TimeoutError: at that time of the running loop, without a message of its own.
        """
        from asyncio import get_running_loop

        loop = get_running_loop()
        while True:
            self._take()
            while self._taken:
                event = self._taken.popleft()
                if not self.types or event.type in self.types:
                    return event
            left = None if deadline is None else max(0.0, deadline - loop.time())
            await self._growth.until(lambda upto: self._closed or upto > self._place, left)

    def _take(self) -> None:
        if self._closed:
            raise Ended
        if self._taken or self._growth.delivered <= self._place:
            return
        entries, gone = self._log._since(self._place)
        self._place += gone
        if gone:
            raise EventsDropped(gone)
        self._taken.extend(entries[: self._growth.delivered - self._place])
        self._place += len(self._taken)
