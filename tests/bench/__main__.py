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

from tests.bench.display import Timing, time_displays
from tests.browser.harness import BrowserPool, Lab


def main() -> None:
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        Lab(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        pool = BrowserPool(playwright)
        show(time_displays(lab, pool.new_context().new_page()))
        pool.close()


def show(timing: Timing) -> None:
    counter, chat = timing.counter_ms, timing.chat_ms
    ratio = statistics.median(chat) / statistics.median(counter)
    print(f"\nrun → visible, ms, {len(chat)} runs each      median    least     most")
    for name, times in (("bare anywidget counter", counter), ("connected on the simulator", chat)):
        print(f"  {name:<32}{statistics.median(times):10.0f}{min(times):9.0f}{max(times):9.0f}")
    print(f"  the first one on a page, with the parts that are fetched once: {timing.first_ms:.0f}")
    verdict = "reached" if ratio <= timing.MARK else "NOT reached"
    print(f"  ratio of medians {ratio:.2f}; the mark of at most {timing.MARK:g} is {verdict}")


if __name__ == "__main__":
    main()
