"""The simulator's chat window, which is a frame in the stage."""

from __future__ import annotations

from playwright.sync_api import Frame, Locator

CHAT_WINDOW_NAME = "onopChatIframe"
#: There is one from the window's first opening on.
CHAT_WINDOW = f"iframe[name={CHAT_WINDOW_NAME}]"


def window_part(stage: Frame, name: str) -> Locator:
    """Locate a control or a text in the window by the simulator's name for it."""
    return stage.frame_locator(CHAT_WINDOW).locator(f"[data-part={name}]")
