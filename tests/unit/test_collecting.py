"""The garbage collector, which is kept off while sessions are found, and is back afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from owidget_jupyter.sessions.collecting import uncollected
from owidget_jupyter.sessions.deriving import find_sessions
from owidget_jupyter.sessions.intervals import find_intervals

from .logs import log_of, talk


@pytest.fixture(autouse=True)
def _on() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


@pytest.mark.parametrize("find", [find_sessions, find_intervals])
@pytest.mark.parametrize("on", [True, False])
def test_it_is_off_meanwhile_and_then_as_it_was(find, on):
    seen = []

    def events():
        for event in log_of(*talk()):
            seen.append(gc.isenabled())
            yield event

    if not on:
        gc.disable()
    find(events())
    assert seen == [False] * 5
    assert gc.isenabled() is on


@pytest.mark.parametrize("find", [find_sessions, find_intervals])
def test_it_is_back_after_what_was_no_log(find):
    with pytest.raises(AttributeError):
        find(["no event"])
    assert gc.isenabled()


def test_it_is_off_until_the_last_of_several_threads_is_done():
    begun, one_done = Barrier(2), Barrier(2)

    def short() -> None:
        with uncollected():
            begun.wait(10)
        one_done.wait(10)

    def long() -> bool:
        with uncollected():
            begun.wait(10)
            one_done.wait(10)
            return gc.isenabled()

    with ThreadPoolExecutor(2) as pool:
        first, last = pool.submit(short), pool.submit(long)
        first.result(20)
        assert last.result(20) is False
    assert gc.isenabled()
