"""Where the outbox cannot deliver: what the view says, and what a person can still do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from .conftest import NewNotebook
from .harness import Notebook, Vendor
from .harness.busy import TAKE_MESSAGES, busy_cell
from .harness.counting import complete, counted


def copied(nb: Notebook, view: Locator) -> list[dict[str, Any]]:
    """Have the undelivered events copied, and return them from the clipboard."""
    nb.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view.get_by_role("button", name="Copy").click()
    expect(view.locator(".owidget-notice")).to_contain_text("Copied")
    text: str = nb.page.evaluate("navigator.clipboard.readText()")
    return [json.loads(line) for line in text.split("\n")]


@pytest.mark.slow
def test_a_kernel_that_does_not_answer(
    notebook: NewNotebook, vendor: Vendor, tmp_path: Path
) -> None:
    """It is told, the events can be had, and they are not lost for that."""
    counter = counted(notebook([]), vendor)
    nb, view = counter.nb, counter.chat.view
    assert nb.py("chat.active_isolation") == "origin"
    with busy_cell(nb, tmp_path, first=TAKE_MESSAGES):
        counter.emit(100, more="{text: 'Příliš \\u2028 \\n žluťoučký'}")
        expect(view.locator(".owidget-notice")).to_contain_text("does not answer")
        expect(view.locator(".owidget-now")).to_contain_text("not answering")
        lines = copied(nb, view)
        assert [line["detail"]["n"] for line in lines] == list(range(1, 101))
        assert {line["detail"]["text"] for line in lines} == {"Příliš \u2028 \n žluťoučký"}
        # What happens later can be copied, too.
        counter.emit(50)
        assert [line["detail"]["n"] for line in copied(nb, view)] == list(range(1, 151))
    assert counter.settled() == complete(150)
    expect(view.get_by_role("button", name="Copy")).to_have_count(0)
    expect(view.locator(".owidget-notice")).to_be_hidden()


def test_a_kernel_that_is_restarted_before_it_has_heard_all(
    notebook: NewNotebook, vendor: Vendor, tmp_path: Path
) -> None:
    """The model is gone, and the view says so and hands out what it could not deliver."""
    counter = counted(notebook([]), vendor)
    nb, view = counter.nb, counter.chat.view
    assert nb.py("chat.active_isolation") == "origin"
    with busy_cell(nb, tmp_path, first=TAKE_MESSAGES):
        counter.emit(100)
        assert counter.told() == 1
        nb.restart_kernel()
        notice = view.locator(".owidget-notice")
        expect(notice).to_contain_text("model went with it")
        expect(view.locator(".owidget-now")).to_contain_text("model gone")
        numbers = [line["detail"]["n"] for line in copied(nb, view)]
        assert numbers[:100] == list(range(1, 101))
    assert nb.stage_frames() == []
    assert nb.py("'chat' in globals()") is False
