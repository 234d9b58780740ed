"""A kernel that is gone is seen to be gone; one that is shared is shared."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook

CELL = "from owidget_jupyter import OWidget\nchat = OWidget.simulated()\nchat"


def test_a_widget_whose_kernel_was_restarted_does_not_look_alive(notebook: NewNotebook) -> None:
    nb = notebook(cells=[CELL])
    nb.run_all()
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    bar = nb.output_area(0).locator(".owidget-bar")
    expect(bar).to_contain_text("connected")

    nb.restart_kernel()
    expect(bar).to_contain_text("model gone")
    expect(bar).to_contain_text("status unknown")
    expect(nb.output_area(0).locator(".owidget-notice")).to_contain_text("Run its cell again")
    assert len(nb.stage_frames()) == 0

    # Run again, it is another widget, and works.
    nb.run_cell(0)
    nb.until("chat.state == 'connected'")
    assert len(nb.stage_frames()) == 1


#: Opens a console of the notebook's kernel and displays the widget there.
CONSOLE = """() => {
  const { jupyterapp: app } = window;
  const { path } = app.shell.currentWidget.context;
  const { id } = app.shell.currentWidget.sessionContext.session.kernel;
  const console = { path: `${path}-console`, kernelPreference: { id }, activate: false };
  return app.commands.execute('console:create', { ...console, insertMode: 'split-bottom' })
    .then(it => it.sessionContext.ready)
    .then(() => app.commands.execute('console:inject', { ...console, code: 'chat' }))
    .then(() => 1);
}"""


@pytest.mark.slow
def test_a_console_of_the_same_kernel_is_one_more_view(notebook: NewNotebook) -> None:
    nb = notebook(cells=[CELL])
    nb.run_cell(0)
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    nb.page.evaluate(CONSOLE)
    console = nb.page.locator(".jp-CodeConsole .owidget")
    console.get_by_role("button", name="Bring it here").click()
    expect(console.locator("iframe.owidget-frame")).to_be_visible()
    expect(nb.output_area(0).get_by_role("button", name="Bring it here")).to_be_visible()
    # The one stage went there alive: it has connected once.
    assert len(nb.page.query_selector_all("iframe.owidget-frame")) == 1
    assert nb.py("[entry.type for entry in chat.event_log]") == ["status"]
    assert nb.py("chat.state") == "connected"
