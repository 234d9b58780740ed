"""What a person does in the panel, and sees of it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from ipywidgets import HTML, Box, Button, Widget

from owidget_jupyter import Explorer, OWidget

from ..driver import RecordingComm


class Hand:
    """Types, chooses and presses, by what stands beside or on a control."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer

    @property
    def chat(self) -> OWidget:
        chat: OWidget = self.explorer.chat
        return chat

    def all(self, root: Widget | None = None) -> Iterator[Widget]:
        """Yield the panel's widgets, the chat included."""
        root = root or self.explorer
        yield root
        for child in root.children if isinstance(root, Box) else ():
            yield from self.all(child)

    def control(self, name: str) -> Any:
        """Return the control of that label; the chat has none."""
        (found,) = (
            widget
            for widget in self.all()
            if not isinstance(widget, OWidget)
            and name in (getattr(widget, "description", None), getattr(widget, "label", None))
        )
        return found

    def type(self, name: str, text: Any) -> None:
        """Put something into a field, as the page tells of it."""
        control = self.control(name)
        if hasattr(control, "typed"):
            self._say(control, {"kind": "typed", "text": text})
        else:
            _comm(control).receive({"method": "update", "state": {"value": text}})

    def enter(self, name: str) -> None:
        """Press Enter in a private field."""
        field = self.control(name)
        self._say(field, {"kind": "entered", "text": field.value})

    def choose(self, name: str, value: Any) -> None:
        self.control(name).value = value

    def press(self, name: str) -> None:
        button = self.control(name)
        assert isinstance(button, Button)
        assert not button.disabled, f"{name} cannot be pressed"
        assert button.layout.display != "none", f"{name} is not shown"
        self._say(button, {"event": "click"})

    def can_press(self, name: str) -> bool:
        return not self.control(name).disabled

    def shown(self, name: str) -> str:
        """Return what a private field shows."""
        text: str = self.control(name).text
        return text

    @property
    def texts(self) -> str:
        """All that HTML widgets of the panel say, without markup."""
        markup = "\n".join(w.value for w in self.all() if isinstance(w, HTML))
        return html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", markup, flags=re.DOTALL))

    @property
    def markup(self) -> str:
        return "\n".join(w.value for w in self.all() if isinstance(w, HTML))

    def state(self) -> str:
        """Return all that was ever synced of the panel, which may be saved with a notebook."""
        kept = []
        for widget in self.all():
            kept.append(widget.get_state())
            for _, data in _comm(widget).published:
                kept.append({**data, "content": None} if "content" in data else data)
        return json.dumps(kept, default=repr, ensure_ascii=False)

    def _say(self, widget: Widget, content: dict[str, Any]) -> None:
        _comm(widget).receive({"method": "custom", "content": content})


def _comm(widget: Widget) -> RecordingComm:
    comm = widget.comm
    assert isinstance(comm, RecordingComm)
    return comm
