"""One live stage, whatever is done to views, cells, tabs and settings."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewNotebook
from .harness import Notebook, Vendor, eventually, recorder
from .harness.chat import COMPANY

ONLINE = recorder(on_connect="status(1);")

#: Keeps, in the page, the largest number of stages that were ever there at the same time.
WATCH_FRAMES = """() => {
  const count = () => document.querySelectorAll('iframe.owidget-frame').length;
  window.testMostFrames = count();
  new MutationObserver(() => {
    window.testMostFrames = Math.max(window.testMostFrames, count());
  }).observe(document, { childList: true, subtree: true });
}"""


def most_frames(page: Page) -> int:
    most: int = page.evaluate("window.testMostFrames")
    return most


def frame_in(nb: Notebook, cell: int) -> bool:
    return nb.output_area(cell).locator("iframe.owidget-frame").count() == 1


def connected(nb: Notebook) -> None:
    nb.until("chat.state == 'connected' and chat.status_code == 1")
    assert len(nb.stage_frames()) == 1


def start(notebook: NewNotebook, vendor: Vendor, *more: str, settings: str = "") -> Notebook:
    vendor.script = ONLINE
    nb = notebook(
        cells=[
            "from owidget_jupyter import OWidget\n"
            f"chat = OWidget('{COMPANY}', host='{vendor.host}'{settings})",
            "chat",
            *more,
        ]
    )
    nb.page.evaluate(WATCH_FRAMES)
    nb.run_all()
    connected(nb)
    return nb


@pytest.mark.parametrize(
    "isolation",
    ["origin", *(pytest.param(other, marks=pytest.mark.slow) for other in ("opaque", "none"))],
)
def test_views_cells_and_settings_leave_one_live_stage(
    notebook: NewNotebook, vendor: Vendor, isolation: str
) -> None:
    nb = start(notebook, vendor, "chat", settings=f", isolation='{isolation}'")
    assert nb.py("chat.active_isolation") == isolation
    assert (frame_in(nb, 1), frame_in(nb, 2), len(vendor.loads)) == (True, False, 1)

    # The second view brings the frame over, alive: the script is not loaded again.
    nb.output_area(2).get_by_role("button", name="Bring it here").click()
    eventually(lambda: frame_in(nb, 2), message="the frame is in the second view")
    nb.stage().evaluate("() => vendorTest.event('chatWindowOpen')")
    nb.until("chat.event_log[-1].type == 'chatWindowOpen'")
    assert (len(vendor.loads), nb.py("chat.status_code")) == (1, 1)

    # Its cell goes: the view that is left starts a fresh stage.
    nb.delete_cell(2)
    eventually(lambda: frame_in(nb, 1), message="the frame is in the first view again")
    eventually(lambda: len(vendor.loads) == 2, message="a fresh stage was loaded")
    connected(nb)

    # The cell is run again: its view is a new one.
    nb.run_cell(1)
    eventually(lambda: len(vendor.loads) == 3, message="a fresh stage was loaded")
    connected(nb)

    # Collapsed, the stage is gone, and nothing pretends that it is not.
    nb.collapse_output(1)
    nb.until("chat.state == 'idle' and chat.status_code is None")
    nb.expand_output(1)
    eventually(lambda: len(vendor.loads) == 4, message="a fresh stage was loaded")
    connected(nb)

    # Another preset takes a fresh stage, the same one nothing.
    nb.exec("chat.preset = 'other'")
    eventually(lambda: len(vendor.loads) == 5, message="a fresh stage was loaded")
    connected(nb)
    assert vendor.calls_of("init")[-1] == [COMPANY, "other"]
    nb.exec("chat.preset = 'other'")
    nb.exec("chat.preset = 'third'; chat.scope = 'four'")
    eventually(lambda: len(vendor.loads) == 6, message="a fresh stage was loaded")
    connected(nb)
    assert vendor.calls_of("init")[-1] == [COMPANY, "third", None, "four"]

    assert len(vendor.loads) == 6
    assert most_frames(nb.page) == 1
    assert nb.py("chat.active_isolation") == isolation
    assert nb.py("list(map(str, chat.errors))") == []


def test_a_second_tab_mirrors_takes_over_and_a_closed_tab_is_not_online(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    nb = start(notebook, vendor)
    assert nb.py("chat.active_isolation") == "origin"
    nb.save()

    other = nb.second_tab()
    take_over = other.panel.get_by_role("button", name="Run it here")
    expect(take_over).to_be_visible()
    expect(other.panel.locator(".owidget-bar")).to_contain_text("online")
    assert (len(nb.stage_frames()), len(other.stage_frames()), len(vendor.loads)) == (1, 0, 1)

    take_over.click()
    eventually(lambda: len(other.stage_frames()) == 1, message="the second tab has the stage")
    eventually(lambda: len(vendor.loads) == 2, message="a fresh stage was loaded")
    connected(other)
    assert len(nb.stage_frames()) == 0
    expect(nb.panel.get_by_role("button", name="Run it here")).to_be_visible()
    assert most_frames(nb.page) == 1

    other.page.close()
    nb.until("chat.status_code is None and chat.state == 'idle'", timeout=40)
    expect(nb.panel.locator(".owidget-notice")).to_contain_text("was closed")
    assert (len(nb.stage_frames()), len(vendor.loads)) == (0, 2)

    nb.panel.get_by_role("button", name="Run it here").click()
    eventually(lambda: len(vendor.loads) == 3, message="a fresh stage was loaded")
    connected(nb)

    # The page that runs it is reloaded: it does not jump into the one that only looks on.
    nb.save()
    other = nb.second_tab()
    notice = other.panel.locator(".owidget-notice")
    expect(notice).to_contain_text("runs in another")
    nb.reload()
    eventually(lambda: len(vendor.loads) == 4, message="a fresh stage was loaded")
    connected(nb)
    expect(notice).to_contain_text("runs in another")
    assert len(other.stage_frames()) == 0


def test_a_reload_starts_a_fresh_stage(notebook: NewNotebook, vendor: Vendor) -> None:
    nb = start(notebook, vendor)
    nb.save()
    nb.reload()
    eventually(lambda: len(vendor.loads) == 2, message="a fresh stage was loaded")
    connected(nb)
    assert nb.py("chat.active_isolation") == "origin"
    # The log came along, from before the reload.
    nb.panel.locator("summary", has_text="Events").click()
    words = nb.panel.locator(".owidget-events li .owidget-sign")
    expect(words).to_contain_text(["online", "status unknown", "online"])


def listeners(page: Page) -> dict[str, int]:
    """Count the listeners of window and document, as the browser itself knows them."""
    session = page.context.new_cdp_session(page)
    found = {}
    for target in ("window", "document"):
        remote = session.send("Runtime.evaluate", {"expression": target})["result"]["objectId"]
        events = session.send("DOMDebugger.getEventListeners", {"objectId": remote})["listeners"]
        for event in events:
            key = f"{target}.{event['type']}"
            found[key] = found.get(key, 0) + 1
    session.detach()
    return found


def test_close_leaves_no_frame_no_listener_and_no_route(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    vendor.script = ONLINE
    nb = notebook(
        cells=[
            "from owidget_jupyter import OWidget\nimport ipywidgets, threading",
            # Another widget first, so that what the widget manager listens to is there before.
            "ipywidgets.Label('before')",
            f"chat = OWidget('{COMPANY}', host='{vendor.host}')\nchat",
        ]
    )
    nb.run_cell(0)
    nb.run_cell(1)
    before = listeners(nb.page)
    nb.run_cell(2)
    connected(nb)
    assert nb.py("chat.active_isolation") == "origin"
    during = listeners(nb.page)
    assert during != before, "the count sees our listeners"
    address = json.dumps(nb.stage().url)
    probe = (
        "import urllib.request, urllib.error\n"
        "try:\n"
        f"    print(urllib.request.urlopen({address}).status)\n"
        "except urllib.error.URLError as error:\n"
        "    print(type(error.reason).__name__)"
    )
    assert nb.exec(probe).strip() == "200"

    nb.exec("chat.close()")

    eventually(lambda: nb.stage_frames() == [], message="no frame is left")
    eventually(lambda: listeners(nb.page) == before, message="no listener is left")
    assert nb.exec(probe).strip() == "ConnectionRefusedError"
    assert nb.py("[t.name for t in threading.enumerate() if 'owidget' in t.name]") == []
    assert nb.py("(chat.state, chat.status_code)") == ["closed", None]
    assert nb.page.evaluate("globalThis[Symbol.for('owidget_jupyter.page')].frontEnds.size") == 0
    nb.exec("chat.close()")
