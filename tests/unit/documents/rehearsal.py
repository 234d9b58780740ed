"""Plays the page of whoever reads an example: shows chats, and acts as their simulator would.

Only as far as examples can tell: a call is answered, a visitor's or operator's act has its event.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from owidget_jupyter import OWidget

from ..diagnosis.scene import Answering
from ..driver import AT, Page, RecordingComm, event, result, state, status

#: Event of a step, and what it begins or ends: a step that changes nothing has no event.
_STEPS = {
    ("visitor", "open"): [("chatWindowOpen", "window", True)],
    ("visitor", "join"): [
        ("chatWindowOpen", "window", True),
        ("chatSessionCreated", "queue", True),
    ],
    ("operator", "accept"): [("chatSessionStarted", "talk", True)],
    ("operator", "end"): [("chatSessionEnded", "queue", False)],
    ("visitor", "minimise"): [("chatWindowClosed", "window", False)],
    ("visitor", "leave"): [
        ("chatSessionEnded", "queue", False),
        ("chatWindowClosed", "window", False),
    ],
}


_FIRST = {"session": "s1", "name": "", "position": 1, "since": AT, "data": {}}


class Visit:
    """What a simulated visitor has come to."""

    def __init__(self) -> None:
        self._under_way: dict[str, bool] = {}

    def _waits(self) -> bool:
        return self._under_way.get("queue", False) and not self._under_way.get("talk", False)

    def act(self, side: str, action: str, args: list[Any]) -> tuple[list[dict[str, Any]], Any]:
        """Return what the page reports of an act, and what the act returns."""
        if (side, action) == ("visitor", "type"):
            return [{"kind": "message", "text": args[0]}], None
        if (side, action) == ("operator", "status"):
            return [status(args[0])], None
        if (side, action) == ("visitor", "callBack"):
            return [], True
        seen = []
        for type, what, begins in _STEPS.get((side, action), []):
            if self._under_way.get(what, False) != begins:
                self._under_way[what] = begins
                seen.append(event(type))
        if not self._under_way.get("queue"):
            self._under_way["talk"] = False
        return [*seen, {"kind": "queue", "waiting": [_FIRST] if self._waits() else []}], None


class AnsweringComm(RecordingComm):
    """A comm that has its page called whenever something was sent to it."""

    answer: Callable[[], object] | None = None

    def publish_msg(self, msg_type: str, data: Any = None, **keys: Any) -> None:
        super().publish_msg(msg_type, data, **keys)
        if self.answer is not None:
            self.answer()


class Rehearsal:
    """The page of one reader: displays what a cell ends with, and answers what chats send."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._pages: dict[str, Page] = {}
        self._read: dict[str, int] = {}
        self._visits: dict[str, Visit] = {}
        self._examined: dict[str, Answering] = {}

    def display(self, shown: object) -> None:
        """Show what a cell ends with, as a notebook does, and the chats in it."""
        bundle = getattr(shown, "_repr_mimebundle_", None)
        if bundle is not None:
            bundle()
        if isinstance(shown, OWidget):
            self._host(shown)
        for child in getattr(shown, "children", ()):
            self.display(child)

    def _host(self, chat: OWidget) -> None:
        if chat.comm is None or chat.company_id is None or chat._key in self._pages:
            return
        assert isinstance(chat.comm, AnsweringComm)
        page = Page(chat, f"reader-{len(self._pages)}")
        self._pages[chat._key], self._read[chat._key] = page, 0
        self._visits[chat._key], self._examined[chat._key] = Visit(), Answering(page)
        # From the loop, not from within the sending: a page is somewhere else.
        page.comm.answer = lambda: self._loop.call_soon_threadsafe(self._turn, page)
        page.want()
        self._turn(page)

    def _turn(self, page: Page) -> None:
        sent = page.comm.custom()
        fresh = sent[self._read[page.chat._key] :]
        self._read[page.chat._key] = len(sent)
        for content in fresh:
            if page.chat.comm is not None:
                self._hear(page, content)

    def _hear(self, page: Page, content: dict[str, Any]) -> None:
        kind = content["kind"]
        if kind == "grant":
            page.run()
            page.batch(state("loading"), state("ready"), state("connecting"), status(1))
        elif kind == "lease" and content["open"] and content["holder"] is None:
            page.want()
        elif kind == "call":
            page.batch(result(content["id"]))
        elif kind == "act":
            visit = self._visits[page.chat._key]
            seen, value = visit.act(content["side"], content["action"], content["args"])
            page.batch(*seen, result(content["id"], value))
        elif kind == "examine":
            self._examined[page.chat._key].turn()

    def leave(self) -> None:
        """Answer nobody any more."""
        for page in self._pages.values():
            assert isinstance(page.comm, AnsweringComm)
            page.comm.answer = None

    def settle(self) -> Callable[[], bool]:
        """Return what tells whether every page has read all that was sent to it."""
        return lambda: all(
            self._read[key] == len(page.comm.custom()) for key, page in self._pages.items()
        )
