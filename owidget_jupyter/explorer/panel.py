"""`Explorer`: a panel to try everything by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ipywidgets import HTML, HBox, Tab, VBox
from traitlets import Instance

from owidget_jupyter import OWidget
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.actions import Actions
from owidget_jupyter.explorer.data import DataForm
from owidget_jupyter.explorer.feed import Feed
from owidget_jupyter.explorer.fields import SETTINGS
from owidget_jupyter.explorer.form import SettingsForm
from owidget_jupyter.explorer.numbers import NumberForm
from owidget_jupyter.explorer.pace import Pace
from owidget_jupyter.explorer.parts import card, close_all, columns
from owidget_jupyter.explorer.people import People
from owidget_jupyter.explorer.sessions import SessionReport
from owidget_jupyter.explorer.situation import Situation
from owidget_jupyter.explorer.takeaway import TakeAway

_STYLE = Path(__file__).parent / "style.css"
#: What a chat reports and the panel shows.
_REPORTS = (
    *("state", "status_code", "error", "event_log"),
    *("active_isolation", "isolation_reason", "resolved_language"),
)


class Explorer(VBox):
    """A panel of ipywidgets to try a chat by hand.

    It has a form for the settings, whose values are checked as one types and applied by a press;
    the live chat; its events with filters; phone numbers, custom data, sessions; the Python cell
    and the website's snippet for what runs. With the simulator one plays both sides by buttons.

    Displaying it displays its chat, and contacts nobody that displaying the chat would not: without
    a `chat` it begins with a simulated one, and asks no vendor before "Apply and connect" is
    pressed. What may be personal (details of events, phone numbers, custom data, what people say,
    paths) is in no synced state, and so in no saved notebook; settings, and types and times of
    events, are, where the notebook saves the state of its widgets.

    Args:
        chat: The chat to begin with; None makes a simulated one, which `close` closes.

    Raises:
        TypeError: for what is no `OWidget`.
        RuntimeError: for a chat that is closed.

    Attributes:
        chat: The chat that is shown, to be observed. Another takes its place where service or
            scenario change, or a new one is made after the old one was closed; the old one is
            closed then. Functions that were registered with the old one, its custom data, and
            what it logged stay with that.

    Example:
        >>> from owidget_jupyter import Explorer
        >>> explorer = Explorer()
        >>> explorer.chat.on_event(print)
        >>> explorer
    """

    chat = Instance(OWidget, read_only=True, help="The chat that is shown.")

    def __init__(self, chat: OWidget | None = None) -> None:
        if chat is not None and not isinstance(chat, OWidget):
            raise TypeError(f"Explorer takes an OWidget, or None, and not {chat!r}")
        if chat is not None and chat.state == "closed":
            raise RuntimeError("the widget is closed: make a new one")
        self._own = chat is None
        self._form = SettingsForm()
        self._actions = Actions(self._form, self._replace)
        self._form.heard = self._actions.look
        self._situation = Situation()
        self._people = People()
        self._feed, self._sessions = Feed(), SessionReport()
        self._numbers, self._data, self._take_away = NumberForm(), DataForm(), TakeAway()
        self._stage = VBox()
        self._pace = Pace(self._draw)
        self._tabs = self._make_tabs()
        style = HTML(f"<style>{_STYLE.read_text('utf-8')}</style>")
        super().__init__([style, self._upper_half(), self._people.box, self._tabs])
        self.add_class("owidget-explorer")
        self._tabs.observe(self._draw_sections, names="selected_index")
        self._attach(OWidget.simulated() if chat is None else chat)

    def refresh(self) -> None:
        """Show at once what else is shown a few times a second, or when its section is opened."""
        self._pace.now()
        self._draw_sections()

    def close(self) -> None:
        """Close the panel with all its parts, and the chat if the panel made it."""
        if self.comm is None:
            return
        self._detach()
        self._pace.end()
        chat = self.chat
        for child in self.children:
            close_all(child, None if self._own else chat)
        self.layout.close()
        super().close()

    def __repr__(self) -> str:
        """Describe it without a personal datum, and without its hundred parts."""
        return f"Explorer({self.chat!r})"

    def _make_tabs(self) -> Tab:
        sections: dict[str, Any] = {
            texts.EVENTS: self._feed,
            texts.NUMBERS: self._numbers,
            texts.DATA: self._data,
            texts.SESSIONS: self._sessions,
            texts.TAKE_AWAY: self._take_away,
        }
        return Tab([each.box for each in sections.values()], titles=list(sections))

    def _upper_half(self) -> HBox:
        self._stage.add_class("owidget-explorer-live")
        return columns(card(self._form.box, self._actions.box, self._situation.box), self._stage)

    # Whose panel it is

    def _replace(self, chat: OWidget) -> None:
        """Show another chat in place of the one there, which is closed."""
        old = self.chat
        self._detach()
        close_all(old, None)
        self._own = True
        self._attach(chat)

    def _attach(self, chat: OWidget) -> None:
        self._shown = chat
        self._stage.children = (chat,)
        for section in (
            *(self._feed, self._numbers, self._data, self._sessions, self._take_away),
            *(self._people, self._actions, self._form),
        ):
            section.follow(chat)
        chat.observe(self._on_setting, names=list(SETTINGS))
        chat.observe(self._on_report, names=list(_REPORTS))
        self._pace.now()
        self.set_trait("chat", chat)

    def _detach(self) -> None:
        self.chat.unobserve(self._on_setting, names=list(SETTINGS))
        self.chat.unobserve(self._on_report, names=list(_REPORTS))

    def _on_setting(self, change: Any) -> None:
        if change["name"] in self._form.fields:
            self._form.follow_setting(change["name"])
        self._take_away.forget()
        self._actions.look()

    def _on_report(self, change: Any) -> None:
        if change["name"] == "state":
            self._actions.look()
            self._people.look()
        self._pace.ask()

    def _draw_sections(self, _: object = None) -> None:
        """Draw what nothing tells of when it changes."""
        for section in (self._sessions, self._data, self._numbers):
            section.draw()

    def _draw(self) -> None:
        self._situation.draw(self._shown)
        self._feed.draw()
