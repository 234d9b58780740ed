"""The buttons below the form: apply, revert, reconnect, close."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import VBox

from owidget_jupyter import OWidget
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.fields import names_of
from owidget_jupyter.explorer.form import OF_THE_VIEW, REAL, SettingsForm
from owidget_jupyter.explorer.making import make_chat
from owidget_jupyter.explorer.parts import Notice, button, row


class Actions:
    """What becomes of the form, by a press.

    Args:
        form: Whose settings are applied.
        replace: Called with a chat that takes the place of the one before.
    """

    def __init__(self, form: SettingsForm, replace: Callable[[OWidget], None]) -> None:
        self._form = form
        self._replace = replace
        self._chat: OWidget | None = None
        self._summary = Notice()
        self._outcome = Notice()
        says = self._outcome
        self._apply = button(texts.APPLY, says, self.apply, button_style="primary")
        self._revert = button(texts.REVERT, says, form.revert)
        self._reconnect = button(texts.RECONNECT, says, self._retry)
        self._close = button(texts.CLOSE, says, self._close_chat)
        self._new = button(texts.NEW, says, self._make_new, button_style="primary")
        presses = row(self._apply, self._revert, self._reconnect, self._close, self._new)
        self.box = VBox([self._summary, presses, self._outcome])

    def follow(self, chat: OWidget) -> None:
        """Go by another chat."""
        self._chat = chat
        self._outcome.say("")
        self.look()

    def look(self) -> None:
        """Say what can be pressed, and why the rest cannot."""
        chat, form = self._chat, self._form
        if chat is None:
            return
        closed = chat.state == "closed"
        lacks = form.service == REAL and form.fields["company_id"].given is None
        changed = bool(form.edited or form.needs_another)
        self._apply.disabled = closed or lacks or bool(form.wrong) or not changed
        self._new.disabled = lacks or bool(form.wrong)
        self._revert.disabled = not changed
        self._reconnect.disabled = chat.company_id is None
        for shown, buttons in (
            (closed, (self._new,)),
            (not closed, (self._apply, self._reconnect, self._close)),
        ):
            for each in buttons:
                each.layout.display = None if shown else "none"
        self._summary.say(*self._summed_up(closed, lacks))

    def apply(self) -> None:
        """Apply what the form says, as one change, and connect."""
        chat, form = self._the_chat, self._form
        if form.needs_another:
            self._make_new()
            return
        chat.configure(**form.settings)
        if not chat.autoconnect:
            chat.connect_to_server()

    def _retry(self) -> None:
        self._the_chat.retry()

    def _close_chat(self) -> None:
        self._the_chat.close()

    def _make_new(self) -> None:
        form = self._form
        made = make_chat(self._the_chat, form.service, form.scenario, form.settings)
        self._replace(made)
        if not made.autoconnect:
            made.connect_to_server()

    @property
    def _the_chat(self) -> OWidget:
        assert self._chat is not None, "the panel always has one"
        return self._chat

    def _summed_up(self, closed: bool, lacks: bool) -> tuple[str, str]:
        form = self._form
        if form.wrong:
            return texts.WRONG.format(names_of(form.wrong)), "bad"
        if lacks:
            return texts.NO_COMPANY, "warn"
        if closed:
            return texts.IS_CLOSED, "warn"
        changes = ", ".join([*form.needs_another, *filter(None, [names_of(form.edited)])])
        if not changes:
            return texts.NOTHING_CHANGED, ""
        if form.needs_another:
            return texts.OTHER_SERVICE.format(changes), "warn"
        if all(field.name in OF_THE_VIEW for field in form.edited):
            return texts.CHANGED_VIEW.format(changes), "warn"
        return texts.CHANGED.format(changes), "warn"
