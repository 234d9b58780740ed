"""What a cell can await of a widget: that it is ready, the next event, all events to come."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from numbers import Real
from typing import Any

from owidget_jupyter import waiting
from owidget_jupyter.callbacks import name_of
from owidget_jupyter.events import STATUS_ENTRY, Event, EventType, known_type
from owidget_jupyter.part import Part
from owidget_jupyter.reading import EventReader
from owidget_jupyter.waiting import Ended, WidgetError

#: States in which waiting for more is in vain.
ENDED = ("failed", "unsupported", "closed")

Predicate = Callable[[Event], object]


class Awaiting(Part):
    """The awaiting part of `OWidget`."""

    _connect_wanted = False  # whether connect_to_server() asked for what autoconnect does not

    def ready(self, timeout: float | None = 30.0) -> Coroutine[Any, Any, None]:
        """Wait until the widget is usable: connected, or ready where it is not to connect.

        Args:
            timeout: Seconds to wait at most; None waits for ever.

        Raises:
            ValueError: for a timeout below 0.
            TypeError: for a timeout that is no number.
            RuntimeError: at once, where awaiting cannot work; names the callback way.
            WidgetError: when it failed, is unsupported, or was closed.
            TimeoutError: when it took longer.
        """
        _check_timeout(timeout)
        self._refuse_awaiting()
        return self._until_ready(timeout)

    def wait_for(
        self,
        type: str | EventType | None,
        timeout: float | None = 30.0,
        predicate: Predicate | None = None,
    ) -> Coroutine[Any, Any, Event]:
        """Wait for the next entry of the event log that fits, counted from the call.

        What it returns may be awaited later, so that nothing is missed of what one sets off in
        between. When the entry is there, callbacks have heard of it.

        Args:
            type: One of the five event types; ``"status"``, also for one that became unknown
                (its code is None); or None for an entry of any type, such as one that the
                vendor's page does not name.
            timeout: Seconds to wait at most, counted from the awaiting; None waits for ever.
            predicate: Function of an `Event` that says whether it will do. It is asked in the
                cell that awaits, which is where it raises.

        Raises:
            ValueError: for any other type, and a timeout below 0.
            TypeError: for a predicate that is no plain function, and a timeout that is no number.
            RuntimeError: at once, where awaiting cannot work; names the callback way.
            WidgetError: when the widget is or was closed.
            TimeoutError: when none came in time.
            EventsDropped: when the log was too short to hold all that came meanwhile.

        Example:
            >>> created = chat.wait_for("chatSessionCreated")
            >>> await chat.visitor.join()
            >>> await created
            >>> await chat.wait_for("status", predicate=lambda event: event.detail["code"] == 1)
        """
        types = () if type is None else (_entry_type(type),)
        _check_timeout(timeout)
        if predicate is not None:
            _check_predicate(predicate)
        return self._until_event(self._reader(types), timeout, predicate)

    def events(self, *types: str | EventType) -> EventReader:
        """Return the entries of the event log that come from now on, for ``async for``.

        In order, none twice and none left out; callbacks have heard of an entry when it is there.
        The loop ends when the widget is closed, and raises `EventsDropped` when the log was too
        short to hold what came between two readings. Any number may read, each on its own.

        Args:
            *types: Types as for `wait_for`; without any, entries of all types.

        Raises:
            ValueError: for a type that is none of them.
            RuntimeError: at once, where awaiting cannot work; names the callback way.
            WidgetError: when the widget was closed.

        Example:
            >>> async for event in chat.events():
            ...     print(event.type)
            ...     if event.type == "chatSessionEnded":
            ...         break
        """
        return self._reader(tuple(map(_entry_type, types)))

    def _reader(self, types: tuple[str, ...]) -> EventReader:
        self._refuse_awaiting()
        if self.state == "closed":
            raise WidgetError("the widget was closed")
        return EventReader(self.event_log, self._applier.growth, types)

    async def _until_ready(self, timeout: float | None) -> None:
        connects = self.autoconnect or self._connect_wanted
        goal = ("connected",) if connects else ("ready", "connecting", "connected")
        try:
            state = await self._applier.states_seen.wait(
                lambda state: state in goal or state in ENDED, timeout, lambda: self.state
            )
        except TimeoutError:
            raise TimeoutError(
                f"the widget is {self.state!r} after {timeout:g} s; is it displayed, and does its "
                "status bar ask for something?"
            ) from None
        if state in ENDED:
            raise WidgetError(str(self.error) if self.error else f"the widget is {state}")

    async def _until_event(
        self, reader: EventReader, timeout: float | None, predicate: Predicate | None
    ) -> Event:
        from asyncio import get_running_loop

        deadline = None if timeout is None else get_running_loop().time() + timeout
        while True:
            try:
                event = await reader.read(deadline)
            except TimeoutError:
                what = " or ".join(reader.types) or "event"
                such = f" for which {name_of(predicate)} is true" if predicate else ""
                raise TimeoutError(
                    f"no {what}{such} within {timeout:g} s; the widget is {self.state!r}"
                ) from None
            except Ended:
                raise WidgetError("the widget was closed") from None
            # Outside the try: what a predicate raises is the cell's own, a TimeoutError too.
            if predicate is None or predicate(event):
                return event

    def _awaiting_obstacle(self) -> str | None:
        return waiting.obstacle(self._displayed or self._exchange.attended)

    def _refuse_awaiting(self) -> None:
        obstacle = self._awaiting_obstacle()
        if obstacle:
            raise RuntimeError(obstacle)


def _entry_type(type: str | EventType) -> str:
    return STATUS_ENTRY if type == STATUS_ENTRY else known_type(type)


def _check_timeout(timeout: object) -> None:
    if timeout is None:
        return
    if isinstance(timeout, bool) or not isinstance(timeout, Real):
        raise TypeError(f"timeout is a number of seconds, or None for no limit, not {timeout!r}")
    if not float(timeout) >= 0:  # NaN, too
        raise ValueError(f"timeout is a number of seconds from 0 on, not {timeout!r}")


def _check_predicate(predicate: object) -> None:
    if not callable(predicate):
        raise TypeError(f"predicate is a function of an event, not {predicate!r}")
    if any(map(inspect.iscoroutinefunction, (predicate, type(predicate).__call__))):
        raise TypeError(
            f"predicate is a plain function, and {name_of(predicate)} is async: nobody would "
            "await its answer"
        )
