"""Fixtures: a panel, and a person at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from owidget_jupyter import Explorer, OWidget

from .hand import Hand

Open = Callable[..., Hand]


@pytest.fixture
def explore() -> Iterator[Open]:
    """Open panels, of a chat or of one of their own, and close them in the end."""
    opened: list[Explorer] = []

    def open_panel(chat: OWidget | None = None) -> Hand:
        opened.append(Explorer(chat))
        return Hand(opened[-1])

    yield open_panel
    for explorer in opened:
        explorer.close()


@pytest.fixture
def hand(explore: Open) -> Hand:
    """Return a person at a panel with a simulated chat."""
    return explore()
