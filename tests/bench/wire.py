"""What goes over a notebook page's websocket to its kernel, in bytes."""

from __future__ import annotations

import time

from playwright.sync_api import Page, WebSocket


class Wire:
    """Counts what a page sends to its kernel's channels and gets from them.

    Made before the page is opened: a websocket that is there already is not seen.

    Attributes:
        sent: Bytes from the page to the server since `reset`.
        received: Bytes from the server to the page since `reset`.
        frames: Messages in both directions since `reset`.
    """

    def __init__(self, page: Page) -> None:
        self.sent = self.received = self.frames = 0
        self._last = time.monotonic()
        page.on("websocket", self._watch)

    def reset(self) -> None:
        """Count from nought."""
        self.sent = self.received = self.frames = 0
        self._last = time.monotonic()

    def quiet_for(self, seconds: float) -> bool:
        """Tell whether nothing was seen for so long."""
        return time.monotonic() - self._last >= seconds

    def _watch(self, socket: WebSocket) -> None:
        if "/channels" in socket.url:
            socket.on("framesent", lambda payload: self._on_frame(payload, sent=True))
            socket.on("framereceived", lambda payload: self._on_frame(payload, sent=False))

    def _on_frame(self, payload: str | bytes, *, sent: bool) -> None:
        size = len(payload.encode() if isinstance(payload, str) else payload)
        if sent:
            self.sent += size
        else:
            self.received += size
        self.frames += 1
        self._last = time.monotonic()
