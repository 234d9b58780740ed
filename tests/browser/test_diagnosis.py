"""`chat.diagnose()`: what it finds in a real page, and that it neither hangs nor tells too much."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook
from .harness import Notebook, PageErrors, Vendor, recorder
from .harness.chat import COMPANY

SIMULATED = "from owidget_jupyter import OWidget\nchat = OWidget.simulated()\nchat"


def findings(nb: Notebook, name: str = "found") -> dict[tuple[str, str], dict[str, Any]]:
    """Return the findings of a report in the kernel, by topic and what."""
    report = json.loads(nb.py(f"{name}.to_json()"))
    return {(found["topic"], found["what"]): found for found in report["findings"]}


def test_it_tells_of_kernel_page_and_stage_in_the_cell_that_awaits_it(
    notebook: NewNotebook,
) -> None:
    nb = notebook(cells=[SIMULATED, "found = await chat.diagnose()\nfound"])
    nb.run_cell(0)
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    nb.run_cell(1)
    found = findings(nb)
    assert found["widget", "state"]["value"] == "connected"
    assert found["page", "answered"]["value"] == "1 page, 1 view, the chat in it"
    assert found["page", "notebook"]["value"].startswith("JupyterLab 4.")
    assert "on the browser's machine" in found["page", "address"]["value"]
    assert found["stage", "script"]["value"] == "loaded"
    assert found["kernel", "round trip"]["value"].endswith("ms, median of 5")
    assert found["kernel", "awaiting"]["value"] == "works"
    assert "subshell" in found["kernel", "messages"]["value"]
    assert abs(nb.py("chat.event_log[-1].skew")) < 2
    assert found["kernel", "clocks"]["grade"] == "ok"
    assert found["events", "acknowledged"]["value"] == str(nb.py("chat.event_log.total"))
    assert found["events", "errors"]["value"] == "none"
    assert all(each["advice"] for each in found.values() if each["grade"] != "ok")
    table = nb.output_area(1).get_by_role("table")
    expect(table).to_contain_text("round trip")
    expect(table.get_by_role("caption")).to_contain_text("Diagnosis of")


@pytest.mark.slow
def test_a_failed_chat_a_busy_cell_and_a_callback(
    notebook: NewNotebook, vendor: Vendor, page_errors: PageErrors
) -> None:
    page_errors.allow(r"Failed to load resource")
    vendor.status = 404
    cell = f"chat = OWidget('{COMPANY}', host='{vendor.host}', isolation='origin')\nchat"
    nb = notebook(cells=["from owidget_jupyter import OWidget", cell])
    nb.run_all()
    nb.until("chat.state == 'failed'")
    assert nb.py("chat.active_isolation") == "origin"
    nb.add_and_run("reports = []\nchat.diagnose(lambda made: (reports.append(made), print(made)))")
    nb.until("len(reports) == 1")
    found = findings(nb, "reports[0]")
    assert found["widget", "state"]["value"] == "failed: script_unreachable"
    assert vendor.host in found["widget", "state"]["advice"]
    assert found["stage", "script"]["value"].startswith("not loaded")
    assert found["stage", "storage"]["value"] == "local, session, cookies: works"
    # What a function prints appears below the cell that asked.
    expect(nb.output_area(2)).to_contain_text("Diagnosis of")
    # A cell that lets nothing through is told from a page that does not answer.
    nb.add_and_run(
        "import threading\n"
        "done, reports = threading.Event(), []\n"
        "chat.diagnose(lambda made: (reports.append(made), done.set()), timeout=1)\n"
        "assert done.wait(20)"
    )
    answered = findings(nb, "reports[0]")["page", "answered"]
    assert answered["value"].startswith("none within 1.")
    assert "busy with a cell" in answered["advice"]


@pytest.mark.slow
def test_it_tells_what_a_strict_policy_has_to_allow_and_nothing_personal(
    notebook: NewNotebook, vendor: Vendor, page_errors: PageErrors
) -> None:
    page_errors.allow(r"Failed to load resource.*/jane/roe")
    elsewhere = f"http://localhost:{vendor.port}"
    vendor.script = recorder(
        on_connect=f"""
        localStorage.setItem('name', 'Jane Roe');
        event({{type: 'chatSessionStarted', phone: '+420 777 123 456'}});
        event({{type: 'Jane Roe'}});
        fetch('{elsewhere}/jane/roe?phone=777', {{mode: 'no-cors'}}).finally(() => status(1));
        """
    )
    cell = f"""
from owidget_jupyter import OWidget
chat = OWidget('{COMPANY}', host='{vendor.host}', scope='Jane Roe', allow_media=True)
chat.add_custom_data("name", "Jane Roe")
@chat.on_event
def fails(event):
    raise ValueError(f"no such customer: {{event.detail}} Jane Roe")
chat"""
    nb = notebook(cells=[cell])
    nb.run_all()
    nb.until("chat.state == 'connected' and len(chat.errors) == 2")
    assert nb.py("chat.active_isolation") == "origin"
    nb.exec("found = await chat.diagnose()")
    found = findings(nb)
    needed = found["stage", "needed of a policy"]
    assert (needed["value"], needed["grade"]) == (f"connect-src: {elsewhere}", "notice")
    assert found["events", "error"]["value"] == "fails: ValueError (2 times)"
    assert found["widget", "host"]["value"] == vendor.host
    assert "allowed" in found["stage", "media"]["value"]
    for form in ("found.to_json()", "str(found)", "found._repr_html_()"):
        text = nb.py(form).lower()
        for secret in ("Jane", "123 456", "phone=", nb.lab.token, str(nb.lab.root), nb.name):
            assert secret.lower() not in text, f"{secret} in {form}"


@pytest.mark.slow
def test_two_tabs_and_no_view(notebook: NewNotebook) -> None:
    nb = notebook(cells=[SIMULATED])
    nb.run_all()
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    nb.save()
    tab = nb.second_tab()
    expect(tab.output_area(0).locator(".owidget")).to_contain_text("another browser tab")
    nb.exec("found = await chat.diagnose()")
    found = findings(nb)
    assert found["page", "answered"]["value"] == "2 pages, 2 views, the chat in the first"
    assert found["stage", "script"]["value"] == "loaded"
    # No view anywhere, and the model is still in both pages.
    tab.page.close()
    nb.delete_cell(0)
    nb.until("chat.state == 'idle'")
    nb.exec("found = await chat.diagnose()")
    found = findings(nb)
    assert found["page", "answered"]["value"] == "1 page, 0 views"
    assert found["page", "answered"]["grade"] == "notice"
    assert found["stage", "document"]["value"] == "there is none on a page that answered"


@pytest.mark.slow
def test_a_script_that_never_lets_go_costs_its_own_findings_only(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    vendor.script = recorder(on_connect="status(1); setTimeout(() => { for (;;); }, 100);")
    cell = (
        "from owidget_jupyter import OWidget\n"
        f"chat = OWidget('{COMPANY}', host='{vendor.host}', isolation='origin')\nchat"
    )
    nb = notebook(cells=[cell])
    nb.run_all()
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == "origin"
    nb.exec("found = await chat.diagnose(timeout=20)")
    found = findings(nb)
    assert found["stage", "document"]["value"] == "no answer"
    assert found["kernel", "round trip"]["value"].endswith("median of 5")
    nb.exec("chat.close()")
    nb.exec("closed = await chat.diagnose()")
    assert findings(nb, "closed")["widget", "state"]["value"] == "closed"
