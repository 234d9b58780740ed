"""A picture of a log: status, window, queue and talk as bars over time, events as marks."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from owidget_jupyter.events import OVERFLOW_ENTRY, OVERLAP_ENTRY, STATUS_ENTRY, EventType, Snapshot
from owidget_jupyter.sessions.deriving import sessions_of
from owidget_jupyter.sessions.intervals import intervals_of
from owidget_jupyter.sessions.session import Session
from owidget_jupyter.sessions.strands import Moment, Strand, strands

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: The picture brings its own paper and ink: it reads the same in a light and in a dark notebook.
PAPER, INK, FAINT = "#ffffff", "#1f1f1f", "#d0d0d0"
HEIGHT = 4.0  # inches
DPI = 96


class Look(NamedTuple):
    """How a bar is filled: told apart by its hatching, also where there are no colours."""

    colour: str
    hatch: str


STATUS_LOOKS = {
    "online": Look("#b7e2b1", ""),
    "busy": Look("#f9c784", "////"),
    "offline": Look("#b9bfc6", "xxxx"),
    "unknown": Look("#ffffff", "...."),
}
#: The rows below the status, from the top, and how their bars look.
ROW_LOOKS = {
    "window": Look("#e4e4e4", ""),
    "queue": Look("#f7e08c", "\\\\\\\\"),
    "talk": Look("#9cc9ea", ""),
}
ROWS = ("status", *ROW_LOOKS, "events")
#: Where the row of events begins and ends, counted in rows: it is the highest one.
EVENTS_FROM, EVENTS_UNTIL = 3.5, 5.1

#: What marks of no vendor's type are called.
OTHER = "other"
#: Marks of the events: each type has a shape, and a line of its own within the row.
SHAPES = {
    EventType.WINDOW_OPEN.value: "^",
    EventType.SESSION_CREATED.value: "o",
    EventType.SESSION_STARTED.value: "D",
    EventType.SESSION_ENDED.value: "s",
    EventType.WINDOW_CLOSED.value: "v",
    OVERFLOW_ENTRY: "*",
    OVERLAP_ENTRY: "P",
    OTHER: "x",
}

HOLLOW = (EventType.SESSION_CREATED, EventType.SESSION_ENDED)

#: Bars closer than the so-many-th part of the picture are drawn as one.
FINENESS = 1500
#: Bars, or marks, that are too many to be drawn large.
MANY = 200

Span = tuple[datetime, "datetime | None"]


class Timeline:
    """A picture that a notebook shows by itself.

    Attributes:
        figure: Matplotlib's figure, to be changed or saved: ``timeline.figure.savefig("a.svg")``.
        caption: What it shows, in a sentence.
    """

    def __init__(self, figure: Figure, caption: str) -> None:
        self.figure = figure
        self.caption = caption

    def _repr_png_(self) -> tuple[str, dict[str, Any]]:
        """Return it as a PNG of twice the size that it is shown at, for sharp screens.

        In base64, as notebooks keep it: bytes would not survive in an ipywidgets `Output`.
        """
        data = BytesIO()
        self.figure.savefig(data, format="png", dpi=2 * DPI)
        width, height = self.figure.get_size_inches()
        size = {"width": round(width * DPI), "height": round(height * DPI)}
        return b64encode(data.getvalue()).decode("ascii"), {**size, "alt": self.caption}

    def __repr__(self) -> str:
        return f"<Timeline: {self.caption}>"


def draw_timeline(
    snapshot: Snapshot, *, title: str | None, width: float, replay: bool | None
) -> Timeline:
    """Return the picture of a log; see `EventLog.timeline`."""
    if not isinstance(width, (int, float)) or not 4 <= width <= 40:
        raise ValueError(f"width {width!r} is not a number of inches from 4 to 40")
    figure, axes = _empty_picture(width)
    strand = _chosen(strands(snapshot.entries, snapshot.breaks), replay)
    if strand is None:
        caption = "Event log: nothing to show" if snapshot.entries else "Event log: empty"
        axes.text(0.5, 0.5, "no events", color=INK, ha="center", va="center", size=14)
        axes.set_axis_off()
    else:
        sessions, _ = sessions_of(strand)
        caption = _caption(strand, sessions)
        _draw(figure, axes, strand, sessions)
    axes.set_title(title or caption, color=INK, loc="left", size=11, parse_math=False)
    return Timeline(figure, caption)


def _empty_picture(width: float) -> tuple[Figure, Axes]:
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(
            "a timeline needs matplotlib: install it with `pip install owidget-jupyter[plot]`"
        ) from error
    # Not pyplot's: that would keep every figure alive, and show it once more.
    figure = Figure(figsize=(width, HEIGHT), dpi=DPI, facecolor=PAPER, layout="constrained")
    axes = figure.add_subplot(facecolor=PAPER)
    return figure, axes


def _chosen(found: Sequence[Strand], replay: bool | None) -> Strand | None:
    """Return what was live, or the last replay."""
    live = [strand for strand in found if not strand.replay]
    replays = [strand for strand in found if strand.replay]
    if replay is None:
        replay = not live
    return next(iter(replays[-1:] if replay else live), None)


def _caption(strand: Strand, sessions: Sequence[Session]) -> str:
    entries = f"{len(strand.moments)} entries" if len(strand.moments) > 1 else "1 entry"
    talks = f"{len(sessions)} sessions" if len(sessions) != 1 else "1 session"
    replayed = ", replayed" if strand.replay else ""
    return f"Event log: {entries}, {talks}{replayed}"


def _draw(figure: Figure, axes: Axes, strand: Strand, sessions: Sequence[Session]) -> None:
    begin, end = strand.moments[0].time, strand.moments[-1].time
    margin = (end - begin) * 0.02 or timedelta(seconds=30)
    begin, end = begin - margin, end + margin
    _set_up_axes(axes, begin, end)
    intervals = intervals_of(strand)
    named = []
    for name, look in STATUS_LOOKS.items():
        spans = [(each.begin, each.end) for each in intervals if each.name == name]
        named.extend(_bars(axes, "status", spans, end, look, name))
    for interval in intervals:
        _name_bar(axes, interval.name, interval.begin, interval.end or end, end - begin)
    _bars(axes, "window", _windows(strand.moments), end)
    _bars(axes, "queue", [span for each in sessions for span in _queue(each)], end)
    _bars(axes, "talk", [span for each in sessions for span in _talk(each)], end)
    style: dict[str, Any] = {"frameon": False, "labelcolor": INK, "fontsize": 9, "ncols": 5}
    figure.legend(handles=named, loc="outside upper right", **style)
    figure.legend(handles=_marks(axes, strand.moments), loc="outside lower left", **style)


def _set_up_axes(axes: Axes, begin: datetime, end: datetime) -> None:
    dates = _dates()
    axes.set_xlim(_x(begin), _x(end))
    axes.set_ylim(EVENTS_UNTIL, -0.5)
    axes.set_yticks([0, 1, 2, 3, (EVENTS_FROM + EVENTS_UNTIL) / 2], ROWS)
    locator = dates.AutoDateLocator(tz=timezone.utc)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, tz=timezone.utc))
    axes.xaxis.offsetText.set_color(INK)
    axes.set_xlabel("time (UTC)", color=INK)
    axes.tick_params(colors=INK, labelcolor=INK)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_color(INK)
        spine.set_linewidth(0.6)


def _bars(
    axes: Axes,
    row: str,
    spans: Sequence[Span],
    end: datetime,
    look: Look | None = None,
    label: str | None = None,
) -> list[Artist]:
    """Draw a row's bars; one without an end goes on to the edge of the picture."""
    if not spans:
        return []
    look = look or ROW_LOOKS[row]
    begins = _x([begin for begin, _ in spans])
    ends = _x([end if until is None else until for _, until in spans])
    left, right = axes.get_xlim()
    bars = _merged(zip(begins, ends, strict=True), (right - left) / FINENESS)
    drawn = axes.broken_barh(
        [(begin, until - begin) for begin, until in bars],
        (ROWS.index(row) - 0.34, 0.68),
        facecolor=look.colour,
        edgecolor=INK,
        hatch=look.hatch,
        linewidth=0.7 if len(bars) <= MANY else 0,
        label=label,
    )
    return [drawn]


def _merged(bars: Iterable[tuple[float, float]], apart: float) -> list[tuple[float, float]]:
    """Merge bars that nobody could tell apart: their edges would be all that is seen."""
    merged: list[tuple[float, float]] = []
    for begin, end in bars:
        if merged and begin != merged[-1][1] and begin - merged[-1][1] < apart:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return merged


def _name_bar(axes: Axes, name: str, begin: datetime, end: datetime, whole: timedelta) -> None:
    """Write a status into its bar, where there is room for the word."""
    if (end - begin) < whole * 0.09:
        return  # the legend tells
    axes.text(
        (_x(begin) + _x(end)) / 2,
        ROWS.index("status"),
        name,
        color=INK,
        ha="center",
        va="center",
        size=9,
        bbox={"boxstyle": "round,pad=0.2", "facecolor": PAPER, "edgecolor": "none"},
    )


def _marks(axes: Axes, moments: Sequence[Moment]) -> list[Artist]:
    times: dict[str, list[datetime]] = {name: [] for name in SHAPES}
    for moment in moments:
        type = moment.event.type
        if type != STATUS_ENTRY:
            times[type if type in times else OTHER].append(moment.time)
    seen = {name: at for name, at in times.items() if at}
    drawn: list[Artist] = []
    for number, (name, at) in enumerate(seen.items()):
        # Types stand above each other: those of one moment do not hide each other.
        level = EVENTS_FROM + (EVENTS_UNTIL - EVENTS_FROM) * (number + 1) / (len(seen) + 1)
        drawn += axes.plot(
            _x(at),
            [level] * len(at),
            linestyle="none",
            marker=SHAPES[name],
            markersize=6 if len(moments) <= MANY else 4,
            color=INK,
            markerfacecolor=PAPER if name in HOLLOW else INK,
            label=name,
        )
    return drawn


def _windows(moments: Iterable[Moment]) -> list[Span]:
    """Return from when to when the window was seen open."""
    spans: list[Span] = []
    opened: datetime | None = None
    for moment in moments:
        type = moment.event.type
        went = type == STATUS_ENTRY and moment.event.detail["code"] is None
        if type == EventType.WINDOW_OPEN:
            opened = opened or moment.time
        elif opened and (type == EventType.WINDOW_CLOSED or went or moment.fresh):
            spans.append((opened, moment.time))
            opened = None
    return [*spans, (opened, None)] if opened else spans


def _queue(session: Session) -> list[Span]:
    if session.started is None and session.outcome == "unknown":
        return []  # the start may be what is missing
    return _span(session, "created", "started" if session.started else "ended")


def _talk(session: Session) -> list[Span]:
    return _span(session, "started", "ended")


def _span(session: Session, since: str, until: str) -> list[Span]:
    """Return a bar, if both its ends are known, or the end is yet to come."""
    begin: datetime | None = getattr(session, since)
    end: datetime | None = getattr(session, until)
    if begin is None or (end is None and session.outcome != "open"):
        return []
    if since in session.uncertain or until in session.uncertain:
        return []  # its length would be false
    return [(begin, end and max(begin, end))]


def _x(times: Any) -> Any:
    return _dates().date2num(times)


def _dates() -> Any:
    import matplotlib.dates

    return matplotlib.dates
