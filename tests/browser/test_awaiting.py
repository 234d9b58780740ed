"""Awaiting in a cell, the display and the awaited thing in one and the same."""

from __future__ import annotations

from .conftest import NewNotebook

TOO_EARLY = """
from owidget_jupyter import OWidget
chat = OWidget.simulated()
try:
    chat.ready()
except RuntimeError as error:
    print(error)
"""
AWAITED = """
display(chat)
await chat.ready()
ready_as = (chat.state, chat.status_code)
chat.visitor.open()
opened = await chat.wait_for("chatWindowOpen")
chat.visitor.join()
await chat.wait_for("chatSessionCreated")
await chat.operator.accept()
print(ready_as, opened.type, [entry.type for entry in chat.event_log])
"""
TOO_LATE = """
try:
    await chat.wait_for("chatSessionEnded", timeout=0.2)
except TimeoutError as error:
    print(error)
"""


def test_a_cell_can_display_await_and_go_on(notebook: NewNotebook) -> None:
    nb = notebook(cells=[TOO_EARLY, AWAITED, TOO_LATE])
    nb.run_all()
    assert nb.py("chat.active_isolation") == "opaque"
    assert "display it" in nb.outputs_text(0)
    assert "chat.on_event()" in nb.outputs_text(0)
    assert "('connected', 1) chatWindowOpen" in nb.outputs_text(1)
    assert "'chatSessionCreated', 'chatSessionStarted'" in nb.outputs_text(1)
    assert "no chatSessionEnded within 0.2 s; the widget is 'connected'" in nb.outputs_text(2)
