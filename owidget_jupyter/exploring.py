"""Trying a chat by hand: the public side of `owidget_jupyter.explorer`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from owidget_jupyter.part import Part

if TYPE_CHECKING:
    from owidget_jupyter.explorer import Explorer


class Exploring(Part):
    """A model that has a panel around it."""

    def explore(self) -> Explorer:
        """Return a panel to try this chat by hand: settings, events, numbers, sessions, code.

        The chat is a part of the panel: displaying that displays it. Closing the panel leaves the
        chat open.

        Raises:
            RuntimeError: when the widget is closed.

        Example:
            >>> chat.explore()
        """
        from owidget_jupyter.explorer import Explorer  # only now: few widgets have a panel

        return Explorer(self)
