"""The panel to try a chat by hand, by mouse and keyboard."""

from __future__ import annotations

import json
import secrets

import pytest
from playwright.sync_api import Locator, expect

from .conftest import NewNotebook, NewPage
from .harness import Lab, Notebook, PageErrors, Vendor, recorder
from .harness.axe import findings
from .harness.chat import COMPANY
from .harness.chat_window import window_part
from .harness.lab import free_port
from .harness.readable import CONTRASTS, OVERHANGS

CELL = "from owidget_jupyter import Explorer\nexplorer = Explorer()\nexplorer"
#: Sections of the panel, and what is pressed to fill them; "" for nothing.
SECTIONS = {
    "Events": "",
    "Phone numbers": "",
    "Custom data": "",
    "Sessions": "Draw timeline",
    "Take away": "Website snippet",
}


def opened(nb: Notebook) -> Locator:
    """Run the cell, and return the panel once its chat is connected."""
    nb.run_all()
    nb.until("explorer.chat.state == 'connected'")
    return nb.output_area(0).locator(".owidget-explorer")


def press(panel: Locator, name: str) -> None:
    panel.get_by_role("button", name=name, exact=True).click()


def test_a_first_day_at_the_panel(notebook: NewNotebook, vendor: Vendor) -> None:
    vendor.script = recorder(on_connect="status(1);")
    nb = notebook(cells=[CELL])
    panel = opened(nb)
    keyboard = nb.page.keyboard

    # The simulator runs; one plays both sides.
    press(panel, "Join queue")
    table = panel.get_by_role("region", name="Entries of the log")
    expect(table).to_contain_text("chatSessionCreated")
    press(panel, "Accept")
    expect(table).to_contain_text("chatSessionStarted")
    panel.get_by_label("Message").fill("Good morning")
    press(panel, "Operator says")
    expect(window_part(nb.stage(), "log")).to_contain_text("Good morning")
    panel.get_by_label("chatSessionStarted").click()
    expect(table).not_to_contain_text("chatSessionStarted")
    panel.get_by_label("Search in types").press_sequentially("created")
    expect(table.locator("tbody tr")).to_have_count(1)

    # A number is judged as one types, and the sections are reached by keyboard.
    panel.get_by_role("tab", name="Events").focus()
    keyboard.press("ArrowRight")
    keyboard.press("Enter")
    panel.get_by_label("Default region").fill("CZ")
    panel.get_by_label("Try a number").press_sequentially("777 66")
    expect(panel.get_by_text("It has too few digits")).to_be_visible()
    keyboard.type("6 555")
    expect(panel.get_by_text("+420 777 666 555 – CZ mobile")).to_be_visible()

    # The real service: what is wrong is said at once, and nobody is asked before the press.
    panel.get_by_label("Real service").click()
    company = panel.get_by_label("Company id")
    expect(company).to_be_visible()  # typing does not wait for that
    company.press_sequentially("295b")
    expect(panel.get_by_text("company_id '295b' is not a GUID")).to_be_visible()
    apply = panel.get_by_role("button", name="Apply and connect")
    expect(apply).to_be_disabled()
    company.fill(COMPANY)
    panel.get_by_label("Host").fill(vendor.host)
    expect(apply).to_be_enabled()
    assert vendor.loads == []
    assert nb.py("explorer.chat.is_simulated") is True
    apply.focus()
    keyboard.press("Enter")
    nb.until("not explorer.chat.is_simulated and explorer.chat.state == 'connected'")
    assert nb.py("explorer.chat.active_isolation") == "origin"
    assert len(vendor.loads) == 1
    expect(panel.get_by_role("button", name="Join queue")).to_be_hidden()
    expect(panel.get_by_text("What is set here is what runs.")).to_be_visible()

    panel.get_by_role("tab", name="Take away").click()
    press(panel, "Python cell")
    code = panel.get_by_role("region", name="Code for what runs")
    expect(code).to_contain_text(f"company_id='{COMPANY}'")
    nb.exec(code.inner_text() + "\nassert chat.host == explorer.chat.host")
    assert nb.py("list(map(str, explorer.chat.errors))") == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [370, 1280], ids=["narrow", "wide"])
@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_every_section_is_readable_and_accessible(
    notebook: NewNotebook, new_page: NewPage, theme: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 1200})
    nb = notebook(cells=[CELL], page=page)
    nb.set_theme(theme)
    page.evaluate("() => { window.jupyterapp.shell.collapseLeft(); }")
    panel = opened(nb)
    press(panel, "More settings")
    panel.get_by_label("Height in pixels").fill("20")
    panel.get_by_label("Language", exact=True).fill("english please")
    panel.get_by_label("Scope").fill("demo")
    press(panel, "Join queue")
    nb.until("explorer.chat.event_log[-1].type == 'chatSessionStarted'")
    panel.get_by_label("Show details").click()
    expect(panel.get_by_role("region", name="Details of these events")).to_be_visible()
    for section, fill in SECTIONS.items():
        tab = panel.get_by_role("tab", name=section)
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        if fill:
            press(panel, fill)
            expect(panel.locator("img, pre:visible").last).to_be_visible()
        # Of ipywidgets' own markup nothing is found either, so nothing is left out here.
        assert findings(page, ".owidget-explorer") == [], section
        assert panel.evaluate(CONTRASTS) == [], section
        wide = panel.evaluate(OVERHANGS)
        assert [part for part in wide if part not in INSIDE_TABLES] == [], section


#: What may be wider than the panel: a table scrolls within its region.
INSIDE_TABLES = {"TABLE", "CAPTION", "THEAD", "TBODY", "TR", "TH", "TD"}


@pytest.mark.slow
def test_it_is_the_same_in_a_second_view_and_after_a_reload(notebook: NewNotebook) -> None:
    nb = notebook(cells=[CELL])
    panel = opened(nb)
    panel.get_by_label("Preset").fill("sales")
    press(panel, "Join queue")
    nb.until("explorer.chat.event_log[-1].type == 'chatSessionStarted'")
    panel.get_by_label("Show details").click()
    second = nb.new_view_for_output(0).locator(".owidget-explorer")
    for view in (panel, second):
        expect(view.get_by_label("Preset")).to_have_value("sales")
        expect(view.get_by_role("region", name="Entries of the log")).to_contain_text(
            "chatSessionStarted"
        )
        details = view.get_by_role("region", name="Details of these events")
        expect(details).to_contain_text('"channel": "chat"')
    assert len(nb.stage_frames()) == 1
    press(second, "Apply and connect")
    nb.until("explorer.chat.preset == 'sales' and explorer.chat.state == 'connected'")
    nb.save()
    nb.reload()
    again = nb.output_area(0).locator(".owidget-explorer")
    expect(again.get_by_label("Preset")).to_have_value("sales")
    expect(again.get_by_role("region", name="Entries of the log")).to_contain_text(
        "chatSessionStarted"
    )
    nb.until("explorer.chat.state == 'connected'")
    nb.exec("explorer.close()")
    expect(again).to_have_count(0)
    assert nb.stage_frames() == []


@pytest.mark.slow
def test_what_may_be_personal_is_not_saved_with_the_notebook(
    notebook: NewNotebook, lab: Lab
) -> None:
    lab.set_setting("@jupyter-widgets/jupyterlab-manager/plugin", {"saveState": True})
    hidden = {name: f"private{name}{secrets.token_hex(8)}" for name in ("said", "name", "value")}
    nb = notebook(cells=[CELL])
    panel = opened(nb)
    panel.get_by_label("Preset").fill("PresetThatMayBeSeen")
    press(panel, "Join queue")
    nb.until("explorer.chat.event_log[-1].type == 'chatSessionStarted'")
    panel.get_by_label("Show details").click()
    detail = nb.py("explorer.chat.event_log[-1].detail['sessionId']")
    expect(panel.get_by_role("region", name="Details of these events")).to_contain_text(detail)
    panel.get_by_label("Message").fill(hidden["said"])
    panel.get_by_role("tab", name="Phone numbers").click()
    panel.get_by_label("Try a number").fill("+420 601 947 283")
    expect(panel.get_by_text("CZ mobile")).to_be_visible()
    panel.get_by_role("tab", name="Custom data").click()
    panel.get_by_label("Name", exact=True).fill(hidden["name"])
    panel.get_by_label("Value: JSON").fill(hidden["value"])
    press(panel, "Add")
    data = panel.get_by_role("region", name="Custom data of the chat")
    expect(data).to_contain_text(hidden["value"])
    nb.save()
    saved = json.dumps(nb.lab.read(nb.name), ensure_ascii=False)
    assert "PresetThatMayBeSeen" in saved, "this is where the rest would be"
    hidden |= {"number": "601 947 283", "detail": detail}
    assert [name for name, text in hidden.items() if text in saved] == []


@pytest.mark.slow
def test_ten_thousand_events_do_not_flood_it(notebook: NewNotebook, vendor: Vendor) -> None:
    burst = "for (let n = 0; n < 10000; n++) event({type: 'chatWindowOpen', n});"
    vendor.script = recorder(on_connect=f"status(1); setTimeout(() => {{ {burst} }}, 200);")
    nb = notebook(
        cells=[
            "from owidget_jupyter import OWidget\n"
            f"explorer = OWidget('{COMPANY}', host='{vendor.host}', max_events=20_000).explore()\n"
            "explorer"
        ]
    )
    panel = opened(nb)
    nb.until("explorer.chat.event_log.total >= 10_001", 40)
    expect(panel.get_by_text("50 of 10,001 entries.")).to_be_visible()
    assert nb.py("list(map(str, explorer.chat.errors))") == []


@pytest.mark.slow
def test_a_host_that_cannot_be_reached_is_said_with_what_to_try(
    notebook: NewNotebook, page_errors: PageErrors
) -> None:
    page_errors.allow("net::ERR_CONNECTION_REFUSED")
    nb = notebook(cells=[CELL])
    panel = opened(nb)
    panel.get_by_label("Real service").click()
    panel.get_by_label("Company id").fill(f" {COMPANY} ")
    panel.get_by_label("Host").fill(f"127.0.0.1:{free_port()}")
    press(panel, "Apply and connect")
    nb.until("explorer.chat.state == 'failed'")
    said = panel.get_by_role("alert").filter(has_text="script_unreachable")
    expect(said).to_contain_text(nb.py("explorer.chat.error.message"))
    expect(panel.get_by_role("button", name="Reconnect")).to_be_enabled()
    panel.get_by_label("Simulator").click()
    press(panel, "Apply and connect")
    nb.until("explorer.chat.is_simulated and explorer.chat.state == 'connected'")
    expect(said).to_have_count(0)
