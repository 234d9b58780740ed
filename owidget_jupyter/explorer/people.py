"""The two people of a simulated chat, by buttons: one person plays both sides."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from html import escape
from typing import Any

from ipywidgets import HTML, HBox, Widget

from owidget_jupyter import CallFuture, OWidget
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.parts import button, card, describe, note, pressed, row
from owidget_jupyter.explorer.private import PrivateField


class People:
    """Buttons for operator and visitor; hidden where the chat is a real one, or closed."""

    def __init__(self) -> None:
        self._chat: OWidget | None = None
        # What they say is personal, and so may be what goes wrong with it.
        self._line = PrivateField(texts.LINE, copy="")
        says = self._line
        says.on_enter = pressed(says, self._operator_says)  # a visitor has the chat to type into
        self.box = card(
            note(texts.PEOPLE_NOTE),
            row(
                self._person(texts.OPERATOR, texts.OPERATOR_ACTS, self._operate),
                self._person(texts.VISITOR, texts.VISITOR_ACTS, self._visit),
            ),
            row(
                self._line,
                button(texts.OPERATOR_SAYS, says, self._operator_says),
                button(texts.VISITOR_TYPES, says, self._visitor_types),
            ),
        )
        self.box.add_class("owidget-explorer-people")

    def follow(self, chat: OWidget) -> None:
        """Go by another chat."""
        self._chat = chat
        self._line.clear()
        self.look()

    def look(self) -> None:
        """Show the buttons while there is somebody to play."""
        playable = self._the_chat.is_simulated and self._the_chat.state != "closed"
        self.box.layout.display = None if playable else "none"

    def _person(self, who: str, acts: dict[str, str], act: Callable[[str], None]) -> Widget:
        buttons = [button(text, self._line, partial(act, name)) for name, text in acts.items()]
        made = HBox([HTML(f"<b>{escape(who)}</b>"), row(*buttons)])
        made.add_class("owidget-explorer-person")
        return made

    def _operate(self, name: str) -> None:
        operator = self._the_chat.operator
        said = texts.OPERATOR_ACTS[name]
        if name in ("accept", "end"):
            self._watch(said, getattr(operator, name)())
            return
        operator.status = name
        self._line.say(texts.DONE.format(said), "good")

    def _visit(self, name: str) -> None:
        self._watch(texts.VISITOR_ACTS[name], getattr(self._the_chat.visitor, name)())

    def _operator_says(self) -> None:
        self._watch(texts.OPERATOR_SAYS, self._the_chat.operator.say(self._line.value))
        self._line.write("")

    def _visitor_types(self) -> None:
        self._watch(texts.VISITOR_TYPES, self._the_chat.visitor.type(self._line.value))
        self._line.write("")

    def _watch(self, said: str, future: CallFuture) -> None:
        """Say what comes of an act, whenever that is."""
        self._line.say(texts.UNDER_WAY.format(said))
        future.add_done_callback(partial(self._done, said))

    def _done(self, said: str, future: Future[Any]) -> None:
        error = future.exception()
        if error is None:
            self._line.say(texts.DONE.format(said), "good")
        else:
            self._line.say(describe(error), "bad")

    @property
    def _the_chat(self) -> OWidget:
        assert self._chat is not None, "the panel always has one"
        return self._chat
