"""How the chat stands: its state, its status, and what went wrong."""

from __future__ import annotations

from html import escape

from ipywidgets import HTML, VBox

from owidget_jupyter import Failure, OWidget
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.parts import sign


class Situation:
    """What is known of the chat, with what to try where it failed."""

    def __init__(self) -> None:
        # Apart from each other: a screen reader hears of state and status, not of every event.
        self._now, self._error, self._facts = HTML(), HTML(), HTML()
        self.box = VBox([self._now, self._error, self._facts])
        self.box.add_class("owidget-explorer-situation")

    def draw(self, chat: OWidget) -> None:
        """Show how a chat stands."""
        state, status = _sign(texts.STATES[chat.state]), _sign(texts.STATUSES[chat.status])
        self._now.value = (
            f'<div role="status"><span>{texts.STATE}: {state}</span> '
            f"<span>{texts.STATUS}: {status}</span></div>"
        )
        self._error.value = _error(chat.error)
        facts = [
            (texts.ISOLATION, _isolation(chat)),
            (texts.LANGUAGE, _language(chat)),
            (texts.EVENTS, texts.ENTRIES.format(chat.event_log.total)),
        ]
        if chat.errors:  # how many: their texts may be personal, and this is synced
            facts.append((texts.PROBLEMS, texts.PROBLEMS_ARE.format(len(chat.errors))))
        listed = "".join(f"<span>{name}: {escape(text)}</span>" for name, text in facts)
        self._facts.value = f'<div class="owidget-explorer-facts">{listed}</div>'


def _error(error: Failure | None) -> str:
    if error is None:
        return ""
    code = sign(error.code, "bad")
    return f'<div role="alert">{texts.ERROR}: {code} {escape(error.message)}</div>'


def _isolation(chat: OWidget) -> str:
    if chat.active_isolation is None:
        return texts.NO_ISOLATION
    return texts.ISOLATION_IS.format(chat.active_isolation, chat.isolation_reason)


def _language(chat: OWidget) -> str:
    if chat.resolved_language is None:
        return texts.NO_LANGUAGE
    return texts.LANGUAGE_IS.format(*chat.resolved_language)


def _sign(look: tuple[str, str, str]) -> str:
    shape, tone, word = look
    return sign(word, tone, shape)
