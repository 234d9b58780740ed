"""A field whose content is in nobody's state, and so in no saved notebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
from traitlets import Bool, Unicode

from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.parts import well_formed

#: Most characters that are taken from the field: a number, a message, a path.
LONGEST = 10_000


class PrivateField(anywidget.AnyWidget):
    """A field for what may be personal.

    The text of an ipywidgets ``Text`` or ``HTML`` is synced state, which JupyterLab may save with
    the notebook. Here both what is typed and what is shown travel in messages instead; Python
    alone keeps them, and tells them to a page that shows the field anew.

    Attributes:
        text: What is shown.
        on_enter: Called when Enter is pressed in it.
    """

    _esm = Path(__file__).parent.parent / "static" / "explorer.js"

    label = Unicode(help="What the field is for.").tag(sync=True)
    placeholder = Unicode(help="What stands in it while it is empty.").tag(sync=True)
    typed = Bool(True, help="Whether there is something to type into.").tag(sync=True)
    block = Bool(help="Whether it shows lines of code, rather than a sentence.").tag(sync=True)
    copy = Unicode(texts.COPY, help="What the button says that copies; '' for none.").tag(sync=True)
    copied = Unicode(texts.COPIED, help="What it says then.").tag(sync=True)

    value = Unicode(help="What is typed; never synced.")

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label=label, **more)
        self.text = ""
        self.on_enter: Callable[[], None] = lambda: None
        self._tone = ""
        self.on_msg(self._on_message)

    def say(self, text: str, tone: str = "") -> None:
        """Show a text in place of the one before; "" for none."""
        self.text, self._tone = well_formed(text), tone
        self.send({"kind": "show", "text": self.text, "tone": tone})

    def write(self, text: str) -> None:
        """Put a text into the field, as if somebody had typed it."""
        self.value = text
        self.send({"kind": "type", "text": text})

    def clear(self) -> None:
        """Empty the field, and show nothing."""
        self.write("")
        self.say("")

    def _on_message(self, _: object, content: Any, buffers: object) -> None:
        kind = content.get("kind")
        if kind == "here":  # another view: it has what the others have
            self.send({"kind": "type", "text": self.value})
            self.send({"kind": "show", "text": self.text, "tone": self._tone})
        elif kind in ("typed", "entered"):
            self.value = well_formed(str(content["text"])[:LONGEST])
            if kind == "entered":
                self.on_enter()
