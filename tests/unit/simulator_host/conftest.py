"""Fixtures of the simulator's host."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from owidget_jupyter.simulator.host import Host, Offer

from ..server.client import Client

OFFER = Offer(page="<p>žluť</p>", script="'its own'", scripts={"one": "'one'", "two": "'two'"})


class Running:
    """A host at work in a thread, and what it has to tell of failures."""

    def __init__(self, offer: Offer = OFFER, port: int | None = None) -> None:
        self.failures: list[str] = []
        self.host = Host(offer, port, self.failures.append)
        self.client = Client({"base": f"http://{self.host.authority}/", "nonce": ""})
        self._started = Event()
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        self._started.set()
        await self.host.serve(self._end)

    def __enter__(self) -> Running:
        self._thread.start()
        assert self._started.wait(10)
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)
        assert not self._thread.is_alive(), "the host did not end"


@pytest.fixture
def running() -> Iterator[Running]:
    """Return a host that serves short texts; it has to answer without a failure."""
    with Running() as host:
        yield host
    assert host.failures == []


@pytest.fixture
def client(running: Running) -> Client:
    """Return who makes requests to it."""
    return running.client
