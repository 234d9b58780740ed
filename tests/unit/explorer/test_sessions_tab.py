from __future__ import annotations

import importlib.util
import stat
from datetime import timedelta

import pytest

from owidget_jupyter import EventLog, OWidget
from owidget_jupyter.explorer import sessions

from ..driver import NOON, append, connected, event

PATH, REPLACE = "File for the log", "Replace a log that exists"
VISIT = ["chatWindowOpen", "chatSessionCreated", "chatSessionStarted", "chatSessionEnded"]


def played(explore, *entries):
    """Return a person at a panel; of an entry, type, detail and seconds after noon are given."""
    log = EventLog()
    for type, detail, seconds in entries:
        append(log, type, detail, NOON + timedelta(seconds=seconds))
    chat = OWidget(isolation="opaque")
    chat.replay(log)
    return explore(chat)


@pytest.fixture
def visited(explore):
    return played(explore, *((type, {"who": "Eva"}, 1.5 * n) for n, type in enumerate(VISIT)))


def test_an_empty_log_has_none(explore):
    assert "No sessions so far." in explore(OWidget(isolation="opaque")).texts


def test_a_session_is_a_row_with_its_durations(visited):
    assert "Sessions: 1, in 4 entries" in visited.texts
    assert "<td>served</td><td>0:00:01.5</td><td>0:00:01.5</td><td>4</td>" in visited.markup


def test_there_are_no_more_rows_than_can_be_read(explore, chat, monkeypatch):
    monkeypatch.setattr(sessions, "MOST", 2)
    hand = explore(chat)
    page = connected(chat)
    for _ in range(3):
        page.batch(*map(event, [*VISIT, "chatWindowClosed"]))
    hand.explorer.refresh()
    assert "Sessions: the last 2 of 3, in 16 entries" in hand.texts
    assert "<td>3</td>" in hand.markup


def test_the_share_of_each_status(explore):
    codes = ((1, 0), (2, 3), (0, 4))
    hand = played(explore, *(("status", {"code": code}, at) for code, at in codes))
    assert "<td>online</td><td>0:00:03.0</td><td>75%</td>" in hand.markup
    assert "<td>busy</td><td>0:00:01.0</td><td>25%</td>" in hand.markup


def test_a_timeline_is_a_picture_with_words(visited):
    visited.press("Draw timeline")
    assert 'alt="Event log: 4 entries, 1 session' in visited.markup
    assert 'src="data:image/png;base64,iVBOR' in visited.markup


def test_without_matplotlib_the_panel_says_at_once_how_to_have_it(monkeypatch, chat):
    find = importlib.util.find_spec
    monkeypatch.setattr(sessions, "find_spec", lambda name: None)
    from .hand import Hand

    explorer = chat.explore()
    hand = Hand(explorer)
    assert not hand.can_press("Draw timeline")
    assert "pip install owidget-jupyter[plot]" in hand.texts
    explorer.close()
    assert find("matplotlib") is not None, "it is there for the other tests"


def test_the_log_is_saved_as_it_is(visited, tmp_path):
    path = tmp_path / "chat.jsonl"
    visited.type(PATH, f" {path} ")
    visited.press("Save the log…")
    assert visited.shown(PATH) == f"Saved as {path}."
    assert [e.type for e in EventLog.from_jsonl(path)] == [e.type for e in visited.chat.event_log]


def test_a_file_is_replaced_only_when_one_says_so(visited, tmp_path):
    path = tmp_path / "chat.jsonl"
    path.write_text("mine")
    visited.type(PATH, str(path))
    visited.press("Save the log…")
    assert visited.shown(PATH) == f"{path} is there already."
    assert path.read_text() == "mine"
    visited.choose(REPLACE, True)
    visited.press("Save the log…")
    assert len(EventLog.from_jsonl(path)) == 4


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Type the path of a file first."), ("{tmp}/no/such/folder.jsonl", "No such file")],
)
def test_what_cannot_be_saved_says_why(visited, tmp_path, typed, said):
    visited.type(PATH, typed.replace("{tmp}", str(tmp_path)))
    visited.press("Save the log…")
    assert said in visited.shown(PATH)


def test_a_saved_log_is_its_owners_alone(visited, tmp_path):
    path = tmp_path / "chat.jsonl"
    visited.type(PATH, str(path))
    visited.press("Save the log…")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
