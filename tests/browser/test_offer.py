"""A lease that comes with the display: a stage waits for no cell that the kernel still runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook
from .harness import Vendor, recorder
from .harness.busy import busy_cell
from .harness.chat import COMPANY

CHAT = """
from owidget_jupyter import OWidget
chat = OWidget('{company}', host='{host}', isolation='{isolation}')
display(chat)
"""


@pytest.mark.parametrize("isolation", ["opaque", "none"])
def test_a_chat_connects_while_the_cell_that_displays_it_still_runs(
    notebook: NewNotebook, vendor: Vendor, tmp_path: Path, isolation: str
) -> None:
    vendor.script = recorder(on_connect="status(1); event({ type: 'chatWindowOpen' });")
    chat = CHAT.format(company=COMPANY, host=vendor.host, isolation=isolation)
    nb = notebook(cells=[])
    nb.run_all()
    with busy_cell(nb, tmp_path, first=chat, last="while_busy = chat.state, chat.status_code"):
        expect(nb.panel.locator(".owidget-now")).to_contain_text("connected")
    nb.until("(chat.state, chat.status_code) == ('connected', 1)")
    assert nb.py("while_busy") == ["idle", None], "the kernel heard of nothing meanwhile"
    assert nb.py("chat.active_isolation") == isolation
    nb.until("[e.type for e in chat.event_log] == ['status', 'chatWindowOpen']")
    assert len(vendor.loads) == 1


#: Where frames of ours are put, in order.
WATCH = """() => {
  globalThis.places = [];
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes)
      for (const added of addedNodes)
        if (added.className === "owidget-frame") globalThis.places.push(target.className);
  }).observe(document, { childList: true, subtree: true });
}"""


def test_its_frame_begins_out_of_sight_and_is_brought_into_the_view_alive(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    vendor.script = recorder(on_connect="status(1);")
    nb = notebook(cells=[CHAT.format(company=COMPANY, host=vendor.host, isolation="opaque")])
    nb.page.evaluate(WATCH)
    documents: list[str] = []
    nb.page.on("framenavigated", lambda frame: documents.append(frame.url))
    nb.run_all()
    nb.until("chat.state == 'connected'")
    assert nb.page.evaluate("places") == ["owidget-nest", "owidget-slot"]
    assert documents == ["about:srcdoc"]
    expect(nb.panel.locator("iframe.owidget-frame")).to_be_visible()
    expect(nb.page.locator(".owidget-nest")).to_have_count(0)
    assert len(vendor.loads) == 1


def test_a_second_tab_is_told_who_took_it_and_a_reload_asks(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    vendor.script = recorder(on_connect="status(1);")
    nb = notebook(cells=[CHAT.format(company=COMPANY, host=vendor.host, isolation="opaque")])
    nb.run_all()
    nb.until("chat.state == 'connected'")
    nb.save()
    other = nb.second_tab()
    expect(other.panel.locator(".owidget-notice")).to_contain_text("in another browser tab")
    assert len(vendor.loads) == 1
    nb.reload()
    expect(nb.panel.locator(".owidget-now")).to_contain_text("connected")
    expect(other.panel.locator(".owidget-notice")).to_contain_text("in another browser tab")
    nb.until("chat.state == 'connected'")
    assert len(vendor.loads) == 2
