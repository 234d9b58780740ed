"""Nothing of the vendor's before the person displays the widget; of the card, see `test_card`."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from playwright.sync_api import expect

from .conftest import NewNotebook, NewPage
from .harness import Lab, Notebook, Vendor, eventually, recorder
from .harness.chat import COMPANY

ONLINE = recorder(on_connect="status(1);")
FRONT_ENDS = "globalThis[Symbol.for('owidget_jupyter.page')]?.frontEnds.size ?? 0"


def test_import_and_construction_contact_nobody_and_serve_nothing(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    vendor.script = ONLINE
    nb = notebook(
        cells=[
            "from owidget_jupyter import OWidget\nimport threading\n"
            f"chat = OWidget('{COMPANY}', host='{vendor.host}')\n"
            "chat.preset = 'other'\n"
            "chat.add_custom_data('name', 'value')\n"
            "opened = chat.open_chat()",
            # Displayed, so that the page has taken part in all that came before it.
            "import ipywidgets\nipywidgets.Label('the end')",
            "chat",
        ]
    )
    nb.run_cell(0)
    nb.run_cell(1)
    expect(nb.output(1).first).to_contain_text("the end")
    eventually(lambda: nb.page.evaluate(FRONT_ENDS) == 1, message="the model is in the page")
    assert (vendor.requests, vendor.connections, nb.stage_frames()) == ([], 0, [])
    assert nb.py("[t.name for t in threading.enumerate() if 'owidget' in t.name]") == []

    nb.run_cell(2)
    nb.until("chat.state == 'connected'")
    assert (len(vendor.script_requests), nb.py("chat.active_isolation")) == (1, "origin")
    assert vendor.calls_of("addCustomData") == [["name", "value"]]


@pytest.mark.parametrize("trusted", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_a_saved_notebook_that_is_merely_opened_contacts_nobody(
    notebook: NewNotebook, new_page: NewPage, lab: Lab, vendor: Vendor, trusted: bool
) -> None:
    vendor.script = ONLINE
    nb = notebook(
        cells=[
            "from owidget_jupyter import OWidget\n"
            f"chat = OWidget('{COMPANY}', host='{vendor.host}')\nchat",
        ]
    )
    nb.run_all()
    nb.until("chat.state == 'connected' and chat.event_log.total == 1")
    loads = len(vendor.script_requests)
    states = nb.py("__import__('ipywidgets').Widget.get_manager_state()")
    nb.save()
    saved = lab.read(nb.name)
    saved["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": states}
    nb.close_panel()
    lab.shutdown_all()
    name = "from-somebody-else.ipynb"
    lab.write_json(name, saved)
    if trusted:
        NotebookNotary(data_dir=str(lab.folder / "data")).sign(nbformat.from_dict(saved))
    before = len(vendor.requests)

    page = new_page()
    opened = Notebook(lab, page, name).open(idle=False)
    # Its module has run there, `initialize` included, and still nobody was asked.
    eventually(lambda: page.evaluate(FRONT_ENDS) == 1, message="the saved model is in the page")
    opened.wait_ready()
    assert (len(vendor.script_requests), len(vendor.requests)) == (loads, before)
    assert opened.stage_frames() == []
    # Only the trusted one is rendered: a picture of the last state, and no stage.
    view = opened.panel.locator(".owidget")
    expect(view).to_have_count(1 if trusted else 0)
    if trusted:
        for shown in ("saved state", "connected", "nothing runs here", "Events (1)"):
            expect(view).to_contain_text(shown)
        expect(view.locator(".owidget-events li")).to_contain_text("online")
        expect(view.get_by_role("button")).to_have_count(0)
