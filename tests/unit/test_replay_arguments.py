"""What replay takes, and refuses before anything is played."""

from __future__ import annotations

import dataclasses
import traceback
from datetime import datetime

import pytest

from owidget_jupyter import Event

from .driver import NOON
from .logs import OPEN, log_of, talk

SECRET = "+420 777 666 555"


@pytest.mark.parametrize("speed", [0, -1, float("nan"), float("inf")])
def test_a_speed_that_cannot_be_is_refused(chat, speed):
    with pytest.raises(ValueError, match="above 0"):
        chat.replay(log_of(*talk()), speed=speed)
    assert len(chat.event_log) == 0


@pytest.mark.parametrize("speed", ["10", True, [1]])
def test_what_is_no_speed_is_refused(chat, speed):
    with pytest.raises(TypeError, match="speed is a number"):
        chat.replay(log_of(*talk()), speed=speed)


@pytest.mark.parametrize("log", ["chat.jsonl", None, 5, [1], [("status", 1)]])
def test_what_is_no_log_is_refused(chat, log):
    with pytest.raises(TypeError, match="replay takes"):
        chat.replay(log)


@pytest.mark.parametrize(
    "log", [log_of((0, OPEN, {"phone": SECRET})).to_jsonl(), [{"detail": SECRET}], [SECRET], SECRET]
)
def test_what_is_no_log_is_refused_without_repeating_it(chat, log):
    for act in (lambda: chat.replay(log), lambda: chat.replay(log_of(), speed=log)):
        with pytest.raises(TypeError, match=r"not (str|dict|list)") as raised:
            act()
        assert SECRET not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"at": datetime(2024, 5, 1)}, "its 'at' is a time without a zone"),
        ({"received": datetime(2024, 5, 1)}, "its 'received' is a time without a zone"),
        ({"at": "2024-05-01T12:00:00Z"}, "its 'at' cannot be of the type str"),
        ({"at": NOON.replace(year=9999)}, "its 'at' is not in the years"),
        ({"skew": float("nan")}, "its 'skew' is no number of seconds"),
        ({"skew": 1e300}, "its 'skew' is no number of seconds"),
        ({"skew": 10**400}, "its 'skew' is no number of seconds"),
        ({"skew": True}, "its 'skew' cannot be of the type bool"),
        ({"seq": 0}, "its 'seq' is no number of an entry"),
        ({"type": 5}, "its 'type' cannot be of the type int"),
        ({"frontend": None}, "its 'frontend' cannot be of the type NoneType"),
        ({"replay": 1}, "its 'replay' cannot be of the type int"),
        ({"detail": {SECRET, "b"}}, "set is not JSON serializable"),
        ({"detail": {"a": float("inf")}}, "Out of range float"),
        *[
            ({"type": "status", "detail": detail}, "the detail of 'status' has no 'code'")
            for detail in ({}, {"code": 7}, None, {"code": True}, {"code": [SECRET]})
        ],
        ({"type": "overflow", "detail": {"dropped": -5}}, "the detail of 'overflow'"),
        ({"type": "overlap", "detail": {"seconds": float("nan")}}, "the detail of 'overlap'"),
    ],
)
def test_an_event_that_no_log_could_hold_is_refused_before_anything_is_played(chat, members, what):
    wrong = dataclasses.replace(Event(1, OPEN, NOON, NOON, 0.0, "page", {}), **members)
    with pytest.raises(ValueError, match=f"no log could hold event 6 of these: .*{what}") as raised:
        chat.replay([*log_of(*talk()), wrong])
    assert SECRET not in str(raised.value)
    assert len(chat.event_log) == 0
