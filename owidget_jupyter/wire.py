"""The messages between kernel and front ends: Python's side, as one table.

The other side is ``js/src/wire.ts``; a test compares both. All of them are custom messages on
the widget's comm: front ends never write a synced trait.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from owidget_jupyter.kinds import is_a

Message = Mapping[str, Any]

#: Stands in a front end's id between that of its page's connection and a part of its own.
OF_CONNECTION = "/"

#: Kind of message to its fields, and the type that each field must have.
TO_KERNEL: dict[str, dict[str, type | tuple[type, ...]]] = {
    "want": {"frontend": str, "origin": str, "take": bool, "replaces": (str, type(None))},
    "release": {"frontend": str, "lease": int},
    "alive": {
        "frontend": str,
        "lease": int,
        "state": str,
        "failure": (dict, type(None)),
        "status": (int, type(None)),
        "active": (dict, type(None)),
        "pending": int,
    },
    "batch": {
        "frontend": str,
        "load": str,
        "lease": int,
        "sent": (int, float),
        "active": (dict, type(None)),
        "entries": list,
    },
    "asset": {"frontend": str, "names": list},
    "ask": {"frontend": str, "lease": int, "id": int, "number": str, "submitted": bool},
    "retry": {"frontend": str},
    "findings": {
        "frontend": str,
        "id": int,
        "ping": int,
        "at": (int, float),
        "page": (dict, type(None)),
        "stage": (dict, type(None)),
    },
}

#: Kind of message to its fields.
TO_FRONT_END: dict[str, tuple[str, ...]] = {
    "lease": ("holder", "silent", "open"),
    "grant": ("frontend", "lease", "run", "texts"),
    "accepted": ("load", "upto", "lines", "total"),
    "asset": ("frontend", "texts"),
    "connect": ("lease",),
    "call": ("lease", "id", "method", "args"),
    "act": ("lease", "id", "side", "action", "args"),
    "numbers": ("lease", "rules"),
    "answer": ("lease", "id", "version", "given", "number"),
    "problems": ("problems",),
    "examine": ("frontend", "id", "ping"),
}

#: Kind of entry in a batch to its fields beside ``n`` (number) and ``at`` (ms since the epoch).
ENTRIES: dict[str, dict[str, type | tuple[type, ...]]] = {
    "state": {"state": str, "failure": (dict, type(None))},
    "language": {"tag": str, "rule": str},
    "status": {"code": int},
    "event": {"type": str, "detail": object},
    "result": {"id": int, "value": object, "error": (str, type(None))},
    "problem": {"where": str, "message": str},
    "overflow": {"dropped": int},
    "queue": {"waiting": list},  # these two from the simulator only
    "message": {"text": str},
}

#: Fields of the isolation under which a stage runs, and why.
ACTIVE: dict[str, type | tuple[type, ...]] = {"isolation": str, "why": str}

#: Fields of each of those who wait in a queue.
WAITING: dict[str, type | tuple[type, ...]] = {
    "session": str,
    "name": str,
    "position": int,
    "since": (int, float),
    "data": dict,
}


class MalformedMessage(ValueError):
    """What a front end sent is not one of the messages of this table."""


def message(kind: str, **fields: object) -> dict[str, object]:
    """Return a message to the front ends, with exactly the fields that its kind has."""
    if set(fields) != set(TO_FRONT_END[kind]):
        raise TypeError(f"{kind} has the fields {TO_FRONT_END[kind]}, not {tuple(fields)}")
    return {"kind": kind, **fields}


def check_message(content: object) -> Message:
    """Return what a front end sent, once it is known to be well formed."""
    checked = _check(content, TO_KERNEL, "message")
    kind = checked["kind"]
    _check_bounds(checked, TO_KERNEL[kind].keys() & _BOUNDS.keys(), f"message {kind!r}")
    if checked.get("active") is not None:
        _check_fields(checked["active"], ACTIVE, f"message {kind!r}, its 'active'")
    return checked


#: What numbers can be; times, in ms since the epoch, are such as a recorded log may hold.
_TIME = ((int, float), 0, 31_556_908_799_999)
_BOUNDS: dict[str, tuple[type | tuple[type, ...], float, float]] = {
    "n": (int, 1, 2**53),
    "at": _TIME,
    "sent": _TIME,
    "dropped": (int, 1, 2**53),
    "position": (int, 1, 2**53),
    "since": _TIME,
}


#: By kind of entry: a burst brings thousands, and they are worked out once.
_BOUNDED = {
    kind: tuple(field for field in ("n", "at", *fields) if field in _BOUNDS)
    for kind, fields in ENTRIES.items()
}


def check_entry(entry: object) -> Message:
    """Return one entry of a batch, once it is known to be well formed."""
    checked = _check(entry, ENTRIES, "entry")
    kind = checked["kind"]
    _check_bounds(checked, _BOUNDED[kind], f"entry {kind!r}")
    if checked["kind"] == "queue":
        for waiting in checked["waiting"]:
            _check_waiting(waiting)
    return checked


def _check_waiting(waiting: object) -> None:
    what = "entry 'queue' of somebody"
    if not isinstance(waiting, dict):
        raise MalformedMessage(f"{what} who is no object")
    _check_fields(waiting, WAITING, what)
    _check_bounds(waiting, WAITING.keys() & _BOUNDS.keys(), what)
    if not all(isinstance(value, str | int | float) for value in waiting["data"].values()):
        raise MalformedMessage(f"{what} with a missing or wrong field 'data'")


def _check_bounds(checked: Message, fields: Iterable[str], what: str) -> None:
    for field in fields:
        wanted, least, most = _BOUNDS[field]
        value = checked.get(field)
        if value is None or not (is_a(value, wanted) and least <= value <= most):
            raise MalformedMessage(f"{what} with an impossible {field!r}")


def _check(
    content: object, table: Mapping[str, Mapping[str, type | tuple[type, ...]]], what: str
) -> Message:
    kind = content.get("kind") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(kind, str) or kind not in table:
        raise MalformedMessage(f"an unknown kind of {what}: {kind!r}")
    _check_fields(content, table[kind], f"{what} {kind!r}")
    return content


def _check_fields(
    content: Message, fields: Mapping[str, type | tuple[type, ...]], what: str
) -> None:
    for field, wanted in fields.items():
        if field not in content or not is_a(content[field], wanted):
            raise MalformedMessage(f"{what} with a missing or wrong field {field!r}")
