"""What the outbox has stored is in the event log once, in order: bursts, busy kernels, overflow."""

from __future__ import annotations

from pathlib import Path

from .conftest import NewNotebook
from .harness import Vendor, eventually
from .harness.busy import TAKE_MESSAGES, busy_cell
from .harness.counting import complete, counted
from .harness.traffic import Traffic, most_in_a_second

MESSAGES_A_SECOND = 1_000
"""Beyond it jupyter_server drops messages to the browser, without a word."""

BATCH_BYTES = 600_000
"""A batch's half a million characters, with room for what is around the entries."""

LOOK = "seen.append(len(chat.event_log))"
"""A cell's code that keeps how long the log is."""


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
    assert sum(frame.size for frame in traffic.sent) > 40 * 60_000, "it is seen what is sent"
    assert max(frame.size for frame in traffic.received) > 100_000, "and what the log has, too"
    for frames in (traffic.sent, traffic.received):
        assert most_in_a_second(frames) < MESSAGES_A_SECOND
    assert max(frame.size for frame in traffic.sent) < BATCH_BYTES


def test_a_kernel_that_is_busy_in_a_cell(
    notebook: NewNotebook, vendor: Vendor, tmp_path: Path
) -> None:
    """While it handles messages, while they wait, and until there are more than find room."""
    counter = counted(notebook([]), vendor, "max_events=20_000")
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

    # Ten thousand may wait; the others are counted.
    with busy_cell(nb, tmp_path, first=TAKE_MESSAGES):
        counter.stage().evaluate("testEvents.run(10_300, 10_000)")
        assert counter.told() == 1_001
    counter.chat.until("chat.event_log[-1].type == 'overflow'", timeout=30)
    assert nb.py("chat.event_log[-1].detail") == {"dropped": 300}
    assert [n for _, n in counter.logged()] == list(range(1, 11_001))
    counter.emit(10)
    counter.chat.until("len(chat.event_log) == 11_012")
    assert [n for _, n in counter.logged()[11_000:]] == list(range(11_301, 11_311))
    assert nb.py("[event.type for event in chat.event_log].count('overflow')") == 1
