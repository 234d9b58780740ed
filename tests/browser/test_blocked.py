"""Scripts that a policy of the notebook page, or a browser without a network, keeps away."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewNotebook, NewPage
from .harness import Lab, Notebook, PageErrors, Vendor, recorder
from .harness.chat import Chat

ONLINE = recorder(on_connect="status(1);")
#: What JupyterLab and its widgets need, and nobody else's scripts.
POLICY = "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:"
REFUSED = r"Loading the script .* violates the following Content Security Policy directive"

#: Taken offline as a whole, JupyterLab would lose its kernel: only stages are told so, by the first
#: script of their documents. One that the browser adds to frames may come after the stage's own.
OFFLINE_STAGES = """(() => {
  const { prototype } = HTMLIFrameElement;
  const { set } = Object.getOwnPropertyDescriptor(prototype, "srcdoc");
  const told = "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })";
  Object.defineProperty(prototype, "srcdoc", {
    set(html) {
      set.call(this, html.replace("<head>", `$&<script>${told}</script>`));
    },
  });
})()"""


@pytest.mark.slow
def test_a_content_security_policy_of_the_page_forbids_the_script(
    new_page: NewPage, vendor: Vendor, page_errors: PageErrors, tmp_path: Path
) -> None:
    """Told where the stage has the page's policy; an origin of its own is out of its reach."""
    page_errors.allow(REFUSED)
    vendor.script = ONLINE
    headers = (
        f"--ServerApp.tornado_settings={{'headers': {{'Content-Security-Policy': {POLICY!r}}}}}"
    )
    with Lab(tmp_path, extra_args=[headers]) as lab:
        lab.write("policy.ipynb", [])
        page = new_page()
        chat = Chat(Notebook(lab, page, "policy.ipynb").open(), vendor)
        for isolation in ("opaque", "none"):
            chat.show(f"isolation={isolation!r}")
            chat.until("chat.state == 'failed'")
            code, message, active = chat.nb.py(
                "[chat.error.code, chat.error.message, chat.active_isolation]"
            )
            assert (code, active) == ("script_blocked", isolation)
            assert f"from http://{vendor.host}." in message
            assert "(script-src-elem)" in message
            expect(chat.view.get_by_role("alert")).to_contain_text(message)
        assert vendor.requests == [], "the browser has asked nobody"

        # The simulator is loaded from a data: address, which this policy does not allow either.
        index = chat.nb.add_and_run("simulated = OWidget.simulated(isolation='opaque')\nsimulated")
        chat.nb.until("simulated.state == 'failed'")
        assert chat.nb.py("simulated.error.code") == "script_blocked"
        assert "from data:." in chat.nb.py("simulated.error.message")
        expect(chat.nb.output(index).get_by_role("alert")).to_contain_text("data:")

        chat.show()
        chat.until_state("connected")
        page.close()  # before its server ends, of which it would complain


def test_a_browser_that_has_no_network_says_so(
    notebook: NewNotebook, page: Page, vendor: Vendor, page_errors: PageErrors
) -> None:
    """As one does that reaches a kernel on its own machine and nothing else."""
    page_errors.allow(r"net::ERR_NAME_NOT_RESOLVED")
    page.add_init_script(OFFLINE_STAGES)
    vendor.script = ONLINE
    chat = Chat(notebook([]), vendor)
    # A name that means nobody; what is on this machine is there without a network, too.
    chat.show("isolation='opaque'", before="here, chat.host = chat.host, 'chat.invalid'")
    chat.until("chat.state == 'failed'")
    assert chat.nb.stage().evaluate("() => navigator.onLine") is False
    assert chat.nb.py("chat.error.code") == "no_network"
    notice = chat.view.locator(".owidget-notice")
    expect(notice).to_contain_text("it says that it has no network")
    expect(notice.get_by_role("button", name="Retry")).to_be_visible()
    chat.nb.exec("chat.host = here")
    chat.until_state("connected", "opaque")
