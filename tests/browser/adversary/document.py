"""Reaching into one of several chats."""

from __future__ import annotations

from playwright.sync_api import Frame, Locator


def document_of(view: Locator) -> Frame:
    """Return the document of the stage in a view."""
    frame = view.locator("iframe.owidget-frame").element_handle().content_frame()
    assert frame is not None, "the chat's frame has no document"
    return frame
