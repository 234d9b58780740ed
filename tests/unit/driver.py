"""Plays the pages that show a model: says what they would, and keeps what they are told."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timezone
from typing import Any

from comm.base_comm import BaseComm

from owidget_jupyter import Event, EventLog, OWidget

ORIGIN = "http://localhost:8888"
COMPANY = "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e"
AT = 1_700_000_000_000


class RecordingComm(BaseComm):
    """A comm whose other end is a test: what leaves Python must be JSON in UTF-8, and is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.published: list[tuple[str, Any]] = []
        super().__init__(*args, **kwargs)

    def publish_msg(self, msg_type: str, data: Any = None, **keys: Any) -> None:
        # As a kernel's session packs it: half a surrogate pair breaks the message.
        packed = json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8")
        self.published.append((msg_type, json.loads(packed)))

    def receive(self, data: dict[str, Any]) -> None:
        self.handle_msg({"content": {"data": json.loads(json.dumps(data))}, "buffers": []})

    def custom(self, kind: str | None = None) -> list[Any]:
        """Return the custom messages that were sent, or those of one kind."""
        contents = [
            data["content"]
            for msg_type, data in self.published
            if msg_type == "comm_msg" and data["method"] == "custom"
        ]
        return [content for content in contents if kind in (None, content["kind"])]

    def updates(self) -> list[Any]:
        """Return the states that were synced after the opening one."""
        return [
            data["state"]
            for msg_type, data in self.published
            if msg_type == "comm_msg" and data["method"] == "update"
        ]


def comm_of(chat: OWidget) -> RecordingComm:
    comm = chat.comm
    assert isinstance(comm, RecordingComm)
    return comm


class Page:
    """One front end of one model."""

    def __init__(self, chat: OWidget, id: str = "page-a", origin: str = ORIGIN) -> None:
        self.chat = chat
        self.id = id
        self.origin = origin
        self.comm = comm_of(chat)
        self.lease = 0
        self.active: dict[str, str] | None = None  # the isolation that it would report
        self._numbers: Counter[str] = Counter()

    def say(self, kind: str, **fields: Any) -> None:
        self.raw({"kind": kind, "frontend": self.id, **fields})

    def raw(self, content: Any) -> None:
        self.comm.receive({"method": "custom", "content": content})

    def want(self, take: bool = False, replaces: str | None = None) -> Page:
        self.say("want", origin=self.origin, take=take, replaces=replaces)
        self.lease = self.grants()[-1]["lease"] if self.grants() else 0
        return self

    def grants(self) -> list[Any]:
        return [grant for grant in self.comm.custom("grant") if grant["frontend"] == self.id]

    def run(self) -> Any:
        """Return the run of the last grant, and go by its lease from now on."""
        self.lease = self.grants()[-1]["lease"]
        return self.grants()[-1]["run"]

    def release(self) -> None:
        self.say("release", lease=self.lease)

    def alive(self, state: str = "connecting", status: int | None = 1, pending: int = 0) -> None:
        self._report({"state": state, "failure": None}, status, pending)

    def alive_but_failed(self, code: str) -> None:
        self._report(failed(code), None, 0)

    def _report(self, reached: dict[str, Any], status: int | None, pending: int) -> None:
        fields = {**reached, "kind": "alive", "lease": self.lease}
        self.say(**fields, status=status, pending=pending, active=self.active)

    def batch(self, *entries: dict[str, Any], load: str = "", lease: int | None = None) -> None:
        """Send entries, numbered as the load's next ones where they bring no number."""
        load = load or f"{self.id}.load"
        numbered = []
        for entry in entries:
            self._numbers[load] = entry.get("n", self._numbers[load] + 1)
            numbered.append({"n": self._numbers[load], "at": AT, **entry})
        lease = self.lease if lease is None else lease
        self.say("batch", load=load, lease=lease, sent=AT, active=self.active, entries=numbered)

    def connect(self, status_code: int = 1) -> Page:
        """Report what a stage reports on its way to connected."""
        self.batch(state("loading"), state("ready"), state("connecting"), status(status_code))
        return self


def connected(chat: OWidget, id: str = "page-a") -> Page:
    return Page(chat, id).want().connect()


def state(state: str, failure: dict[str, str] | None = None) -> dict[str, Any]:
    return {"kind": "state", "state": state, "failure": failure}


def failed(code: str = "script_unreachable", message: str = "Try again.") -> dict[str, Any]:
    return state("failed", {"code": code, "message": message})


def status(code: Any) -> dict[str, Any]:
    return {"kind": "status", "code": code}


def event(type: str = "chatWindowOpen", detail: Any = None, **more: Any) -> dict[str, Any]:
    return {"kind": "event", "type": type, "detail": {} if detail is None else detail, **more}


def result(id: int, value: Any = None, error: str | None = None) -> dict[str, Any]:
    return {"kind": "result", "id": id, "value": value, "error": error}


def messages(chat: OWidget) -> list[str]:
    """Return the problems' messages."""
    return [problem.message for problem in chat.errors]


NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)


def append(log: EventLog, type: str, detail: Any = None, at: datetime = NOON) -> Event:
    """Append an entry of some page to a log that belongs to no widget."""
    return log._append(type, at, at, 0.0, "page", {} if detail is None else detail)
