"""What a log says as pandas frames; pandas itself is an extra."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from owidget_jupyter.events import OWN_ENTRIES, STATUS_ENTRY, Event, EventType
from owidget_jupyter.reported import STATUS_NAMES
from owidget_jupyter.sessions.intervals import StatusInterval
from owidget_jupyter.sessions.session import Session

if TYPE_CHECKING:
    import pandas

_TIME = "datetime64[us, UTC]"
_DURATION = "timedelta64[us]"
#: The categories of every log's types begin with these, so that frames of several logs can be put
#: together and still have categories.
_TYPES = (*(member.value for member in EventType), *OWN_ENTRIES)
_OUTCOMES = ("served", "abandoned", "window only", "open", "unknown")


def frame_of_events(events: Sequence[Event], *, details: bool = False) -> pandas.DataFrame:
    """Return a frame with a row for each event; see `EventLog.to_pandas`."""
    pd = _pandas()
    columns = {
        "seq": pd.Series([event.seq for event in events], dtype="int64"),
        "type": _types(pd, [event.type for event in events]),
        "at": _times(pd, [event.at for event in events]),
        "received": _times(pd, [event.received for event in events]),
        "skew": pd.Series([event.skew for event in events], dtype="float64"),
        # No category: each log has pages of its own. In Python, as read files hold any text.
        "frontend": pd.Series([event.frontend for event in events], dtype="string[python]"),
        "code": pd.Series([_code(event) for event in events], dtype="Int64"),
        "replay": pd.Series([event.replay for event in events], dtype="bool"),
    }
    if details:
        columns["detail"] = pd.Series([event.detail for event in events], dtype="object")
    return pd.DataFrame(columns)


def frame_of_sessions(sessions: Sequence[Session]) -> pandas.DataFrame:
    """Return a frame with a row for each session; see `Sessions.to_pandas`."""
    pd = _pandas()
    outcomes = pd.CategoricalDtype(_OUTCOMES)
    return pd.DataFrame(
        {
            "opened": _times(pd, [session.opened for session in sessions]),
            "created": _times(pd, [session.created for session in sessions]),
            "started": _times(pd, [session.started for session in sessions]),
            "ended": _times(pd, [session.ended for session in sessions]),
            "closed": _times(pd, [session.closed for session in sessions]),
            "waiting": _durations(pd, [session.waiting for session in sessions]),
            "talking": _durations(pd, [session.talking for session in sessions]),
            "total": _durations(pd, [session.total for session in sessions]),
            "outcome": pd.Series([session.outcome for session in sessions], dtype=outcomes),
            "events": pd.Series([len(session.seqs) for session in sessions], dtype="int64"),
            "anomalies": pd.Series(
                ["; ".join(session.anomalies) for session in sessions], dtype="string"
            ),
            "replay": pd.Series([session.replay for session in sessions], dtype="bool"),
        }
    )


def frame_of_intervals(intervals: Sequence[StatusInterval]) -> pandas.DataFrame:
    """Return a frame with a row for each interval; see `StatusIntervals.to_pandas`."""
    pd = _pandas()
    names = pd.CategoricalDtype(tuple(STATUS_NAMES.values()))
    return pd.DataFrame(
        {
            "code": pd.Series([interval.code for interval in intervals], dtype="Int64"),
            "name": pd.Series([interval.name for interval in intervals], dtype=names),
            "begin": _times(pd, [interval.begin for interval in intervals]),
            "end": _times(pd, [interval.end for interval in intervals]),
            "duration": _durations(pd, [interval.duration for interval in intervals]),
            "replay": pd.Series([interval.replay for interval in intervals], dtype="bool"),
        }
    )


def _code(event: Event) -> int | None:
    code: int | None = event.detail["code"] if event.type == STATUS_ENTRY else None
    return code


def _types(pd: Any, types: Sequence[str]) -> Any:
    """Return a category of objects: not every text that a script makes is valid Unicode."""
    categories = pd.Index(list(dict.fromkeys((*_TYPES, *types))), dtype="object")
    return pd.Series(types, dtype=pd.CategoricalDtype(categories))


def _times(pd: Any, times: Iterable[datetime | None]) -> Any:
    return pd.Series(times, dtype=_TIME)


def _durations(pd: Any, durations: Iterable[timedelta | None]) -> Any:
    return pd.Series(durations, dtype=_DURATION)


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise ImportError(
            "frames need pandas: install it with `pip install owidget-jupyter[pandas]`"
        ) from error
    return pandas
