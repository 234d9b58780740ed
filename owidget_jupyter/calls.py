"""Calls of the live object's methods: kept until the stage is ready, answered by a future."""

from __future__ import annotations

import itertools
import json
import re
from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from owidget_jupyter.future import CallFuture
    from owidget_jupyter.problems import ProblemLog

_METHOD = r"[A-Za-z_$][A-Za-z0-9_$]{0,99}"  # compiled on its first use

#: Methods that the stage itself uses, and what to use in Python instead.
RESERVED = {
    "init": "set company_id, preset, language and scope, or chat.init()",
    "connectToServer": "chat.connect_to_server()",
    "setAppEventCallback": "chat.on_event() or chat.set_app_event_callback()",
    "setStatusUpdateCallback": "chat.on_status() or chat.set_status_update_callback()",
    "setCustomNumberNormalization": "chat.set_custom_number_normalization()",
}

#: Most calls that are under way at once: Jupyter's server drops what goes to a page without a word
#: above about 1,000 messages a second, and this many are answered in about 60 ms.
UNDER_WAY = 40

#: Looks, a few seconds apart, after which a call that got no answer has failed; the page itself
#: gives a method 30 s, and this is for answers that were lost on their way.
LOOKS = 9


class _Call:
    """A call, or an order, which nobody answers: it has no future."""

    def __init__(
        self,
        id: int,
        kind: str,
        fields: dict[str, Any],
        future: CallFuture | None = None,
        desired: bool = False,
        early: bool = False,
        on_sent: Callable[[], None] | None = None,
    ) -> None:
        self.id = id
        self.kind = kind
        self.fields = fields
        self.future = future
        self.desired = desired  # the next run carries it
        self.early = early  # the stage can be there for it before it is ready
        self.on_sent = on_sent
        self.looks = 0  # how often it was looked at since it was sent

    @property
    def message(self) -> dict[str, Any]:
        """The fields of its message."""
        return self.fields if self.future is None else {"id": self.id, **self.fields}


class CallQueue:
    """The calls of one widget: those waiting for a stage, and those waiting for an answer.

    Not locked: its owner guards it. Futures are settled by its owner outside the lock.
    """

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._waiting: deque[_Call] = deque()
        self._sent: dict[int, _Call] = {}
        self._stage = ""  # its state, as far as it was noted; "" where there is none

    @property
    def ready(self) -> bool:
        """Whether the stage takes any call."""
        return self._stage in ("ready", "connecting")

    def add(
        self,
        kind: str,
        future: CallFuture,
        *,
        desired: bool = False,
        early: bool = False,
        **fields: Any,
    ) -> None:
        """Keep a call for the next `take`.

        Args:
            kind: Of its message.
            future: Its outcome.
            desired: Whether every run carries what it is about: a fresh stage needs it not.
            early: Whether the stage may need it to become ready, as with a clock that stands.
            **fields: Of its message.
        """
        self._waiting.append(_Call(next(self._ids), kind, fields, future, desired, early))

    def add_order(self, kind: str, on_sent: Callable[[], None] | None, **fields: object) -> None:
        """Keep an order, which has no answer, for the next `take`."""
        self._waiting.append(_Call(0, kind, fields, desired=on_sent is None, on_sent=on_sent))

    def take(self) -> list[_Call]:
        """Return the calls and orders to be sent now, in order; the rest as answers come."""
        taken = []
        while (call := self._next()) is not None:
            self._waiting.remove(call)
            taken.append(call)
            if call.future is not None:
                self._sent[call.id] = call
        return taken

    def _next(self) -> _Call | None:
        if self.ready and len(self._sent) < UNDER_WAY:
            return next(iter(self._waiting), None)
        if self._stage == "loading" and not self._sent:
            # One at a time: it may bring what those before the next one wait for.
            return next((call for call in self._waiting if call.early), None)
        return None

    def stage_is(self, state: str) -> list[CallFuture]:
        """Note a stage's state, and return the futures of what it will not answer any more."""
        self._stage = state
        return self.unanswered() if state in ("failed", "unsupported") else []

    def answered(self, id: int) -> CallFuture | None:
        """Return the future of a call that got its answer, once."""
        call = self._sent.pop(id, None)
        return None if call is None else call.future

    def unanswered(self) -> list[CallFuture]:
        """Return the futures of what was sent and will not be answered any more."""
        futures = _futures(self._sent.values())
        self._sent.clear()
        return futures

    def late(self) -> list[CallFuture]:
        """Look once at what was sent, and return the futures of what has waited too long."""
        for call in self._sent.values():
            call.looks += 1
        late = [call for call in self._sent.values() if call.looks > LOOKS]
        for call in late:
            del self._sent[call.id]
        return _futures(late)

    def lost(self) -> list[CallFuture]:
        """Return the futures of what a stage that goes will not answer.

        What was kept and is desired anyway goes too: the next stage learns it from its run.
        """
        self._stage = ""
        self._waiting = deque(call for call in self._waiting if not call.desired)
        return self.unanswered()

    def abandoned(self) -> list[CallFuture]:
        """Return the futures of everything, sent or not, when the widget closes."""
        futures = self.unanswered() + _futures(self._waiting)
        self._stage = ""
        self._waiting.clear()
        return futures


def _futures(calls: Iterable[_Call]) -> list[CallFuture]:
    return [call.future for call in calls if call.future is not None]


def settle(future: CallFuture, value: object, error: str | None, problems: ProblemLog) -> None:
    """Give a future its outcome; an error that nobody heeds becomes a problem."""
    if not future.set_running_or_notify_cancel():
        return
    if error is None:
        future.set_result(value)
        return
    if not future._heeded:
        problems._note(future.what, error)
    from owidget_jupyter.future import CallError

    future.set_exception(CallError(f"{future.what}: {error}"))


def check_method(method: object) -> str:
    """Return the name of a method that may be called by name.

    Raises:
        ValueError: if it is no name, or one that the stage uses itself.
    """
    if not isinstance(method, str) or not re.fullmatch(_METHOD, method):
        raise ValueError(f"{method!r} is not the name of a method, such as 'openChat'")
    if method in RESERVED:
        raise ValueError(f"{method} is not to be called by name: use {RESERVED[method]}")
    return method


def check_json(what: str, value: object) -> Any:
    """Return a value as it will arrive in the page.

    Raises:
        TypeError: if it has no JSON.
    """
    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False)
        text.encode()  # half a surrogate pair has no UTF-8, and would break the message
        return json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:
        raise TypeError(f"{what} must be JSON (text, number, list, dict …): {error}") from None
