"""A script that takes its time, under a clock that stands."""

from __future__ import annotations

from .conftest import NewNotebook


def test_a_script_that_waits_for_a_clock_that_stands_is_stepped_to_its_button(
    notebook: NewNotebook,
) -> None:
    nb = notebook(
        cells=[
            "from owidget_jupyter import OWidget\n"
            "chat = OWidget.simulated(scenario='slow-start')\n"
            "chat.operator.clock.stepped()\n"
            "opened = chat.visitor.open()\n"
            "loaded = chat.operator.clock.step(4)\n"
            "chat"
        ]
    )
    nb.run_all()
    nb.until("chat.state == 'connecting' and loaded.done()")
    assert nb.py("(chat.status_code, opened.done())") == [None, False]
    nb.exec("connected = chat.operator.clock.step(3)")
    nb.until("connected.done() and opened.done()")
    assert nb.py("(chat.state, chat.status_code)") == ["connected", 1]
    assert nb.py("list(map(str, chat.errors))") == []
