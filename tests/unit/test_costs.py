"""What events cost a kernel, counted: messages, bytes and calls, never seconds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from owidget_jupyter import OWidget
from owidget_jupyter.telling import LISTED

from .counting import assert_linear, calls_of
from .driver import COMPANY, Page, connected, event

#: As a page sends at most at once.
BATCH = 1_000
#: Calls for one event of a batch, Python's and those in C.
MOST_CALLS = 60
#: Characters of one line of the log as a page is told of it, at most.
LINE = 120


@pytest.fixture
def page() -> Page:
    return connected(OWidget(COMPANY, max_events=20_000))


def published(page: Page) -> list[Any]:
    return [data for _, data in page.comm.published]


def calls_for(page: Page, count: int) -> int:
    """Return how many functions are called for a batch of so many events."""
    batch = [event() for _ in range(count)]
    page.comm.published.clear()
    return calls_of(lambda: page.batch(*batch))


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
    calls_for(page, 1)  # whatever is done but once
    few = calls_for(page, LISTED)
    assert_linear(lambda count: calls_for(page, count), LISTED)
    assert calls_for(page, LISTED) <= 1.01 * few, "the log is longer by now"
    assert few / LISTED < MOST_CALLS, few / LISTED
