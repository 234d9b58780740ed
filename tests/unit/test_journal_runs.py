"""Journals that share a file, and files that are deleted, moved or cut under their journal."""

from __future__ import annotations

import os
import stat
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from owidget_jupyter import EventLog, OWidget

from .driver import COMPANY, Page, connected, event, messages
from .logs import CLOSED, CREATED, ENDED, FIVE, OPEN, STARTED, log_of


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "chat.jsonl"


def journalled(path: Path) -> tuple[OWidget, Page]:
    chat = OWidget(COMPANY, isolation="opaque", journal=path)
    return chat, connected(chat)


def read(path: Path) -> EventLog:
    """Read without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return EventLog.from_jsonl(path)


def types(log: EventLog) -> list[str]:
    return [entry.type for entry in log if entry.type != "status"]


# Several in one file


def test_two_widgets_on_one_journal_are_told_apart(path):
    (old, first), (new, second) = journalled(path), journalled(path)
    first.batch(event(OPEN), event(CREATED))
    second.batch(event(OPEN))
    first.batch(event(STARTED))
    second.batch(event(CREATED))
    first.batch(event(ENDED), event(CLOSED))
    second.batch(event(STARTED))
    first.release()  # the status of the old one says nothing about the new one's
    second.batch(event(ENDED), event(CLOSED))
    log = read(path)
    assert types(log) == [*FIVE, *FIVE]
    assert [entry.seq for entry in log] == list(range(1, len(log) + 1))
    assert log._snapshot().breaks == [len(old.event_log) + 1]
    assert [(each.outcome, each.anomalies) for each in log.sessions()] == [("served", ())] * 2
    assert log.status_intervals()[-1].name == "online"
    assert messages(old) == messages(new) == []


def test_a_widget_that_is_alone_writes_one_header(path):
    _, page = journalled(path)
    for _ in range(3):
        page.batch(event(OPEN))
    assert path.read_text().count('"format"') == 1


def test_a_batch_that_another_wrote_into_the_instant_of_is_told_of(path, monkeypatch):
    chat, page = journalled(path)
    journal = chat._applier.journal
    file = journal._file

    class Late:
        """A file in which somebody else is a moment faster."""

        def __getattr__(self, name):
            return getattr(file, name)

        def write(self, data):
            with path.open("a") as other:
                other.write(log_of((0, "other")).to_jsonl())
            return file.write(data)

    monkeypatch.setattr(journal, "_file", Late())
    page.batch(event("in the instant"))
    monkeypatch.setattr(journal, "_file", file)
    page.batch(event("after it"))
    assert messages(chat) == [
        f"{path} was written by another journal in the same instant: "
        "events that may be taken for its own: 1"
    ]
    assert types(read(path)).count("after it") == 1


# Files that go


def delete(path: Path) -> None:
    path.unlink()


def rotate(path: Path) -> None:
    path.rename(path.with_name("chat.jsonl.1"))


def replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"\n" * path.stat().st_size)
    other.replace(path)


def cut(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize("lose", [delete, rotate, replace, cut])
def test_a_file_that_is_not_there_any_more_is_begun_again_and_says_what_it_lacks(path, lose):
    chat, page = journalled(path)
    page.batch(event(OPEN), event(CREATED))
    lose(path)
    page.batch(event(STARTED))
    page.batch(event(ENDED))
    log = read(path)
    assert types(log) == [STARTED, ENDED]
    assert (log.dropped, log.total) == (3, len(chat.event_log))
    assert messages(chat) == [
        f"{path} was deleted, moved or cut, and is begun again; events that it lacks: 3"
    ]


def test_a_file_that_was_cut_within_lacks_what_is_not_there(path):
    chat, page = journalled(path)
    page.batch(*[event(f"type {number}") for number in range(4)])
    lines = path.read_bytes().splitlines(keepends=True)
    os.truncate(path, len(b"".join(lines[:-2])))
    page.batch(event("next"))
    log = read(path)
    assert types(log) == ["type 0", "type 1", "overflow", "next"]
    assert log[3].detail == {"dropped": 2}
    assert len(messages(chat)) == 1


def test_a_folder_that_is_deleted_and_comes_back(tmp_path):
    path = tmp_path / "logs" / "chat.jsonl"
    path.parent.mkdir()
    chat, page = journalled(path)
    path.unlink()
    path.parent.rmdir()
    page.batch(event("a"))
    path.parent.mkdir()
    page.batch(event("b"))
    assert (types(read(path)), read(path).dropped) == (["b"], 2)
    assert [message.removeprefix(f"{path} ") for message in messages(chat)] == [
        "was deleted, moved or cut, and is begun again; events that it lacks: 1",
        "cannot be written: No such file or directory; events go on without it",
        "is written again; events that it lacks: 1",
    ]


def test_two_widgets_begin_a_deleted_file_again_together(path):
    (_, first), (_, second) = journalled(path), journalled(path)
    path.unlink()
    first.batch(event("a"))
    second.batch(event("b"))
    first.batch(event("a"))
    log = read(path)
    assert types(log) == ["a", "a", "overflow", "b"]
    assert log.dropped == 1


# Who may read them


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def by_journal(path: Path) -> None:
    journalled(path)


def by_to_jsonl(path: Path) -> None:
    log_of((0, OPEN)).to_jsonl(path)


@pytest.mark.parametrize("make", [by_journal, by_to_jsonl])
def test_only_its_owner_may_read_a_file_that_is_made(path, make: Callable[[Path], None]):
    make(path)
    assert mode(path) == 0o600


@pytest.mark.parametrize("make", [by_journal, by_to_jsonl])
@pytest.mark.parametrize("given", [0o644, 0o660])
def test_a_file_that_is_there_keeps_its_mode(path, make: Callable[[Path], None], given):
    path.touch()
    path.chmod(given)
    make(path)
    assert mode(path) == given
    assert path.stat().st_size > 0
