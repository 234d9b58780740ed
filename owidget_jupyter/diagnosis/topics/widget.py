"""The widget: its state, whom it talks to, its isolation."""

from __future__ import annotations

from collections.abc import Iterator

from owidget_jupyter.diagnosis.facts import WidgetFacts
from owidget_jupyter.diagnosis.report import Finding, Grade

TOPIC = "widget"

_STATES: dict[str, tuple[Grade, str]] = {
    "idle": (
        "notice",
        "No stage runs: display the widget, and look whether a company id is set.",
    ),
    "asking": ("notice", 'The card waits for an answer: choose there, or set isolation="opaque".'),
    "loading": ("notice", "The script has not called back yet: look at what the stage says."),
    "ready": ("ok", ""),
    "connecting": ("notice", "No status code has come yet: the vendor's server may not answer."),
    "connected": ("ok", ""),
    "unsupported": ("problem", "The vendor's script says that it does not support this browser."),
    "failed": ("problem", "chat.error has the sentence; chat.retry() tries again."),
    "closed": ("notice", "It was closed: make a new one."),
}

#: Advice by the code of a failure, where there is more to say than for any.
_FAILURES = {
    "script_unreachable": "Ask the administrator to allow {host}; look for a blocker or a proxy.",
    "script_blocked": "A content security policy forbids the script: it has to allow {host}.",
    "no_network": "The browser says that it has no network.",
    "script_silent": "{host} answered, but not with OOWidget.js: check the host.",
    "vendor_threw": "Check company id, preset and host; chat.errors has what was thrown.",
    "stage_unreachable": 'Open the notebook as localhost or 127.0.0.1, or set isolation="opaque".',
    "navigated": "The script took its frame to another page: check the vendor's configuration.",
    "holder_silent": "The page that ran the chat no longer answers: wake it, or run it elsewhere.",
}

_ISOLATIONS: dict[str, tuple[Grade, str]] = {
    "origin": ("ok", ""),
    "opaque": (
        "notice",
        "No voice or video, and no storage for frames nested in the chat: "
        'isolation="origin" has them, where notebook and kernel are on one machine.',
    ),
    "none": ("notice", "The script reaches all that this page can, the kernel included."),
}


def about_widget(facts: WidgetFacts) -> Iterator[Finding]:
    """Return what the widget says of itself."""
    yield _state(facts)
    if facts.company_id is None:
        advice = "Without one nothing is contacted: set company_id, or call init()."
        yield Finding(TOPIC, "company", "none", "notice", advice)
    elif not facts.simulated:
        yield Finding(TOPIC, "company", facts.company_id)
    yield Finding(TOPIC, "host", facts.host)
    yield _isolation(facts)
    if facts.language:
        yield Finding(TOPIC, "language", facts.language)


def _state(facts: WidgetFacts) -> Finding:
    grade, advice = _STATES[facts.state]
    if facts.failure is None:
        return Finding(TOPIC, "state", facts.state, grade, advice)
    why = "for a reason of the script's own"  # which it can tell as it likes
    if facts.failure in _FAILURES:
        why, advice = facts.failure, _FAILURES[facts.failure].format(host=facts.host)
    return Finding(TOPIC, "state", f"{facts.state}: {why}", grade, advice)


def _isolation(facts: WidgetFacts) -> Finding:
    active = facts.active_isolation
    if active not in _ISOLATIONS:
        return Finding(TOPIC, "isolation", f"not settled (set: {facts.isolation})")
    grade, advice = _ISOLATIONS[active]
    if facts.simulated and active == "opaque":
        grade, advice = "ok", ""
    reason = facts.isolation_reason or "no reason given"
    return Finding(TOPIC, "isolation", f"{active}: {reason[:200]}", grade, advice)
