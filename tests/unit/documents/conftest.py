"""Fixtures of the documents' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import comm
import pytest

from owidget_jupyter import waiting

from .rehearsal import AnsweringComm
from .site import Build


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A reader's folder and page: files go here, awaiting works, and chats find a page."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(comm, "create_comm", AnsweringComm)
    monkeypatch.setattr(waiting, "obstacle", lambda displayed: None)
    return tmp_path


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """The build of the website, under way."""
    build = Build(tmp_path_factory.mktemp("docs"))
    yield build
    build.end()


@pytest.fixture(scope="session", autouse=True)
def _build_beside_the_other_tests(request: pytest.FixtureRequest) -> None:
    """Begin to build with the first test of these, if one that comes later needs it."""
    needing = (getattr(item, "fixturenames", ()) for item in request.session.items)
    if any("build" in names for names in needing):
        request.getfixturevalue("build")
