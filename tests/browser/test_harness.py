"""The harness keeps its own promises, those that the other tests lean on."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewNotebook, NewPage
from .harness import (
    FUNCTION,
    UNDEFINED,
    CellsFailed,
    KernelError,
    Lab,
    NotYet,
    PageErrors,
    Vendor,
    eventually,
    recorder,
)

# What the other browser tests stand on: tried by them, too, each time.
pytestmark = pytest.mark.slow

COUNTER = '''
import anywidget, traitlets

class Counter(anywidget.AnyWidget):
    _esm = """
    function render({ model, el }) {
      const button = document.createElement("button");
      button.className = "test-counter";
      const show = () => { button.textContent = `count is ${model.get("value")}`; };
      button.onclick = () => { model.set("value", model.get("value") + 1); model.save_changes(); };
      model.on("change:value", show);
      show();
      el.append(button);
    }
    export default { render };
    """
    value = traitlets.Int(0).tag(sync=True)

counter = Counter()
counter
'''


def frame_with_script(page: Page, vendor: Vendor, *, sandbox: str | None = None) -> None:
    """Load the vendor's script in a frame, as a stage would, and call it."""
    page.evaluate(
        """([origin, sandbox]) => {
          const frame = document.createElement('iframe');
          frame.className = 'owidget-frame';
          if (sandbox !== null) frame.sandbox = sandbox;
          frame.srcdoc = `<!doctype html><body><script>
            const script = document.createElement('script');
            script.src = '${origin}/widget/OOWidget.js';
            script.$owidgetOnLoad = api => {
              document.body.dataset.supported = api.isSupported;
              if (!api.isSupported) return;
              api.setStatusUpdateCallback(code => { document.body.dataset.status = code; });
              api.init('guid', null, undefined);
              api.connectToServer();
              for (let i = 0; i < 50; i++) api.addCustomData('n', i);
            };
            script.onerror = () => { document.body.dataset.failed = 'yes'; };
            document.head.append(script);
          </${'script'}>`;
          document.body.append(frame);
        }""",
        [vendor.url, sandbox],
    )


def test_a_widget_renders_and_counts(notebook: NewNotebook) -> None:
    """Run, look, click, ask Python; move, collapse, view anew, reload, restart."""
    nb = notebook([COUNTER, "print('two'); 40 + 2"])
    nb.run_all()
    button = nb.output(0).locator(".test-counter")
    expect(button).to_have_text("count is 0")
    button.click()
    expect(button).to_have_text("count is 1")
    assert nb.until("counter.value == 1 and [counter.value, 'ž', None]") == [1, "ž", None]
    assert nb.outputs_text(1) == "two\n42"
    nb.exec("counter.value = 7")
    expect(button).to_have_text("count is 7")

    nb.collapse_output(0)
    nb.expand_output(0)
    expect(button).to_have_text("count is 7")
    view = nb.new_view_for_output(0)
    expect(view.locator(".test-counter")).to_have_text("count is 7")
    assert nb.move_cell(0, "down") == 1
    expect(nb.output(1).locator(".test-counter")).to_have_text("count is 7")
    assert nb.add_and_run("counter.value") == 2
    assert nb.outputs_text(2) == "7"
    nb.delete_cell(2)

    nb.save()
    assert len(nb.lab.read(nb.name)["cells"]) == 2
    tab = nb.second_tab()
    assert tab.py("counter.value") == 7
    tab.page.close()
    nb.reload()
    assert nb.py("counter.value") == 7
    nb.close_panel()
    nb.open(host="localhost")
    assert nb.page.evaluate("location.hostname") == "localhost"
    nb.restart_kernel()
    assert nb.py("'counter' in globals()") is False
    assert len(nb.lab.running_kernels()) == 1


def test_the_kernel_is_this_python(notebook: NewNotebook) -> None:
    """The package under test is the one that the kernel imports."""
    import sys

    assert notebook([]).py("__import__('sys').executable") == sys.executable


def test_python_errors_are_told(notebook: NewNotebook) -> None:
    """A failing cell, a failing expression, and a condition that never comes true."""
    nb = notebook(["1 / 0", "print('never')"])
    with pytest.raises(CellsFailed, match="cell 0: ZeroDivisionError: division by zero") as failed:
        nb.run_all()
    assert [error.ename for error in failed.value.errors] == ["ZeroDivisionError"]
    nb.run_all(check=False)
    with pytest.raises(KernelError, match="NameError: name 'nothing' is not defined"):
        nb.py("nothing")
    with pytest.raises(KernelError, match="ValueError: bad"):
        nb.exec("raise ValueError('bad')")
    assert nb.exec("import asyncio; await asyncio.sleep(0); x = 3; print(x)") == "3\n"
    with pytest.raises(NotYet, match=r"(?s)x is seven.*x is 3.*last value: False"):
        nb.until("x == 7", timeout=0.2, message="x is seven", show="x")
    with pytest.raises(NotYet, match="IndexError"):
        nb.until("[][0]", timeout=0.2)

    loop = nb.add_and_run("while True: pass", wait=False)
    with pytest.raises(NotYet, match="kernel busy"):
        nb.py("1", timeout=0.5)
    nb.interrupt()
    nb.wait_idle()
    assert nb.errors()[-1].index == loop


def test_settings_do_not_leak(notebook: NewNotebook, tmp_path: Path) -> None:
    """A theme can be set, and a picture taken."""
    nb = notebook(["1"])
    nb.set_theme("JupyterLab Dark")
    assert nb.screenshot(tmp_path / "dark.png").stat().st_size > 10_000


def test_settings_did_not_leak(notebook: NewNotebook) -> None:
    """The next test has the usual theme, and no kernel but its own."""
    nb = notebook(["1"])
    assert nb.page.locator("body").get_attribute("data-jp-theme-light") == "true"
    assert len(nb.lab.running_kernels()) == 1


def test_page_errors_are_collected(page: Page, page_errors: PageErrors, vendor: Vendor) -> None:
    """Console errors and exceptions, in a page, its frames and further tabs."""
    page.goto(vendor.blank_url)
    other = page.context.new_page()
    page.evaluate("console.error('one expected'); console.warn('a warning')")
    page.evaluate("setTimeout(() => { throw new Error('two expected'); })")
    other.evaluate("console.error('three expected')")
    page.evaluate(
        """() => {
          const frame = document.createElement('iframe');
          frame.sandbox = 'allow-scripts';
          frame.srcdoc = "<script>throw new Error('four expected')</" + "script>";
          document.body.append(frame);
        }"""
    )
    eventually(lambda: len(page_errors.unexpected()) == 4, message=str(page_errors.seen))
    with pytest.raises(AssertionError, match=r"(?s)4 unexpected.*one expected"):
        page_errors.check()
    page_errors.allow("(one|two|three|four) expected")
    page_errors.check()


@pytest.mark.parametrize("how", ["locale", "argument"])
def test_the_browsers_language_changes(new_page: NewPage, vendor: Vendor, how: str) -> None:
    """In the page and in a frame."""
    page = new_page(locale="sk-SK") if how == "locale" else new_page("--accept-lang=sk-SK,sk")
    page.goto(vendor.blank_url)
    page.set_content("<iframe sandbox='allow-scripts' srcdoc='<p>x</p>'></iframe>")
    expect(page.frame_locator("iframe").locator("p")).to_have_text("x")
    assert [frame.evaluate("navigator.language") for frame in page.frames] == ["sk-SK"] * 2


@pytest.mark.parametrize("sandbox", [None, "allow-scripts"])
def test_the_vendor_records_calls(
    notebook: NewNotebook, vendor: Vendor, sandbox: str | None
) -> None:
    """In order, with undefined told from null, and callbacks at work."""
    nb = notebook(["1"])
    vendor.script = recorder(on_connect="status(2);")
    frame_with_script(nb.page, vendor, sandbox=sandbox)
    numbers = vendor.wait_for("addCustomData", 50)
    assert numbers == [["n", i] for i in range(50)]
    assert vendor.calls[:3] == [
        {"method": "setStatusUpdateCallback", "args": [FUNCTION]},
        {"method": "init", "args": ["guid", None, UNDEFINED]},
        {"method": "connectToServer", "args": []},
    ]
    assert [request.path for request in vendor.requests] == ["/widget/OOWidget.js"]
    body = nb.stage().locator("body")
    expect(body).to_have_attribute("data-status", "2")
    nb.stage().evaluate("() => vendorTest.status(0)")
    expect(body).to_have_attribute("data-status", "0")


def test_the_vendor_misbehaves(page: Page, page_errors: PageErrors, vendor: Vendor) -> None:
    """Refused, 404, slow, unsupported, leaving."""
    page_errors.allow(r"Failed to load resource.*OOWidget\.js")
    page.goto(vendor.blank_url)

    def load() -> None:
        page.evaluate("document.querySelector('iframe')?.remove()")
        frame_with_script(page, vendor)

    body = page.frame_locator("iframe").locator("body")
    vendor.refuse()
    load()
    expect(body).to_have_attribute("data-failed", "yes")
    assert vendor.requests == []
    vendor.accept()
    vendor.status = 404
    load()
    expect(body).to_have_attribute("data-failed", "yes")
    assert len(vendor.script_requests) == 1
    vendor.status = 200
    vendor.delay = 600
    load()
    eventually(lambda: len(vendor.script_requests) == 2)
    assert vendor.loads == []
    vendor.release()
    vendor.wait_for("connectToServer")
    vendor.delay = 0

    vendor.script = recorder(supported=False)
    load()
    expect(body).to_have_attribute("data-supported", "false")
    page.frames[1].evaluate("() => { vendorTest.api.anything(null); }")
    eventually(lambda: vendor.loads[-1] == [{"method": "anything", "args": [None]}])

    page_errors.allow("init fails as the test wants")
    vendor.script = recorder(throws_in="init", calls_on_load="late", block_in="load", block_ms=100)
    load()
    eventually(lambda: [call["method"] for call in vendor.loads[-1]][1:] == ["init"])
    eventually(lambda: page_errors.seen[-1].kind == "exception")

    vendor.script = recorder(navigate=True)
    load()
    expect(body).to_have_text("Another page of the vendor's.")
    vendor.wait_for("addCustomData", 100)


def test_a_lab_that_cannot_start_says_why(tmp_path: Path) -> None:
    """The log's tail is in the message."""
    from .harness import LabError

    lab = Lab(tmp_path, extra_args=["--ServerApp.root_dir=/nonexistent/folder"])
    with pytest.raises(LabError, match=r"(?s)ended with code.*nonexistent"):
        lab.start()
