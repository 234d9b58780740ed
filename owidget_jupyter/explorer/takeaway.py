"""What one takes away: the Python cell, the website's snippet, a page."""

from __future__ import annotations

from ipywidgets import VBox

from owidget_jupyter import OWidget
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.cell import python_cell
from owidget_jupyter.explorer.parts import Notice, button, check, note, pressed, row
from owidget_jupyter.explorer.private import PrivateField
from owidget_jupyter.explorer.sessions import needed_path


class TakeAway:
    """Code for what runs, to be copied, and a page to be saved.

    The code goes to the page in messages: custom data in it may be personal.
    """

    def __init__(self) -> None:
        self._chat: OWidget | None = None
        self._outcome = Notice()
        self._with_data = check(texts.WITH_DATA)
        self._code = PrivateField(texts.CODE, typed=False, block=True)
        self._path = PrivateField(texts.PAGE_PATH, placeholder=texts.PAGE_PLACEHOLDER, copy="")
        self._path.on_enter = pressed(self._path, self._save)
        self._replace = check(texts.REPLACE_PAGE)
        # Code that is shown is that of the settings before the change: away with it.
        self._with_data.observe(lambda _: self.forget(), names="value")
        says = self._outcome
        self.box = VBox(
            [
                row(
                    button(texts.PYTHON_CELL, says, self._show_cell),
                    button(texts.SNIPPET, says, self._show_snippet),
                    self._with_data,
                ),
                note(texts.UNAPPLIED),
                *(says, self._code),
                row(self._path, self._replace, button(texts.SAVE_PAGE, self._path, self._save)),
            ]
        )

    def follow(self, chat: OWidget) -> None:
        """Go by another chat."""
        self._chat = chat
        self.forget()

    def forget(self) -> None:
        """Show no code any more: what it was made of has changed."""
        self._code.say("")

    def _show_cell(self) -> None:
        self._code.say("")
        self._code.say(python_cell(self._the_chat, custom_data=self._with_data.value))

    def _show_snippet(self) -> None:
        self._code.say("")
        self._code.say(self._the_chat.snippet(custom_data=self._with_data.value))

    def _save(self) -> None:
        path = self._the_chat.to_html(
            needed_path(self._path),
            overwrite=self._replace.value,
            custom_data=self._with_data.value,
        )
        self._path.say(texts.SAVED.format(path), "good")

    @property
    def _the_chat(self) -> OWidget:
        assert self._chat is not None, "the panel always has one"
        return self._chat
