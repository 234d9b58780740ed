"""Awaiting in a cell, the display and the awaited thing in one and the same."""

from __future__ import annotations

import pytest

from .conftest import NewNotebook
from .harness import Lab, Notebook
from .harness.chat import FIVE

SETTINGS = "@jupyterlab/apputils-extension/kernels-settings"
#: Where messages to Python go while a cell runs: the kernel's main thread, or one of its own.
WAYS = ("disabled", "perComm", "perCommTarget")
SUBSHELLS = "get_ipython().kernel.shell_channel_thread.manager.list_subshell()"
NOBODY_WAITS = (
    "[*chat._applier.growth._waiters._waiting, *chat._applier.states_seen._waiting] == []"
)


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, lab: Lab) -> str:
    """Have messages to Python go this way."""
    lab.set_setting(SETTINGS, {"commsOverSubshells": request.param})
    return str(request.param)


def assert_way(nb: Notebook, way: str) -> None:
    assert bool(nb.py(SUBSHELLS)) == (way != "disabled")
    assert nb.py("chat.active_isolation") == "opaque"


TOO_EARLY = """
from owidget_jupyter import OWidget
chat = OWidget.simulated()
for wait in (chat.ready, chat.events, lambda: chat.wait_for(None)):
    try:
        wait()
    except RuntimeError as error:
        print(error)
"""
AWAITED = """
display(chat)
await chat.ready()
ready_as = (chat.state, chat.status_code)
chat.visitor.open()
opened = await chat.wait_for("chatWindowOpen")
created = chat.wait_for("chatSessionCreated")
await chat.visitor.join()
await created
await chat.operator.accept()
chat.operator.status = "offline"
chat.operator.status = "busy"
busy = await chat.wait_for("status", predicate=lambda event: event.detail["code"] == 2)
print(ready_as, opened.type, [entry.type for entry in chat.event_log], chat.status)
"""
TOO_LATE = """
try:
    await chat.wait_for("chatSessionEnded", timeout=0.2)
except TimeoutError as error:
    print(error)
chat.operator.status = "online"
try:
    await chat.wait_for("status", predicate=lambda event: 1 / 0)
except ZeroDivisionError as error:
    print(error)
"""


@pytest.mark.parametrize(
    "way", [pytest.param("disabled", marks=pytest.mark.slow), "perCommTarget"], indirect=True
)
def test_a_cell_can_display_await_and_go_on(notebook: NewNotebook, way: str) -> None:
    nb = notebook(cells=[TOO_EARLY, AWAITED, TOO_LATE])
    nb.run_all()
    assert_way(nb, way)
    assert nb.outputs_text(0).count("display it") == 3
    assert nb.outputs_text(0).count("chat.on_event()") == 3
    assert "('connected', 1) chatWindowOpen" in nb.outputs_text(1)
    assert "'chatSessionCreated', 'chatSessionStarted'" in nb.outputs_text(1)
    assert nb.outputs_text(1).endswith(" busy\n")
    assert "no chatSessionEnded within 0.2 s; the widget is 'connected'" in nb.outputs_text(2)
    assert "division by zero" in nb.outputs_text(2)
    assert nb.py("list(map(str, chat.errors))") == []
    assert nb.py(NOBODY_WAITS)


# The display, a whole conversation, and the end, in one cell; two more read along on their own.
CONVERSATION = """
import asyncio
from owidget_jupyter import OWidget

chat = OWidget.simulated()
heard = []
chat.on_event(lambda event: heard.append(event.type))
display(chat)

async def read(*types):
    return [event.seq async for event in chat.events(*types)]

everything, statuses = asyncio.create_task(read()), asyncio.create_task(read("status"))
await chat.ready()

def talk():
    chat.operator.say("Good morning")
    chat.visitor.type("Hello")
    chat.operator.end()

steps = {
    "chatWindowOpen": chat.visitor.join,
    "chatSessionCreated": chat.operator.accept,
    "chatSessionStarted": talk,
    "chatSessionEnded": chat.visitor.minimise,
}
seen = []
events = chat.events()
chat.visitor.open()
async for event in events:
    seen.append(event.type)
    assert event.type == "status" or event.type in heard, "callbacks heard of it first"
    if event.type == "chatWindowClosed":
        break
    if event.type in steps:
        steps[event.type]()
print([type for type in seen if type != "status"])

chat.close()
all_of_it = [event.seq for event in chat.event_log]
their_statuses = [event.seq for event in chat.event_log if event.type == "status"]
assert (await everything, await statuses) == (all_of_it, their_statuses)
print("read along to the end")
"""
ENDLESS = """
import asyncio
from owidget_jupyter import OWidget

chat = OWidget.simulated()
display(chat)
await chat.ready()

# Counts what the kernel's loop does while the cell waits.
steps = 0
run = asyncio.Handle._run

def counted(handle):
    global steps
    steps += 1
    return run(handle)

asyncio.Handle._run = counted
try:
    await chat.wait_for("chatSessionEnded", timeout=0.5)
except TimeoutError:
    pass
finally:
    asyncio.Handle._run = run

ticks = []
chat.visitor.open()
async for event in chat.events():
    ticks.append(event.type)
    print("waiting after", event.type)
"""


@pytest.mark.slow
def test_reading_along_in_the_cell_that_displays_it(notebook: NewNotebook, way: str) -> None:
    """A whole conversation to its end; then one that never ends, until it is interrupted."""
    nb = notebook(cells=[CONVERSATION, ENDLESS])
    nb.run_cell(0)
    assert f"{FIVE}\nread along to the end\n" in nb.outputs_text(0)
    assert nb.py(NOBODY_WAITS)

    nb.run_cell(1, wait=False)
    nb.output(1).get_by_text("waiting after chatWindowOpen").wait_for()
    nb.interrupt()
    nb.wait_idle()
    (error,) = nb.errors()
    assert error.ename in ("CancelledError", "KeyboardInterrupt")
    assert_way(nb, way)
    assert nb.py("steps") < 500, "waiting half a second is a timer, not a loop that looks again"
    assert nb.py(NOBODY_WAITS)

    # Nothing is broken by it: another cell goes on waiting.
    cell = nb.add_and_run(
        "chat.visitor.minimise()\nprint((await chat.wait_for('chatWindowClosed')).type)"
    )
    assert nb.outputs_text(cell) == "chatWindowClosed\n"
    assert nb.py("[ticks, list(map(str, chat.errors))]") == [["chatWindowOpen"], []]
