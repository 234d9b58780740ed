"""A chat in the corner of the notebook page: it outlives cells, and goes with its notebook."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewNotebook
from .harness import Lab, Vendor, eventually, recorder
from .harness.chat import COMPANY

ONLINE = recorder(on_connect="status(1);")
OPEN_DOCUMENT = """name =>
  window.jupyterapp.commands.execute('docmanager:open', { path: name }).then(() => 1)"""


def cell(name: str, vendor: Vendor, **settings: object) -> str:
    given = ", ".join(f"{key}={value!r}" for key, value in settings.items())
    return (
        "from owidget_jupyter import OWidget\n"
        f"{name} = OWidget('{COMPANY}', host='{vendor.host}', placement='page', {given})\n"
        f"{name}"
    )


def boxes(page: Page) -> list[dict[str, float]]:
    found = [panel.bounding_box() for panel in page.locator(".owidget-panel").all()]
    return [box for box in found if box is not None]


def test_it_outlives_what_becomes_of_the_cells(notebook: NewNotebook, vendor: Vendor) -> None:
    vendor.script = ONLINE
    nb = notebook(cells=[cell("chat", vendor, height=300), "chat", "2"])
    nb.run_cell(0)
    nb.until("chat.state == 'connected' and chat.status_code == 1")
    assert nb.py("chat.active_isolation") == "origin"
    slot = nb.page.locator("body > .owidget-dock .owidget-panel .owidget-slot")
    expect(slot.locator("iframe.owidget-frame")).to_be_visible()
    expect(slot).to_have_css("height", "300px")

    nb.run_cell(1)
    nb.collapse_output(1)
    nb.expand_output(1)
    nb.run_cell(1)
    nb.move_cell(1, "down")
    nb.delete_cell(2)
    nb.stage().evaluate("() => vendorTest.event('chatWindowOpen')")
    nb.until("chat.event_log[-1].type == 'chatWindowOpen'")
    assert (len(vendor.loads), nb.py("chat.state")) == (1, "connected")
    assert len(nb.stage_frames()) == 1

    nb.exec("chat.height = 350")
    expect(slot).to_have_css("height", "350px")
    nb.exec("chat.close()")
    expect(slot).to_have_count(0)


@pytest.mark.slow
def test_two_stand_side_by_side_fold_and_go_with_their_notebook(
    notebook: NewNotebook, vendor: Vendor, lab: Lab
) -> None:
    vendor.script = ONLINE
    nb = notebook(cells=[cell("one", vendor, preset="sales"), cell("two", vendor, height=200)])
    nb.run_all()
    nb.until("one.state == two.state == 'connected'")
    assert nb.py("(one.active_isolation, two.active_isolation)") == ["origin", "origin"]
    left, right = sorted(boxes(nb.page), key=lambda box: box["x"])
    assert left["x"] + left["width"] <= right["x"]
    size = nb.page.viewport_size
    assert size is not None
    assert right["x"] + right["width"] <= size["width"]
    assert right["y"] + right["height"] <= size["height"]

    sales = nb.page.get_by_role("region", name="Chat – sales")
    fold = sales.get_by_role("button", name="Fold the chat")
    fold.focus()
    nb.page.keyboard.press("Enter")
    expect(sales.locator("iframe")).to_be_hidden()
    unfold = sales.get_by_role("button", name="Unfold the chat")
    expect(unfold).to_have_attribute("aria-expanded", "false")
    nb.page.keyboard.press("Enter")
    expect(sales.locator("iframe")).to_be_visible()

    # Behind another notebook they are not in its way, and come back with their own, alive.
    other = lab.write("other.ipynb", ["1"])
    nb.page.evaluate(OPEN_DOCUMENT, other.name)
    expect(nb.page.locator(".owidget-panel:visible")).to_have_count(0)
    nb.page.evaluate(OPEN_DOCUMENT, nb.name)
    expect(nb.page.locator(".owidget-panel:visible")).to_have_count(2)
    nb.until("one.status == two.status == 'online'")
    assert len(vendor.loads) == 2

    nb.close_panel()
    eventually(lambda: nb.page.locator(".owidget-dock").count() == 0, message="both have gone")
    assert nb.page.locator("iframe.owidget-frame").count() == 0
