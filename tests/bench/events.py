"""A burst of events, from the page's first to Python's last, beside what one writes by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from tests.bench.contenders import (
    PAGE_APPENDS,
    PROBE,
    PYTHON_APPENDS,
    SENDS,
    Contender,
    the_log,
)
from tests.bench.result import Ratio, Row, Spread, times_less
from tests.bench.rig import Rig
from tests.bench.wire import Wire
from tests.browser.harness import Notebook, Vendor, eventually

ROUNDS = 5
OURS = 10_000
RIVALS = 1_000
#: Emitted before, so that nobody pays for what is done but once.
WARM_UP = 100

#: Each rival, and how many times less than it the log is to take per event, in wall time and in
#: kernel CPU. Of the two lists the mark is for the one that Python appends to: there alone does
#: an observer hear of each event, and no second page overwrites what the first one added.
WANTED: dict[Contender, float | None] = {SENDS: 40, PYTHON_APPENDS: 100, PAGE_APPENDS: None}

#: Nothing more is under way once the websocket was silent for so long; seconds.
SETTLED = 0.5
#: What has not come after a silence of so long is lost; seconds.
LOST = 8.0


@dataclass(frozen=True)
class Run:
    """What one burst of `count` events cost.

    Attributes:
        count: Events that were emitted.
        wall: From the first one in the page to the last one's arrival in Python; microseconds.
        cpu: What the kernel's process spent, until all was silent again; microseconds.
        sent: Bytes from the page to the kernel.
        received: Bytes from the kernel to the page.
        told: How often Python's function was called.
        lost: Events that never reached Python.
        unshown: Events that the page was to be told of in return, and was not.
    """

    count: int
    wall: float
    cpu: float
    sent: float
    received: float
    told: int
    lost: int
    unshown: int


def measure(rig: Rig) -> list[Row]:
    """Have each contender take its burst in turn, on a fresh page and kernel, several times.

    Raises:
        AssertionError: if the log lost an event, or had one twice or out of order.
    """
    rig.say(
        f"Events of a test's script, in one go: {OURS:,} to the log under origin isolation, "
        f"{RIVALS:,} to each rival, {ROUNDS} rounds"
    )
    with Vendor() as vendor:
        log = the_log(vendor)
        runs: dict[Contender, list[Run]] = {contender: [] for contender in (log, *WANTED)}
        for number in range(1, ROUNDS + 1):
            for contender, taken in runs.items():
                run = take(rig, contender, OURS if contender is log else RIVALS)
                assert not (contender is log and run.lost), f"the log lost {run.lost} events"
                taken.append(run)
                rig.say(
                    f"  {number}/{ROUNDS}  {contender.what:<28}{run.wall / run.count:7.0f} µs, "
                    f"of kernel CPU {run.cpu / run.count:6.1f} µs"
                )
    return [
        row
        for rival, least in WANTED.items()
        for row in compare(rival.what, runs[log], runs[rival], least)
    ]


def take(rig: Rig, contender: Contender, count: int) -> Run:
    """Display a contender on a fresh page and kernel, and have it take so many events."""
    context = rig.pool.new_context()
    page = context.new_page()
    wire = Wire(page)
    path = rig.lab.write("burst.ipynb", [contender.cell])
    all_here = path.with_suffix(".done")
    nb = Notebook(rig.lab, page, path.name).open()
    nb.exec(PROBE)
    nb.run_all()
    nb.until(contender.ready)

    def burst(first: int, count: int) -> float:
        all_here.unlink(missing_ok=True)
        nb.exec(f"probe.begin({count}, {str(all_here)!r})")
        wire.reset()
        begun = contender.burst(nb, first, count)
        # A file says it: to ask the kernel would cost it time, and the websocket bytes.
        eventually(lambda: all_here.exists() or wire.quiet_for(LOST), 120, "the last event")
        eventually(lambda: wire.quiet_for(SETTLED), 120, "silence on the websocket")
        return begun

    burst(0, WARM_UP)
    begun = burst(WARM_UP, count)
    sent, received = wire.sent, wire.received
    probed = nb.py("probe.report()")
    arrived = [number for number in nb.py(contender.numbers) if number >= WARM_UP]
    assert arrived == sorted(set(arrived)), f"{contender.what}: out of order, or one came twice"
    shown = page.evaluate(contender.shown) - WARM_UP if contender.shown else count
    context.close()
    rig.lab.shutdown_all()
    return Run(
        count=count,
        wall=1e6 * (probed["last"] - begun),
        cpu=1e6 * probed["cpu"],
        sent=sent,
        received=received,
        told=probed["told"],
        lost=count - len(arrived),
        unshown=count - shown,
    )


def compare(
    rival: str, ours: Sequence[Run], theirs: Sequence[Run], least: float | None
) -> list[Row]:
    """Return the rows for one rival; `least` is the mark for wall time and kernel CPU."""

    def row(what: str, cost: Callable[[Run], float], unit: str, least: float | None) -> Row:
        own, other = (
            Spread([cost(run) / run.count for run in runs], unit) for runs in (ours, theirs)
        )
        return Row(f"{rival}: {what} per event", own, other, times_less(own, other, least))

    lost = max(run.lost for run in ours)
    return [
        row("wall time", attrgetter("wall"), "µs", least),
        row("kernel CPU", attrgetter("cpu"), "µs", least),
        row("to the kernel", attrgetter("sent"), "bytes", None),
        row("from the kernel", attrgetter("received"), "bytes", None),
        Row(f"{rival}: lost", account(ours), account(theirs), Ratio("ours", lost, most=0)),
    ]


def account(runs: Sequence[Run]) -> str:
    """Return what became of a contender's events, at its worst."""
    lost, told = max(run.lost for run in runs), max(run.told for run in runs)
    text = f"{lost:,} of {runs[0].count:,}, heard in {told:,} calls"
    unshown = max(run.unshown for run in runs)
    return f"{text}, {unshown:,} not shown" if unshown else text
