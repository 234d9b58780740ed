"""A kernel that is gone is seen to be gone; a console beside the notebook does no harm."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import NewNotebook
from .harness import PageErrors, eventually

CELL = "from owidget_jupyter import OWidget\nchat = OWidget.simulated()\nchat"


def test_a_widget_whose_kernel_was_restarted_does_not_look_alive(
    notebook: NewNotebook, page_errors: PageErrors
) -> None:
    nb = notebook(cells=[CELL])
    nb.run_all()
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    bar = nb.output_area(0).locator(".owidget-bar")
    expect(bar).to_contain_text("connected")

    nb.restart_kernel()
    expect(bar).to_contain_text("kernel not answering")
    expect(bar).to_contain_text("status unknown")
    expect(nb.output_area(0).locator(".owidget-notice")).to_contain_text("busy or gone")

    # Run again, it is another widget, and works.
    nb.run_cell(0)
    nb.until("chat.state == 'connected'")
    assert len(nb.stage_frames()) == 1


def test_a_console_of_the_same_kernel_takes_no_widget_from_its_notebook(
    notebook: NewNotebook,
) -> None:
    nb = notebook(cells=[CELL, "chat"])
    nb.run_cell(0)
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    fronts = "globalThis[Symbol.for('owidget_jupyter.page')].frontEnds.size"
    assert nb.page.evaluate(fronts) == 1
    # A console has a widget manager of its own, which makes a front end of its own.
    nb.page.evaluate(
        """() => {
          const { jupyterapp: app } = window;
          const { path } = app.shell.currentWidget.context;
          const kernelPreference = {
            id: app.shell.currentWidget.sessionContext.session.kernel.id,
          };
          return app.commands.execute('console:create', {
            path: `${path}-console`, kernelPreference, activate: false,
            insertMode: 'split-bottom',
          }).then(() => 1);
        }"""
    )
    expect(nb.page.locator(".jp-CodeConsole")).to_be_visible()
    nb.run_cell(1)
    expect(nb.output_area(1).get_by_role("button", name="Bring it here")).to_be_visible()
    assert len(nb.stage_frames()) == 1
    eventually(lambda: nb.py("chat.state") == "connected", message="the chat goes on")
