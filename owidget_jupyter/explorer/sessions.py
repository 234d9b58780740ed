"""Sessions of the log, how the status was, a timeline, and the log as a file."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from datetime import timedelta
from html import escape
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from ipywidgets import HTML, VBox

from owidget_jupyter import EventLog, OWidget, Session, Sessions, StatusIntervals
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.parts import Notice, button, check, note, pressed, row, table
from owidget_jupyter.explorer.private import PrivateField

#: Most sessions that the table has.
MOST = 100


class SessionReport:
    """What the log tells of sessions, made anew when it is asked for."""

    def __init__(self) -> None:
        self._log = EventLog()
        self._sessions, self._shares, self._timeline = HTML(), HTML(), HTML()
        self._outcome = Notice()
        self._path = PrivateField(texts.LOG_PATH, placeholder=texts.LOG_PLACEHOLDER, copy="")
        self._path.on_enter = pressed(self._path, self._save)
        self._replace = check(texts.REPLACE_LOG)
        says = self._outcome
        draw = button(texts.TIMELINE, says, self._draw_timeline)
        draw.disabled = find_spec("matplotlib") is None
        self.box = VBox(
            [
                row(button(texts.REFRESH, says, self.draw), draw),
                *([note(texts.TIMELINE_NOTE)] if draw.disabled else []),
                *(says, self._sessions, self._shares, self._timeline),
                row(self._path, self._replace, button(texts.SAVE_LOG, self._path, self._save)),
                note(texts.LOG_NOTE),
            ]
        )

    def follow(self, chat: OWidget) -> None:
        """Report another chat's log."""
        self._log = chat.event_log
        self._timeline.value = ""
        self._outcome.say("")
        self.draw()

    def draw(self) -> None:
        """Make the tables anew."""
        total = len(self._log)
        self._sessions.value = _sessions(self._log.sessions(), total)
        self._shares.value = _shares(self._log.status_intervals())

    def _draw_timeline(self) -> None:
        self.draw()
        timeline = self._log.timeline()
        picture = BytesIO()
        timeline.figure.savefig(picture, format="png")
        data = b64encode(picture.getvalue()).decode("ascii")
        self._timeline.value = (
            f'<img alt="{escape(timeline.caption)}" src="data:image/png;base64,{data}">'
        )

    def _save(self) -> None:
        path = needed_path(self._path)
        if path.exists() and not self._replace.value:
            raise FileExistsError(texts.FILE_EXISTS.format(path))
        self._log.to_jsonl(path)
        self._path.say(texts.SAVED.format(path), "good")


def needed_path(field: PrivateField) -> Path:
    """Return the path that somebody typed.

    Raises:
        ValueError: if nobody has.
    """
    if not field.value.strip():
        raise ValueError(texts.NEEDS_PATH)
    return Path(field.value.strip()).expanduser()


def _sessions(sessions: Sessions, total: int) -> str:
    if not sessions:
        return f"<p>{texts.NO_SESSIONS}</p>"
    cut = len(sessions) > MOST
    caption = (
        texts.SESSION_TABLE_CUT.format(MOST, len(sessions), total)
        if cut
        else texts.SESSION_TABLE.format(len(sessions), total)
    )
    numbered = list(enumerate(sessions, 1))[-MOST:]
    rows = [_row(number, session) for number, session in numbered]
    remarks = "".join(f"<p>{escape(remark)}</p>" for remark in sessions.anomalies)
    return table(caption, texts.SESSION_HEADS, rows) + remarks


def _row(number: int, session: Session) -> list[str]:
    remarks = [*([texts.REPLAY] if session.replay else []), *session.anomalies]
    cells = (
        str(number),
        f"{session.begin:%Y-%m-%d %H:%M:%S}",
        session.outcome,
        _duration(session.waiting),
        _duration(session.talking),
        str(len(session.seqs)),
        " ".join(remarks),
    )
    return [escape(cell) for cell in cells]


def _shares(intervals: StatusIntervals) -> str:
    spent: Counter[str] = Counter()
    for interval in intervals:
        if interval.duration is not None:
            spent[interval.name] += round(interval.duration.total_seconds() * 1000)
    whole = sum(spent.values())
    if not whole:
        return ""
    rows = [
        [escape(name), _duration(timedelta(milliseconds=time)), f"{time / whole:.0%}"]
        for name, time in spent.most_common()
    ]
    return table(texts.SHARE_TABLE, texts.SHARE_HEADS, rows)


def _duration(duration: timedelta | None) -> str:
    if duration is None:
        return texts.UNKNOWN
    tenths = round(duration.total_seconds() * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest // 10:02}.{rest % 10}"
