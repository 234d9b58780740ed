from __future__ import annotations

import subprocess
import sys
from base64 import b64decode
from io import BytesIO

import pytest
from matplotlib.collections import PolyCollection
from PIL import Image

from owidget_jupyter import EventLog, Timeline

from .logs import CLOSED, CREATED, ENDED, FIVE, OPEN, STARTED, add, log_of, status, talk

VISIT = [status(-10, 0), status(-5, 1), *talk(), status(90, None), status(100, 1), (120, OPEN)]
#: Seconds of empty paper on either side of it.
MARGIN = 130 * 0.02


def bars(timeline: Timeline) -> list[PolyCollection]:
    (axes,) = timeline.figure.axes
    return [each for each in axes.collections if isinstance(each, PolyCollection)]


def legend(timeline: Timeline) -> list[str]:
    return [text.get_text() for each in timeline.figure.legends for text in each.get_texts()]


def marks(timeline: Timeline) -> dict[str, int]:
    (axes,) = timeline.figure.axes
    return {line.get_label(): len(line.get_xdata()) for line in axes.lines}


def picture(timeline: Timeline) -> Image.Image:
    data, _ = timeline._repr_png_()
    return Image.open(BytesIO(b64decode(data, validate=True))).convert("RGB")


def test_a_notebook_gets_a_sharp_picture_with_a_text_for_who_cannot_see_it():
    timeline = log_of(*VISIT).timeline()
    _, metadata = timeline._repr_png_()
    assert picture(timeline).size == (2 * metadata["width"], 2 * metadata["height"])
    assert metadata["alt"] == timeline.caption == "Event log: 10 entries, 2 sessions"
    assert repr(timeline) == "<Timeline: Event log: 10 entries, 2 sessions>"


def test_it_shows_in_a_notebook_and_leaves_nothing_behind():
    from IPython.core.formatters import DisplayFormatter

    data, metadata = DisplayFormatter().format(log_of(*VISIT).timeline())
    assert b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"].startswith("Event log")
    assert "matplotlib.pyplot" not in sys.modules


def test_its_rows_and_legends_name_all_that_is_in_it():
    timeline = log_of(*VISIT, (130, "chatMessage"), (131, "overflow", {"dropped": 1})).timeline()
    (axes,) = timeline.figure.axes
    rows = [label.get_text() for label in axes.get_yticklabels()]
    assert rows == ["status", "window", "queue", "talk", "events"]
    assert legend(timeline) == ["online", "offline", "unknown", *FIVE, "overflow", "other"]
    assert axes.get_xlabel() == "time (UTC)"
    assert marks(timeline) == {**dict.fromkeys(FIVE, 1), OPEN: 2, "overflow": 1, "other": 1}


def test_bars_begin_and_end_where_the_log_says():
    timeline = log_of(*VISIT).timeline()
    (axes,) = timeline.figure.axes
    left, right = axes.get_xlim()
    scale = (130 + 2 * MARGIN) / (right - left)  # seconds a unit

    def seconds(collection: PolyCollection) -> list[tuple[int, int]]:
        edges = [path.vertices[:, 0] for path in collection.get_paths()]
        return [
            tuple(round((x - left) * scale - MARGIN - 10) for x in (each.min(), each.max()))
            for each in edges
        ]

    online, offline, unknown, window, queue, talking = bars(timeline)
    edge = round(120 + MARGIN)
    assert seconds(offline) == [(-10, -5)]
    assert seconds(online) == [(-5, 90), (100, edge)]
    assert seconds(unknown) == [(90, 100)]
    assert seconds(window) == [(0, 80), (120, edge)]
    assert seconds(queue) == [(5, 15)]
    assert seconds(talking) == [(15, 75)]


@pytest.mark.parametrize(
    ("entries", "drawn"),
    [
        ([(0, CREATED), (60, STARTED), (90, ENDED)], 2),  # the queue's and the talk's
        ([(0, CREATED), (60, STARTED), (30, ENDED)], 1),
        ([(0, CREATED), (10, "overflow", {"dropped": 3}), (60, ENDED)], 0),
    ],
    ids=["known", "clocks", "missing"],
)
def test_what_is_not_known_to_have_been_so_long_is_no_bar(entries, drawn):
    assert len(bars(log_of(*entries).timeline())) == drawn


def test_everything_is_told_apart_without_colours():
    timeline = log_of(status(-20, 2), *VISIT).timeline()
    statuses = bars(timeline)[:4]
    assert len({each.get_hatch() for each in statuses}) == 4
    (axes,) = timeline.figure.axes
    shapes = [line.get_marker() for line in axes.lines]
    assert len(set(shapes)) == len(shapes) == 5


def test_it_brings_its_own_paper():
    image = picture(log_of(*VISIT).timeline())
    corners = [(0, 0), (image.width - 1, 0), (0, image.height - 1)]
    assert {image.getpixel(corner) for corner in corners} == {(255, 255, 255)}


def test_it_looks_the_same_under_a_dark_style():
    import matplotlib

    light = picture(log_of(*VISIT).timeline())
    dark = {"text.color": "white", "axes.edgecolor": "white", "xtick.color": "white"}
    with matplotlib.rc_context({**dark, "axes.facecolor": "black", "figure.facecolor": "black"}):
        assert picture(log_of(*VISIT).timeline()).tobytes() == light.tobytes()


def test_an_empty_log_is_a_picture_that_says_so():
    timeline = EventLog().timeline()
    (axes,) = timeline.figure.axes
    assert [text.get_text() for text in axes.texts] == ["no events"]
    assert timeline.caption == "Event log: empty"
    assert len(timeline._repr_png_()[0]) > 1_000


@pytest.mark.parametrize("entry", [(0, OPEN), status(0, 1), (0, CLOSED), (0, "chatMessage")])
def test_one_entry_is_a_picture(entry):
    timeline = log_of(entry).timeline()
    assert timeline.caption.startswith("Event log: 1 entry")
    assert len(timeline._repr_png_()[0]) > 1_000


def test_ten_thousand_entries_are_a_picture_of_few_pieces():
    entries = [(number, FIVE[number % 5]) for number in range(9_000)]
    entries += [status(9_000 + number, number % 3) for number in range(1_000)]
    timeline = log_of(*entries).timeline()
    (axes,) = timeline.figure.axes
    assert sum(len(each.get_paths()) for each in bars(timeline)) < 4_000
    assert len(axes.get_children()) < 100
    assert len(timeline._repr_png_()[0]) > 1_000


def test_it_shows_what_was_live_or_else_the_last_replay():
    log = log_of((0, OPEN), (1, OPEN), replay=True)
    assert log.timeline().caption == "Event log: 2 entries, 1 session, replayed"
    log._bound(100)
    add(log, 5, CREATED)
    assert log.timeline().caption == "Event log: 1 entry, 1 session"
    log._begin_section()
    for second, type in enumerate((OPEN, CREATED, ENDED)):
        add(log, second, type, replay=True)
    assert log.timeline(replay=True).caption == "Event log: 3 entries, 1 session, replayed"
    assert log.timeline(replay=False).caption == "Event log: 1 entry, 1 session"
    assert log_of((0, OPEN)).timeline(replay=True).caption == "Event log: nothing to show"


def test_a_title_and_a_width_of_ones_own():
    timeline = log_of(*VISIT).timeline(title="Costs $5 and $6", width=5)
    (axes,) = timeline.figure.axes
    assert axes.get_title(loc="left") == "Costs $5 and $6"
    assert timeline._repr_png_()[1]["width"] == 480


@pytest.mark.parametrize("width", [3, 41, float("nan"), "10", True])
def test_a_width_that_cannot_be_is_refused(width):
    with pytest.raises(ValueError, match="from 4 to 40"):
        EventLog().timeline(width=width)


def test_without_matplotlib_the_extra_is_named():
    code = """
import sys
sys.modules["matplotlib"] = sys.modules["matplotlib.figure"] = None
from owidget_jupyter import EventLog
try:
    EventLog().timeline()
except ImportError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == (
        "a timeline needs matplotlib: install it with `pip install owidget-jupyter[plot]`\n"
    )
