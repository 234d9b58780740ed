"""The kernel: whether awaiting works, how long messages take, how far the clocks are apart."""

from __future__ import annotations

from collections.abc import Iterator

from owidget_jupyter.diagnosis.answers import Answer
from owidget_jupyter.diagnosis.environment import Environment
from owidget_jupyter.diagnosis.examination import PINGS, Heard
from owidget_jupyter.diagnosis.facts import WidgetFacts
from owidget_jupyter.diagnosis.report import Finding

TOPIC = "kernel"
#: Seconds of a round trip above which a chat feels slow to follow.
SLOW = 0.5
#: Seconds that clocks may be apart: durations across them are out by as much.
APART = 2.0
#: Seconds below which a difference may as well be the message's way.
EXACT = 0.1


def about_kernel(heard: Heard, environment: Environment, facts: WidgetFacts) -> Iterator[Finding]:
    """Return what is known of the kernel and of the way to it."""
    yield _awaiting(environment)
    yield _handlers(heard)
    yield _trip(heard.main)
    yield _clock(heard.main, facts)


def _awaiting(environment: Environment) -> Finding:
    if environment.obstacle is None:
        return Finding(TOPIC, "awaiting", "works")
    why, _, advice = environment.obstacle.partition("; ")
    return Finding(TOPIC, "awaiting", why, "notice", f"{advice[:1].upper()}{advice[1:]}.")


def _handlers(heard: Heard) -> Finding:
    if heard.main_thread is None:
        return Finding(TOPIC, "messages", "none came")
    if heard.main_thread:
        advice = "They wait while a cell runs: callbacks hear of things when it is done."
        return Finding(TOPIC, "messages", "in the main thread", "notice", advice)
    return Finding(TOPIC, "messages", "in a subshell: also while a cell runs")


def _trip(answer: Answer | None) -> Finding:
    if answer is None or answer.trip is None:
        return Finding(TOPIC, "round trip", "not measured", "notice", "No page answered a ping.")
    value = f"{answer.trip * 1000:.0f} ms, median of {len(answer.trips)}"
    if answer.trip > SLOW:
        advice = "The network or the kernel is slow: events come late, and none is lost by it."
        return Finding(TOPIC, "round trip", value, "problem", advice)
    if len(answer.trips) < PINGS:
        advice = f"Only {len(answer.trips)} of {PINGS} pings were answered in time."
        return Finding(TOPIC, "round trip", value, "notice", advice)
    return Finding(TOPIC, "round trip", value)


def _clock(answer: Answer | None, facts: WidgetFacts) -> Finding:
    skew = answer.skew if answer else None
    by = ""
    if skew is None:
        skew, by = facts.skew, ", by the last batch"
    if skew is None:
        return Finding(TOPIC, "clocks", "not compared")
    if abs(skew) < EXACT:
        return Finding(TOPIC, "clocks", f"less than {EXACT:g} s apart{by}")
    side = "ahead of" if skew > 0 else "behind"
    value = f"the kernel's is {abs(skew):.1f} s {side} the browser's{by}"
    if abs(skew) > APART:
        advice = "Times of events are the browser's: set the clocks; event.skew has the difference."
        return Finding(TOPIC, "clocks", value, "problem", advice)
    return Finding(TOPIC, "clocks", value)
