"""Fixtures of the documents' tests."""

from __future__ import annotations

from pathlib import Path

import comm
import pytest

from owidget_jupyter import waiting

from .rehearsal import AnsweringComm


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A reader's folder and page: files go here, awaiting works, and chats find a page."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(comm, "create_comm", AnsweringComm)
    monkeypatch.setattr(waiting, "obstacle", lambda displayed: None)
    return tmp_path
