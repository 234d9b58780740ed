from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

from owidget_jupyter import EventLog, EventType

from .logs import CLOSED, OPEN, add, at, log_of, status, talk

TIME = "datetime64[us, UTC]"
EVENTS = {
    "seq": "int64",
    "type": "category",
    "at": TIME,
    "received": TIME,
    "skew": "float64",
    "frontend": "string",
    "code": "Int64",
    "replay": "bool",
}
SESSIONS = {
    **dict.fromkeys(("opened", "created", "started", "ended", "closed"), TIME),
    **dict.fromkeys(("waiting", "talking", "total"), "timedelta64[us]"),
    "outcome": "category",
    "events": "int64",
    "anomalies": "string",
    "replay": "bool",
}
INTERVALS = {
    "code": "Int64",
    "name": "category",
    "begin": TIME,
    "end": TIME,
    "duration": "timedelta64[us]",
    "replay": "bool",
}

LOGS = {
    "empty": EventLog(),
    "statuses only": log_of(status(0, 1), status(1, None)),
    "one event": log_of((0, OPEN)),
    "sessions": log_of(status(-1, 1), *talk(), (100, OPEN, {"phone": "secret"})),
}


@pytest.mark.parametrize("log", LOGS.values(), ids=LOGS)
def test_columns_have_their_types_whatever_is_in_them(log):
    for frame, expected in (
        (log.to_pandas(), EVENTS),
        (log.to_pandas(details=True), {**EVENTS, "detail": "object"}),
        (log.sessions().to_pandas(), SESSIONS),
        (log.status_intervals().to_pandas(), INTERVALS),
    ):
        assert frame.dtypes.astype(str).to_dict() == expected


def test_a_frame_of_events_has_a_row_each():
    log = LOGS["sessions"]
    frame = log.to_pandas()
    assert frame["seq"].tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert frame["type"].tolist() == [event.type for event in log]
    assert frame["at"].tolist() == [event.at for event in log]
    assert frame["code"].tolist() == [1, *[pd.NA] * 6]
    assert frame["frontend"].unique().tolist() == ["page"]


def test_frames_of_several_logs_are_put_together_with_their_types():
    frames = [log.to_pandas() for log in LOGS.values() if len(log)]
    assert pd.concat(frames).dtypes.astype(str).to_dict() == EVENTS


def test_types_of_the_vendors_page_come_first_and_then_the_logs_own():
    log = log_of((0, "chatMessage"), status(1, 1), (2, OPEN))
    categories = log.to_pandas()["type"].cat.categories.tolist()
    assert categories == [*map(str, EventType), "status", "overflow", "overlap", "chatMessage"]


def test_details_are_left_out_unless_they_are_asked_for():
    log = LOGS["sessions"]
    assert "secret" not in log.to_pandas().to_csv() + log.to_pandas().to_html()
    assert log.to_pandas(details=True)["detail"].iloc[-1] == {"phone": "secret"}


def test_details_of_any_shape_stay_what_they_are():
    details = [[1, 2], [3, 4], {"a": None}, "text", None, 5]
    log = log_of(*((number, "odd", detail) for number, detail in enumerate(details) if detail))
    kept = log.to_pandas(details=True)["detail"].tolist()
    assert kept == [detail for detail in details if detail]


def test_what_is_no_valid_unicode_is_kept():
    frame = log_of((0, "half \ud83d"), page="page \ud83d").to_pandas()
    assert frame["type"].tolist() == ["half \ud83d"]
    assert frame["frontend"].tolist() == ["page \ud83d"]


def test_a_frame_of_sessions_has_a_row_each():
    frame = log_of(*talk(), (100, OPEN), (101, CLOSED), (102, CLOSED)).sessions().to_pandas()
    served, window = frame.to_dict("records")
    assert served["started"] == at(15)
    assert served["talking"] == pd.Timedelta(seconds=60)
    assert (served["outcome"], served["events"], served["anomalies"]) == ("served", 5, "")
    assert window["started"] is pd.NaT
    assert window["waiting"] is pd.NaT
    assert window["anomalies"] == f"{CLOSED} (entry 8) came again"
    assert frame.groupby("outcome", observed=True).size().to_dict() == {
        "served": 1,
        "window only": 1,
    }


def test_a_frame_of_intervals_has_a_row_each():
    frame = log_of(status(0, 1), status(90, None)).status_intervals().to_pandas()
    assert frame["code"].tolist() == [1, pd.NA]
    assert frame["name"].tolist() == ["online", "unknown"]
    assert frame["duration"].tolist() == [pd.Timedelta(seconds=90), pd.NaT]
    assert frame["end"].tolist() == [at(90), pd.NaT]


def test_a_dropped_log_makes_a_frame_of_what_is_left():
    log = EventLog(max_events=2)
    for number in range(5):
        add(log, number, OPEN)
    assert log.to_pandas()["seq"].tolist() == [4, 5]


@pytest.mark.parametrize("call", ["log.to_pandas()", "log.sessions().to_pandas()"])
def test_without_pandas_the_extra_is_named(call):
    code = f"""
import sys
sys.modules["pandas"] = None  # as if it were not installed
from owidget_jupyter import EventLog, EventType
log = EventLog()
try:
    {call}
except ImportError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == (
        "frames need pandas: install it with `pip install owidget-jupyter[pandas]`\n"
    )


def test_the_package_needs_neither_pandas_nor_matplotlib_to_be_imported():
    code = """
import sys, owidget_jupyter
print(sorted({"pandas", "matplotlib", "numpy"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "[]\n"
