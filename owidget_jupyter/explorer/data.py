"""Custom data of the visitor: added, listed and removed, out of everybody's state."""

from __future__ import annotations

import json

from ipywidgets import VBox

from owidget_jupyter import OWidget
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.parts import button, note, pressed, row
from owidget_jupyter.explorer.private import PrivateField


class DataForm:
    """Name and value of a datum, and the list of those that the chat has."""

    def __init__(self) -> None:
        self._chat: OWidget | None = None
        self._name = PrivateField(texts.DATA_NAME, copy="")
        self._value = PrivateField(texts.DATA_VALUE, copy="")
        self._list = PrivateField(texts.DATA_LIST, typed=False, block=True, copy="")
        # What is wrong with a datum quotes it: so it is said where nothing is saved.
        says = self._value
        says.on_enter = pressed(says, self._add)
        self.box = VBox(
            [
                note(texts.DATA_NOTE),
                row(self._name, self._value),
                row(
                    button(texts.DATA_ADD, says, self._add, button_style="primary"),
                    button(texts.DATA_REMOVE, says, self._remove),
                    button(texts.DATA_REFRESH, says, self.draw),
                ),
                self._list,
            ]
        )

    def follow(self, chat: OWidget) -> None:
        """Go by another chat."""
        self._chat = chat
        self.draw()

    def draw(self) -> None:
        """List what the chat has now."""
        data = self._the_chat.custom_data
        self._list.say("\n".join(f"{name} = {_json(value)}" for name, value in data.items()))

    def _add(self) -> None:
        name = self._needed_name()
        value, said = _parsed(self._value.value)
        self._the_chat.add_custom_data(name, value)
        self._done(said)

    def _remove(self) -> None:
        self._the_chat.remove_custom_data(self._needed_name())
        self._done(texts.DATA_REMOVED)

    def _needed_name(self) -> str:
        name: str = self._name.value
        if not name:
            raise ValueError(texts.DATA_NEEDS_NAME)
        return name

    def _done(self, said: str) -> None:
        self._name.clear()
        self._value.clear()
        self._value.say(said, "good")
        self.draw()

    @property
    def _the_chat(self) -> OWidget:
        assert self._chat is not None, "the panel always has one"
        return self._chat


def _parsed(text: str) -> tuple[object, str]:
    """Return what a text says as JSON, or the text where it is none, and which it was."""
    try:
        return json.loads(text), texts.DATA_ADDED
    except ValueError:
        return text, texts.DATA_ADDED_TEXT


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
