"""What goes over a page's websockets to the kernel, by the browser's own clock."""

from __future__ import annotations

import base64
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

_BINARY = 2


@dataclass(frozen=True)
class Frame:
    """One websocket message: when, in the browser's monotonic seconds, and its bytes."""

    at: float
    size: int


class Traffic:
    """Records the messages of one page, from now on.

    Asks the browser itself: Playwright's own websocket events come without a time, and only
    while one of its calls is being made.
    """

    def __init__(self, page: Page) -> None:
        self.sent: list[Frame] = []
        self.received: list[Frame] = []
        session = page.context.new_cdp_session(page)
        session.on("Network.webSocketFrameSent", lambda said: self._take(self.sent, said))
        session.on("Network.webSocketFrameReceived", lambda said: self._take(self.received, said))
        session.send("Network.enable")

    @staticmethod
    def _take(frames: list[Frame], said: dict[str, Any]) -> None:
        response = said["response"]
        data = response["payloadData"]
        binary = response["opcode"] == _BINARY
        size = len(base64.b64decode(data)) if binary else len(data.encode())
        frames.append(Frame(said["timestamp"], size))


def most_in_a_second(frames: list[Frame]) -> int:
    """Return the largest number of messages that fall into any one second."""
    times = sorted(frame.at for frame in frames)
    return max((bisect_right(times, at + 1) - i for i, at in enumerate(times)), default=0)
