"""`make bench`: how fast it is beside what one would otherwise write, rivals alternating.

Ratios of medians from one run are the result; the times beside them only say on what machine.
"""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.display import Timing, time_first_displays, time_later_displays
from tests.browser.harness import BrowserPool, Lab

#: Most times what a bare counter takes, for the chat to be connected.
MARK = 2.0


def main() -> None:
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    print("From running the display cell; ms                      median    least     most")
    with (
        tempfile.TemporaryDirectory() as folder,
        Lab(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        pool = BrowserPool(playwright)
        show(time_first_displays(lab, pool))
        show(time_later_displays(lab, pool))
        pool.close()


def show(timing: Timing) -> None:
    print(f"{timing.what}, {len(timing.chat)} runs each")
    rows = {
        "bare anywidget counter, visible": timing.counter,
        **timing.floors,
        "chat on the simulator, connected": timing.chat,
    }
    for name, times in rows.items():
        median, least, most = statistics.median(times), min(times), max(times)
        print(f"  {name:<50}{median:9.0f}{least:9.0f}{most:9.0f}")
    ratio = statistics.median(timing.chat) / statistics.median(timing.counter)
    verdict = "reached" if ratio <= MARK else "not reached"
    print(f"  chat to counter, ratio of medians {ratio:.2f}; at most {MARK:g}: {verdict}")


if __name__ == "__main__":
    main()
