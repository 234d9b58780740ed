"""What pages answered to an examination, once it is known to be well formed.

The stage's part comes out of a document that a vendor's script shares: nothing in it is believed
to be of a kind or a length that it does not have, and a host is taken for one only if it looks so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from owidget_jupyter.kinds import is_a
from owidget_jupyter.wire import MalformedMessage

Value = TypeVar("Value")

ABILITIES = ("works", "emulated", "refused")
OUTCOMES = ("loaded", "error", "pending")
#: Most entries of a list; a page sends fewer.
_MOST = 100
_SOURCE = re.compile(r"[a-z][a-z0-9+.-]{0,30}:(//[A-Za-z0-9.\-\[\]:*_]{1,260})?|[a-z-]{1,30}")
_WORD = re.compile(r"[a-z][a-z-]{0,40}")


@dataclass(frozen=True)
class Media:
    """Whether a document may use one kind of media; None where the browser does not tell."""

    feature: str
    allowed: bool | None
    permission: str | None


@dataclass(frozen=True)
class Script:
    """What was seen of the script's loading; 0 where the browser does not tell."""

    outcome: str
    status: int
    bytes: int
    ms: int


@dataclass(frozen=True)
class Violation:
    """What a content security policy forbade (``"enforce"``), or would have (``"report"``)."""

    disposition: str
    directive: str
    source: str


@dataclass(frozen=True)
class PageFindings:
    """What a notebook page knows of itself."""

    lease: int
    pending: int
    views: int
    framed: bool
    host: str | None
    browser: str
    loopback: bool
    secure: bool
    visible: bool
    session: str
    media: tuple[Media, ...]


@dataclass(frozen=True)
class StageFindings:
    """What a stage's document knows of itself."""

    script: Script | None
    violations: tuple[Violation, ...]
    local: str
    session: str
    cookies: str
    frames: int
    media: tuple[Media, ...]


@dataclass
class Answer:
    """All that one front end answered.

    Attributes:
        trips: Seconds that each ping took, there and back.
        skews: Seconds that the kernel's clock was ahead of the page's, by each ping.
    """

    frontend: str
    page: PageFindings | None
    stage: StageFindings | None
    trips: list[float] = field(default_factory=list)
    skews: list[float] = field(default_factory=list)

    @property
    def runs_chat(self) -> bool:
        """Whether this page runs the stage."""
        return self.page is not None and self.page.lease > 0

    @property
    def trip(self) -> float | None:
        """The median of the round trips in seconds; None without any."""
        return sorted(self.trips)[len(self.trips) // 2] if self.trips else None

    @property
    def skew(self) -> float | None:
        """The clocks' difference by the fastest trip, which tells it most exactly."""
        if not self.trips:
            return None
        return self.skews[self.trips.index(min(self.trips))]


def read_page(content: Mapping[str, Any]) -> PageFindings:
    """Return a page's findings.

    Raises:
        MalformedMessage: if they are none.
    """
    host = _get(content, "host", dict, none=True)
    return PageFindings(
        lease=_number(content, "lease"),
        pending=_number(content, "pending"),
        views=_number(content, "views"),
        framed=_get(content, "framed", bool),
        host=None if host is None else _joined(_text(host, "name"), _text(host, "version")),
        browser=_text(content, "browser"),
        loopback=_get(content, "loopback", bool),
        secure=_get(content, "secure", bool),
        visible=_get(content, "visible", bool),
        session=_one_of(content, "session", ABILITIES),
        media=_list(content, "media", _media),
    )


def read_stage(content: Mapping[str, Any]) -> StageFindings:
    """Return a stage's findings.

    Raises:
        MalformedMessage: if they are none.
    """
    script = _get(content, "script", dict, none=True)
    return StageFindings(
        script=None if script is None else _script(script),
        violations=_list(content, "violations", _violation),
        local=_one_of(content, "local", ABILITIES),
        session=_one_of(content, "session", ABILITIES),
        cookies=_one_of(content, "cookies", ABILITIES),
        frames=_number(content, "frames"),
        media=_list(content, "media", _media),
    )


def _script(content: Mapping[str, Any]) -> Script:
    return Script(
        outcome=_one_of(content, "outcome", OUTCOMES),
        status=_number(content, "status"),
        bytes=_number(content, "bytes"),
        ms=_number(content, "ms"),
    )


def _violation(content: Mapping[str, Any]) -> Violation:
    return Violation(
        disposition=_one_of(content, "disposition", ("enforce", "report")),
        directive=_matching(content, "directive", _WORD),
        source=_matching(content, "source", _SOURCE),
    )


def _media(content: Mapping[str, Any]) -> Media:
    permission = content.get("permission")
    return Media(
        feature=_matching(content, "feature", _WORD),
        allowed=_get(content, "allowed", bool, none=True),
        permission=None if permission is None else _matching(content, "permission", _WORD),
    )


def _get(content: Mapping[str, Any], name: str, wanted: type, *, none: bool = False) -> Any:
    value = content.get(name)
    if not is_a(value, wanted) and not (none and value is None):
        raise MalformedMessage(f"findings with a missing or wrong field {name!r}")
    return value


def _number(content: Mapping[str, Any], name: str) -> int:
    value = content.get(name)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 2**53:
        return round(value)
    raise MalformedMessage(f"findings with an impossible {name!r}")


def _text(content: Mapping[str, Any], name: str) -> str:
    text = _get(content, name, str)[:120]
    return "".join(letter for letter in text if letter.isprintable())


def _matching(content: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    text: str = _get(content, name, str)
    if not pattern.fullmatch(text):
        raise MalformedMessage(f"findings with a wrong field {name!r}")
    return text


def _one_of(content: Mapping[str, Any], name: str, words: tuple[str, ...]) -> str:
    text: str = _get(content, name, str)
    if text not in words:
        raise MalformedMessage(f"findings with a wrong field {name!r}")
    return text


def _list(
    content: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any]], Value]
) -> tuple[Value, ...]:
    entries = _get(content, name, list)
    if len(entries) > _MOST or not all(isinstance(entry, dict) for entry in entries):
        raise MalformedMessage(f"findings with a wrong field {name!r}")
    return tuple(map(read, entries))


def _joined(name: str, version: str) -> str:
    return f"{name} {version}".strip()
