"""A Python function answers the vendor's synchronous request for a phone number."""

from __future__ import annotations

from .conftest import NewNotebook
from .harness import Vendor, eventually, recorder
from .harness.chat import COMPANY

NUMBER = "777 123 456"
ASK = "number => vendorTest.normalize(number)"

CELL = """
import threading
from owidget_jupyter import OWidget

asked_in = []

def normalize(number):
    asked_in.append(threading.current_thread() is threading.main_thread())
    if number == "raise":
        raise ValueError(f"what is {{number}}?")
    if number == "wrong type":
        return 42
    if number == "wrong text":
        return "abc"
    if number == "for ever":
        go_on.wait()
    return "+420 " + number if number[0] == "7" else None

go_on = threading.Event()
chat = OWidget("{company}", host="{host}", isolation="{isolation}")
chat.set_custom_number_normalization(normalize)
chat
"""
BUSY = """
print("busy")
import time
until = time.monotonic() + 60
while not enough.is_set() and time.monotonic() < until:
    sum(range(1000))
"""


def test_a_function_answers_under_origin_isolation_also_while_a_cell_is_busy(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    vendor.script = recorder(on_connect="status(1);")
    cell = CELL.format(company=COMPANY, host=vendor.host, isolation="origin")
    nb = notebook(cells=[cell, BUSY])
    nb.run_cell(0)
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == "origin"
    stage = nb.stage()

    assert stage.evaluate(ASK, NUMBER) == "+420 777 123 456"
    assert stage.evaluate(ASK, "123") is None
    assert nb.py("asked_in") == [False, False]
    assert nb.py("list(map(str, chat.errors))") == []

    # A cell computes in the main thread; a visitor does not wait for it.
    nb.exec("enough = threading.Event()\nbefore = len(asked_in)")
    nb.run_cell(1, wait=False)
    nb.output(1).get_by_text("busy").wait_for()
    assert [stage.evaluate(ASK, NUMBER) for _ in range(10)] == ["+420 777 123 456"] * 10
    assert nb.cell(1).locator(".jp-InputPrompt").inner_text().strip() == "[*]:"
    nb.interrupt()
    nb.wait_idle()

    # What cannot be an answer is none, and is said; the number is not repeated.
    for number, message in (
        ("raise", "ValueError"),
        ("wrong type", "type int"),
        ("wrong text", "international format"),
        ("for ever", "took longer than 2 s"),
        (NUMBER, "suspended until the call that overran"),
    ):
        assert stage.evaluate(ASK, number) is None
        assert message in nb.py("chat.errors[-1].message")
    nb.exec("go_on.set()")
    eventually(
        lambda: stage.evaluate(ASK, NUMBER) == "+420 777 123 456",
        message="the function answers again once the call that overran is back",
    )
    assert NUMBER not in nb.py("str(list(chat.errors)) + str(chat.get_state()) + repr(chat)")
    assert NUMBER not in nb.py("str([event.detail for event in chat.event_log])")


def test_a_function_is_refused_where_it_could_not_be_asked(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    vendor.script = recorder(on_connect="status(1);")
    cell = CELL.format(company=COMPANY, host=vendor.host, isolation="opaque")
    nb = notebook(cells=[cell])
    nb.run_all(check=False)
    (error,) = nb.errors()
    assert error.ename == "NotImplementedError"
    assert "isolation='origin'" in error.evalue
    nb.add_and_run("chat")
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == "opaque"
    assert vendor.calls_of("setCustomNumberNormalization") == []
