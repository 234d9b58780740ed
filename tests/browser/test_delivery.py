"""What the outbox has stored is in the event log once, in order: bursts, busy kernels, overflow."""

from __future__ import annotations

from pathlib import Path

from .conftest import NewNotebook
from .harness import Vendor, eventually
from .harness.busy import busy_cell
from .harness.counting import complete, counted
from .harness.traffic import Traffic, most_in_a_second

MESSAGES_A_SECOND = 1_000
"""Beyond it jupyter_server drops messages to the browser, without a word."""

BATCH_BYTES = 600_000
"""A batch's half a million characters, with room for what is around the entries."""

#: A cell's code that keeps how long the log is, and that takes the widget's messages for it.
LOOK = "seen.append(len(chat.event_log))"
TAKE_MESSAGES = "chat.height += 1"


def test_a_burst_of_ten_thousand_in_one_second(notebook: NewNotebook, vendor: Vendor) -> None:
    counter = counted(notebook([]), vendor, "max_events=20_000")
    assert counter.chat.nb.py("chat.active_isolation") == "origin"
    traffic = Traffic(counter.nb.page)
    counter.stage().evaluate("testEvents.run(10_000, 10_000)")
    assert counter.settled() == complete(10_000)
    eventually(lambda: counter.told() == 10_001, message="all are acknowledged")

    # Large ones, too, go in messages of bounded size.
    counter.emit(40, more="{text: 'x'.repeat(60_000)}")
    assert counter.settled() == complete(10_040)
    assert sum(frame.size for frame in traffic.sent) > 40 * 60_000, "the traffic is seen"
    for frames in (traffic.sent, traffic.received):
        assert most_in_a_second(frames) < MESSAGES_A_SECOND
    assert max(frame.size for frame in traffic.sent) < BATCH_BYTES


def test_a_kernel_that_is_busy_in_a_cell(
    notebook: NewNotebook, vendor: Vendor, tmp_path: Path
) -> None:
    counter = counted(notebook([]), vendor)
    nb = counter.nb
    assert nb.py("chat.active_isolation") == "origin"
    nb.exec("seen = []")

    # The widget's messages are handled in another thread meanwhile.
    with busy_cell(nb, tmp_path, first=LOOK, last=LOOK):
        counter.stage().evaluate("testEvents.run(500, 1000)")
        eventually(lambda: counter.told() == 501, message="all are acknowledged")
    assert nb.py("seen") == [1, 501]

    # They wait for the cell's end.
    with busy_cell(nb, tmp_path, first=f"{TAKE_MESSAGES}\n{LOOK}", last=LOOK):
        counter.stage().evaluate("testEvents.run(500, 1000)")
        assert counter.told() == 501
    assert nb.py("seen") == [1, 501, 501, 501]
    assert counter.settled() == complete(1_000)


def test_more_than_the_outbox_holds_is_counted(
    notebook: NewNotebook, vendor: Vendor, tmp_path: Path
) -> None:
    counter = counted(notebook([]), vendor, "max_events=20_000")
    nb = counter.nb
    assert nb.py("chat.active_isolation") == "origin"
    with busy_cell(nb, tmp_path, first=TAKE_MESSAGES):
        counter.stage().evaluate("testEvents.run(10_300, 10_000)")
        assert counter.told() == 1
    nb.until("chat.event_log[-1].type == 'overflow'", timeout=30)
    assert nb.py("chat.event_log[-1].detail") == {"dropped": 300}
    assert [n for _, n in counter.logged()] == list(range(1, 10_001))

    # It is none the worse for it.
    counter.emit(10)
    nb.until("len(chat.event_log) == 10_012")
    assert [n for _, n in counter.logged()[10_000:]] == list(range(10_301, 10_311))
    assert nb.py("[event.type for event in chat.event_log].count('overflow')") == 1
