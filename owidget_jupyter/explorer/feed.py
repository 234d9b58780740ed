"""The events of a chat as a table: filtered, bounded, and paused when one wants to read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from itertools import islice
from threading import RLock

from ipywidgets import HTML, VBox

from owidget_jupyter import Event, EventLog, OWidget
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.parts import Notice, button, check, note, row, table
from owidget_jupyter.explorer.private import PrivateField

#: Rows that are shown at first, and that one press adds; and the most there ever are.
ROWS, MOST_ROWS = 50, 500
#: Most characters of one event's details, and events that show theirs.
LONGEST_DETAIL, MOST_DETAILS = 2_000, 50


class Feed:
    """The table of events, with its filters.

    Details, and what is searched for in them, travel in messages: they are in no state.
    """

    def __init__(self) -> None:
        self._lock = RLock()  # a filter changes in one thread, and events come in another
        self._log = EventLog()
        self._entries: list[Event] = []  # those that the filters choose from
        self._total = 0  # how many the log had then, dropped ones included
        self._rows = ROWS
        self._types = {name: check(name, True) for name in (*texts.TYPES, texts.OTHER_TYPES)}
        self._search = PrivateField(texts.SEARCH, placeholder=texts.SEARCH_PLACEHOLDER, copy="")
        self._in_details = check(texts.SEARCH_DETAILS)
        self._newest_first = check(texts.NEWEST_FIRST, True)
        self._follow = check(texts.FOLLOW, True)
        self._with_details = check(texts.DETAILS)
        self._count = HTML()
        self._table = HTML()
        self._outcome = Notice()
        self._more = button(texts.SHOW_MORE, self._outcome, self._show_more)
        self._details = PrivateField(texts.DETAILS_LABEL, typed=False, block=True)
        for control in (
            *(*self._types.values(), self._search, self._in_details),
            *(self._newest_first, self._with_details),
        ):
            control.observe(lambda _: self._show(), names="value")
        self._follow.observe(lambda _: self.draw(), names="value")
        self._note = note(texts.DETAILS_NOTE)
        switches = (self._in_details, self._newest_first, self._follow, self._with_details)
        self.box = VBox(
            [
                row(self._search, *switches),
                row(*self._types.values()),
                *(self._count, self._table, self._more, self._outcome),
                *(self._note, self._details),
            ]
        )

    def follow(self, chat: OWidget) -> None:
        """Show another chat's events, from the beginning on."""
        self._log, self._rows = chat.event_log, ROWS
        self._with_details.value = False
        self._follow.value = True
        self.draw()

    def draw(self) -> None:
        """Show what is there now; while paused, no more than how much has come."""
        with self._lock:
            if self._follow.value:
                self._entries, self._total = self._log[:], self._log.total
                self._show()
            else:
                self._say_how_many()

    def _show(self) -> None:
        with self._lock:
            self._show_entries()

    def _show_entries(self) -> None:
        found = list(islice(self._fitting(), self._rows + 1))
        shown, more = found[: self._rows], len(found) > self._rows
        if not self._newest_first.value:
            shown.reverse()
        self._shown = len(shown)
        self._table.value = _as_table(shown)
        self._more.layout.display = None if more and self._rows < MOST_ROWS else "none"
        self._outcome.say(
            texts.MOST_SHOWN.format(MOST_ROWS) if more and self._rows >= MOST_ROWS else ""
        )
        self._details.say(_as_details(shown) if self._with_details.value else "")
        self._note.layout.display = None if self._with_details.value else "none"
        self._say_how_many()

    def _say_how_many(self) -> None:
        total = self._log.total
        if not total:
            text = texts.NO_EVENTS
        elif not self._shown:
            text = texts.NONE_FIT.format(self._total)
        else:
            text = texts.SHOWN.format(self._shown, self._total)
        if not self._follow.value:
            text += " " + texts.PAUSED.format(total - self._total)
        if self._log.dropped:
            text += " " + texts.DROPPED.format(self._log.dropped)
        self._count.value = f"<p>{escape(text)}</p>"

    def _fitting(self) -> Iterator[Event]:
        """Yield the entries that the filters let through, the newest one first."""
        wanted = {name for name, control in self._types.items() if control.value}
        searched = self._search.value.casefold()
        for event in reversed(self._entries):
            kind = event.type if event.type in texts.TYPES else texts.OTHER_TYPES
            if kind in wanted and self._has(event, searched):
                yield event

    def _has(self, event: Event, searched: str) -> bool:
        if searched in event.type.casefold():
            return True
        return self._in_details.value and searched in _json(event).casefold()

    def _show_more(self) -> None:
        self._rows = min(self._rows + ROWS, MOST_ROWS)
        self._show()


def _as_table(events: list[Event]) -> str:
    if not events:
        return ""
    rows = []
    for event in events:
        type = texts.REPLAYED.format(event.type) if event.replay else event.type
        status = texts.STATUS_CODES[event.detail["code"]] if event.type == "status" else ""
        cells = (str(event.seq), event.at.strftime("%H:%M:%S.%f")[:-3], type, status)
        rows.append([escape(cell) for cell in cells])
    return table(texts.EVENT_TABLE, texts.EVENT_HEADS, rows)


def _as_details(events: list[Event]) -> str:
    lines = []
    for event in events[:MOST_DETAILS]:
        text = _json(event)
        if len(text) > LONGEST_DETAIL:
            text = text[:LONGEST_DETAIL] + texts.DETAIL_LONGER.format(len(text) - LONGEST_DETAIL)
        lines.append(f"{event.seq}  {event.type}  {text}")
    return "\n".join(lines)


def _json(event: Event) -> str:
    return json.dumps(event.detail, ensure_ascii=False)
