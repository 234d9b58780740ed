from __future__ import annotations

import pytest

from owidget_jupyter import OWidget

from ..driver import COMPANY, Page
from .client import Client


@pytest.fixture
def chat() -> OWidget:
    """Return a widget whose stage is served."""
    return OWidget(COMPANY, isolation="origin")


@pytest.fixture
def client(page: Page) -> Client:
    """Return what a browser would ask for the stage of `chat`."""
    return Client(page.run()["server"])
