"""Fixtures of the unit tests."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import comm
import pytest
from hypothesis import settings
from ipywidgets import Widget

from owidget_jupyter import OWidget, errands, waiting
from owidget_jupyter.stage.server import StageServer

from .driver import COMPANY, Page, RecordingComm

# The same examples every time, and no complaint about a slow machine.
settings.register_profile("unit", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("unit")


@pytest.fixture(autouse=True)
def _recorded(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Give widgets a comm whose other end is the test; what handlers raise fails the test."""
    monkeypatch.setattr(comm, "create_comm", RecordingComm)
    # As in a kernel that has brought them before: no test depends on being the first.
    monkeypatch.setattr(errands, "_brought", {"hosting", "stage", "simulator"})
    yield
    Widget.close_all()
    assert not StageServer._running, "the stage server outlived its widgets"
    raised = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING and record.name == "traitlets"
    ]
    assert not raised, "a message handler raised"


@pytest.fixture
def chat() -> OWidget:
    """Return a widget that needs no server."""
    return OWidget(COMPANY, isolation="opaque")


@pytest.fixture
def page(chat: OWidget) -> Page:
    """Return a page that holds the lease of `chat`."""
    return Page(chat).want()


@pytest.fixture
def awaitable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make awaiting work, as it does in a cell of a kernel that can."""
    monkeypatch.setattr(waiting, "obstacle", lambda displayed: None)
