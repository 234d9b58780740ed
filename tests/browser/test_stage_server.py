"""The stage server as a browser meets it: a chosen port, and a policy that only watches."""

from __future__ import annotations

import socket

import pytest

from .conftest import NewNotebook
from .harness import Notebook, Vendor, recorder
from .harness.chat import Chat
from .harness.lab import free_port

CELL = """
from owidget_jupyter import OWidget
chat = OWidget.simulated(isolation="origin", stage_port={port})
chat
"""
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
#: What the policies of the document had to say since it began.
VIOLATIONS = """
() => {
  const observer = new ReportingObserver(() => {}, { types: ["csp-violation"], buffered: true });
  observer.observe();
  return observer.takeRecords().map(({ body }) => [body.disposition, body.effectiveDirective]);
}
"""
LOAD_IMAGE = """
(source) => new Promise((resolve, reject) => {
  document.addEventListener("securitypolicyviolation", (event) => {
    const seen = [event.disposition, event.effectiveDirective, event.blockedURI];
    image.decode().then(() => resolve(seen), reject);
  });
  const image = new Image();
  image.src = source;
})
"""


def until_connected(nb: Notebook) -> None:
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == "origin"


@pytest.mark.slow
def test_what_the_chat_stores_under_a_chosen_port_outlives_the_kernel(
    notebook: NewNotebook,
) -> None:
    port = free_port()
    nb = notebook(cells=[CELL.format(port=port)])
    nb.run_all()
    until_connected(nb)
    nb.stage().evaluate("() => localStorage.setItem('kept', 'yes')")
    nb.restart_kernel()
    nb.run_all()
    until_connected(nb)
    stage = nb.stage()
    assert stage.evaluate("() => location.port") == str(port)
    assert stage.evaluate("() => localStorage.getItem('kept')") == "yes"


def test_a_chosen_port_that_is_taken_is_said_and_can_be_tried_again(notebook: NewNotebook) -> None:
    port = free_port()
    nb = notebook(cells=[CELL.format(port=port)])
    with socket.create_server(("127.0.0.1", port)):
        nb.run_all()
        nb.until("chat.state == 'failed'")
        assert nb.py("chat.error.code") == "stage_unreachable"
        assert f"stage_port {port} is taken" in nb.py("chat.error.message")
        assert nb.stage_frames() == []
    nb.exec("chat.retry()")
    until_connected(nb)


@pytest.mark.slow
def test_what_a_stage_contacts_beyond_its_script_is_seen_and_not_stopped(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    vendor.script = recorder(on_connect="status(1);")
    chat = Chat(notebook([]), vendor)
    chat.show("isolation='origin'")
    chat.until_state("connected", "origin")
    stage = chat.nb.stage()
    assert stage.evaluate(VIOLATIONS) == [], "the script and the stage itself are as expected"
    assert stage.evaluate(LOAD_IMAGE, PIXEL) == ["report", "img-src", "data"]
    assert stage.evaluate(VIOLATIONS) == [["report", "img-src"]], "the observer does see them"
