"""What a widget reports: read-only traits, set by Python as it learns from the page."""

from __future__ import annotations

from typing import Any, NamedTuple

from traitlets import HasTraits, Instance, Int, Unicode, default

from owidget_jupyter.events import EventLog

STATUS_NAMES = {0: "offline", 1: "online", 2: "busy", None: "unknown"}


class Failure(NamedTuple):
    """Why a widget is in the state ``"failed"``.

    Attributes:
        code: ``script_unreachable`` (refused, not found, stopped by a blocker: browsers do not
            tell which), ``script_blocked`` (a content security policy forbids it), ``no_network``
            (the browser says that it has none), ``script_silent`` (loaded, but it never called
            back), ``vendor_threw``, ``stage_unreachable``, ``navigated`` (its frame went
            elsewhere) or ``holder_silent`` (the page no longer answers).
        message: A sentence that says what to try.
    """

    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class ResolvedLanguage(NamedTuple):
    """The widget's language, by the order on the vendor's page.

    Attributes:
        tag: Language tag.
        rule: What decided: ``argument`` of init, ``page`` (its ``<html lang>``) or ``browser``.
    """

    tag: str
    rule: str


def _as_dict(value: Any, owner: object) -> dict[str, str] | None:
    return None if value is None else value._asdict()


class Reported(HasTraits):
    """What the page was seen to do."""

    state = Unicode(
        "idle",
        read_only=True,
        help="idle, asking, loading, ready, connecting, connected, unsupported, failed, closed.",
    ).tag(sync=True)
    status_code = Int(
        None,
        allow_none=True,
        read_only=True,
        help="The button's last status: 0 offline, 1 online, 2 busy; None while none is known.",
    ).tag(sync=True)
    error = Instance(
        Failure, allow_none=True, read_only=True, help="Why the state is 'failed', else None."
    ).tag(sync=True, to_json=_as_dict)
    active_isolation = Unicode(
        None,
        allow_none=True,
        read_only=True,
        help="Isolation of the live stage: 'origin', 'opaque' or 'none'; None without a stage.",
    ).tag(sync=True)
    isolation_reason = Unicode(
        None, allow_none=True, read_only=True, help="Why it is this isolation, as a sentence."
    ).tag(sync=True)
    resolved_language = Instance(
        ResolvedLanguage, allow_none=True, read_only=True, help="Language and the rule behind it."
    ).tag(sync=True, to_json=_as_dict)
    event_log = Instance(
        EventLog, read_only=True, help="What was seen so far; kept in Python, never synced."
    )

    @default("event_log")
    def _default_event_log(self) -> EventLog:
        return EventLog()

    @property
    def status(self) -> str:
        """The status as a word, which is offline, online, busy or unknown."""
        return STATUS_NAMES[self.status_code]


#: The reported traits that are synced.
SYNCED_REPORTS = frozenset(Reported.class_trait_names(sync=True))
