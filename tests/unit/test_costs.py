"""What events cost a kernel, counted: messages, bytes and calls, never seconds."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from owidget_jupyter import OWidget
from owidget_jupyter.telling import LISTED

from .driver import COMPANY, Page, connected, event

#: As a page sends at most at once.
BATCH = 1_000
#: Characters of one line of the log as a page is told of it, at most.
LINE = 120


@pytest.fixture
def page() -> Page:
    return connected(OWidget(COMPANY, max_events=20_000))


def published(page: Page) -> list[Any]:
    return [data for _, data in page.comm.published]


def calls_of(page: Page, count: int) -> int:
    """Return how many Python functions are called for a batch of so many events."""
    calls = 0

    def called(frame: object, what: str, arg: object) -> None:
        nonlocal calls
        calls += what == "call"

    page.comm.published.clear()
    sys.setprofile(called)
    try:
        page.batch(*[event() for _ in range(count)])
    finally:
        sys.setprofile(None)
    return calls


def test_one_event_is_answered_by_one_message(page: Page) -> None:
    before = len(published(page))
    page.batch(event())
    (answer,) = published(page)[before:]
    assert answer["content"]["kind"] == "accepted"


def test_a_burst_is_answered_once_a_batch_and_with_no_more_than_a_view_lists(page: Page) -> None:
    before = len(published(page))
    for _ in range(10):
        page.batch(*[event() for _ in range(BATCH)])
    answers = published(page)[before:]
    assert [len(answer["content"]["lines"]) for answer in answers] == 10 * [LISTED]
    assert max(len(json.dumps(answer)) for answer in answers) < (LISTED + 2) * LINE
    assert page.chat.event_log.total == 10 * BATCH + 1


def test_the_calls_for_an_event_are_as_many_however_long_batch_and_log_are(page: Page) -> None:
    calls_of(page, 1)
    few, many = calls_of(page, LISTED), calls_of(page, 2 * LISTED)
    each = (many - few) / LISTED
    assert (calls_of(page, 10 * LISTED) - many) / (8 * LISTED) == pytest.approx(each, abs=0.1)
    assert calls_of(page, LISTED) == pytest.approx(few, rel=0.01), "the log is longer by now"
    assert each < 25
