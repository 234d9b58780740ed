from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
from traitlets import TraitError

from owidget_jupyter import EventLog, OWidget

from .driver import COMPANY, Page, comm_of, connected, event, messages, status
from .logs import OPEN, log_of


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "chat.jsonl"


def journalled(path: object) -> OWidget:
    return OWidget(COMPANY, isolation="opaque", journal=path)


def types(path: Path) -> list[str]:
    """Return what the journal holds, read without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return [entry.type for entry in EventLog.from_jsonl(path)]


class Wrapped:
    """A file but for what a subclass does otherwise."""

    def __init__(self, file: FileIO) -> None:
        self._wrapped = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wrapped, name)


@contextlib.contextmanager
def full_after(path: Path, more: int) -> Iterator[None]:
    """Let files grow only by so many bytes beyond this one, as on a disk that is full."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + more, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


# What is written


def test_entries_are_in_the_file_as_soon_as_they_have_come(path):
    chat = journalled(path)
    assert types(path) == []
    page = connected(chat)
    assert types(path) == ["status"]
    page.batch(event(OPEN, {"channel": "chat"}), status(2))
    assert types(path) == ["status", OPEN, "status"]
    page.release()  # what the kernel concludes is written as well
    assert list(EventLog.from_jsonl(path)) == list(chat.event_log)
    head, entries = path.read_text().split("\n", 1)
    assert entries == chat.event_log.to_jsonl().split("\n", 1)[1]
    header = json.loads(head)
    assert len(header.pop("run")) == 16
    assert header == {"format": "owidget-jupyter event log", "version": 1, "after": 0}


def test_it_is_written_before_anyone_is_told(path):
    chat = journalled(path)
    seen = []
    page = connected(chat)
    chat.on_event(lambda event: seen.append(types(path)[1:]))
    chat.observe(lambda change: seen.append(types(path)[1:]), "event_log")
    page.batch(event("a"), event("b"))
    assert seen == [["a", "b"]] * 3


def test_a_batch_is_one_write(path, monkeypatch):
    chat = journalled(path)
    page = connected(chat)
    written = []
    file = chat._applier.journal._file

    class Counting(Wrapped):
        def write(self, data: bytes) -> int:
            written.append(bytes(data))
            return file.write(data)

    monkeypatch.setattr(chat._applier.journal, "_file", Counting(file))
    page.batch(*[event(f"type {number}") for number in range(50)])
    monkeypatch.setattr(chat._applier.journal, "_file", file)
    assert [data.count(b"\n") for data in written] == [50]
    assert types(path)[1:] == [f"type {number}" for number in range(50)]


def test_the_file_keeps_what_the_log_drops(path):
    chat = OWidget(COMPANY, isolation="opaque", journal=path, max_events=2)
    connected(chat).batch(*[event(f"type {number}") for number in range(5)])
    assert len(chat.event_log) == 2
    assert len(types(path)) == 6


def test_another_widget_goes_on_in_the_same_file_as_another_run(path):
    for _ in range(2):
        chat = journalled(path)
        connected(chat).batch(event(OPEN))
        chat.close()
    log = EventLog.from_jsonl(path)
    assert [entry.type for entry in log] == ["status", OPEN, "status"] * 2
    assert [entry.seq for entry in log] == [1, 2, 3, 4, 5, 6]
    assert log._snapshot().breaks == [4]
    names = [each.name for each in log.status_intervals()]
    assert names == ["online", "unknown", "online", "unknown"]


def test_what_is_replayed_is_not_written(path):
    chat = journalled(path)
    chat.replay(log_of((0, OPEN), (1, "status", {"code": 1})))
    connected(chat)
    assert types(path) == ["status"]


def test_after_a_write_that_broke_off_it_begins_on_a_fresh_line(path):
    path.write_text(log_of((0, OPEN)).to_jsonl() + '{"seq": 2, "ty')
    connected(journalled(path))
    with pytest.warns(UserWarning, match="line 3 breaks off"):
        log = EventLog.from_jsonl(path)
    assert [entry.type for entry in log] == [OPEN, "status"]


# The setting


def test_without_one_nothing_is_written(chat, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    connected(chat)
    assert chat.journal is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", [str, Path])
def test_a_path_is_kept_as_an_absolute_one(kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert journalled(kind("a.jsonl")).journal == tmp_path / "a.jsonl"
    assert journalled(kind("~/b.jsonl")).journal == tmp_path / "b.jsonl"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl"]


@pytest.mark.parametrize(
    "bad", ["", "a\0b", 5, b"bytes", True, "a\nb", log_of((0, OPEN)).to_jsonl()]
)
def test_what_is_no_path_is_refused_and_not_repeated(bad):
    with pytest.raises(TraitError, match=r"^journal(: a path has|\ is (not )?a path)") as raised:
        journalled(bad)
    assert "bytes'" not in str(raised.value)
    assert OPEN not in str(raised.value)


def test_no_file_is_made_for_a_widget_that_is_refused(path):
    with pytest.raises(TraitError):
        OWidget(COMPANY, journal=path, height=-1)
    assert not path.exists()


def test_it_is_given_once(path):
    chat = journalled(path)
    for other in (None, path, "other.jsonl"):
        with pytest.raises(AttributeError, match=r"OWidget\(journal=...\)"):
            chat.journal = other
    assert chat.journal == path


def test_it_stays_in_python(path):
    chat = journalled(path)
    assert "journal" not in chat.get_state()
    assert "chat.jsonl" not in str(chat.get_state()) + str(comm_of(chat).published) + repr(chat)


# When it cannot be written


def test_a_folder_that_is_not_there_is_told_of_once_and_stops_nothing(tmp_path):
    folder = tmp_path / "later"
    with pytest.warns(UserWarning, match="cannot be written: No such file") as warned:
        chat = journalled(folder / "chat.jsonl")
    assert warned[0].filename == __file__
    page = connected(chat)
    heard = []
    chat.on_event(heard.append)
    page.batch(event("a"), event("b"))
    page.batch(event("c"))
    assert [each.type for each in heard] == ["a", "b", "c"]
    (message,) = messages(chat)
    assert message == (
        f"{folder / 'chat.jsonl'} cannot be written: No such file or directory; "
        "events go on without it"
    )

    folder.mkdir()
    page.batch(event("d"))
    assert messages(chat)[1:] == [
        f"{folder / 'chat.jsonl'} is written again; events that it lacks: 4"
    ]
    log = EventLog.from_jsonl(folder / "chat.jsonl")
    assert ([entry.type for entry in log], log.dropped) == (["d"], 4)


def test_another_reason_is_told_of_too(tmp_path):
    place = tmp_path / "place"
    with pytest.warns(UserWarning, match="No such file"):
        chat = journalled(place / "chat.jsonl")
    place.write_text("a file where a folder should be")
    connected(chat)
    assert [message.split(": ")[1] for message in messages(chat)] == [
        "No such file or directory; events go on without it",
        "Not a directory; events go on without it",
    ]


def test_a_folder_in_its_place_is_told_of(tmp_path):
    with pytest.warns(UserWarning, match="Is a directory"):
        journalled(tmp_path)


@pytest.mark.parametrize("room", [0, 1, 150, 250, 600])
def test_a_disk_that_is_full_for_a_while_leaves_a_file_that_says_what_it_lacks(path, room):
    chat = journalled(path)
    page = connected(chat)
    with full_after(path, room):
        page.batch(*[event(f"type {number}") for number in range(9)])
        page.batch(event("while full"))
    page.batch(event("again"))
    page.batch(event("and again"))

    assert [entry.type for entry in chat.event_log][-3:] == ["while full", "again", "and again"]
    full, again = messages(chat)
    assert "File too large" in full
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        log = EventLog.from_jsonl(path)
    assert len(warned) <= 1
    arrived = [entry.type for entry in log if entry.type.startswith("type")]
    assert arrived == [f"type {number}" for number in range(len(arrived))]
    (overflow,) = (entry for entry in log if entry.type == "overflow")
    assert overflow.detail["dropped"] == 10 - len(arrived)
    assert again.endswith(f"lacks: {10 - len(arrived)}")
    assert [entry.type for entry in log][-3:] == ["overflow", "again", "and again"]


def test_a_detail_without_a_json_stops_nothing(path):
    chat = journalled(path)
    page = connected(chat)
    # No page can send one.
    odd = chat.event_log._append("odd", chat.event_log[0].at, chat.event_log[0].at, 0, "p", {1, 2})
    chat._applier.logged([odd])
    page.batch(event("next"))
    assert "not JSON serializable" in messages(chat)[0]
    assert types(path) == ["status", "overflow", "next"]


@pytest.mark.parametrize("before", [0, 30])
def test_an_interrupt_while_it_is_written_leaves_a_file_that_says_what_it_lacks(
    path, monkeypatch, before
):
    chat = journalled(path)
    page = connected(chat)
    file = chat._applier.journal._file

    class Interrupted(Wrapped):
        def write(self, data: bytes) -> int:
            file.write(data[:before])
            raise KeyboardInterrupt

    monkeypatch.setattr(chat._applier.journal, "_file", Interrupted(file))
    heard = []
    chat.on_event(lambda event: heard.append(event.type))
    with pytest.raises(KeyboardInterrupt):
        page.batch(event("a"), event("b"))
    page.batch(event("c"))
    assert heard == ["a", "b", "c"]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        log = EventLog.from_jsonl(path)
    assert len(warned) == (before > 0)
    assert [entry.type for entry in log] == ["status", "overflow", "c"]
    assert log[1].detail == {"dropped": 2}


# The end


def test_it_is_closed_with_the_widget(path):
    chat = journalled(path)
    file = chat._applier.journal._file
    connected(chat)
    chat.close()
    chat.close()
    assert file.closed
    assert types(path) == ["status", "status"], "the second: it is not known any more"


def test_a_widget_that_was_never_closed_leaves_no_file_open(path):
    code = f"""
import warnings
warnings.simplefilter("error", ResourceWarning)
from owidget_jupyter import OWidget
chat = OWidget({COMPANY!r}, journal={str(path)!r})
"""
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", code], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, "ResourceWarning" in done.stderr) == (0, False)
    assert path.read_text().count("\n") == 1
    gc.collect()


KILLED = """
import os, signal, sys
import comm
from tests.unit.driver import *
comm.create_comm = RecordingComm
chat = OWidget(COMPANY, isolation="opaque", journal=sys.argv[1])
page = connected(chat)
for number in range(20):
    page.batch(*[event(f"type {number}.{each}") for each in range(10)])

def die(change):
    os.kill(os.getpid(), signal.SIGKILL)

chat.observe(die, "event_log")
page.batch(event("last"))
print("survived")
"""


def test_a_killed_kernel_leaves_all_that_observers_were_told_of(path):
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    expected = [f"type {number}.{each}" for number in range(20) for each in range(10)]
    assert types(path) == ["status", *expected, "last"]


def test_a_page_cannot_name_a_journal(chat):
    page = Page(chat).want()
    page.comm.receive({"method": "update", "state": {"journal": "/tmp/x"}, "buffer_paths": []})
    assert chat.journal is None
