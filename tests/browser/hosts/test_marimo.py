"""marimo: widgets in shadow roots, reactive cells, and as many kernels as visitors in `run`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from ..conftest import NewPage
from ..harness import Vendor, eventually
from ..harness.chat import MAP_OUTSIDE, OUTSIDE
from . import tour
from .in_notebook import isolated_cells
from .marimo import Marimo, MarimoHost, Mode, Theme

Serve = Callable[..., Marimo]

MAKING = tour.simulated().rpartition("\n")[0]
#: How what a callback hears gets onto the page: a marimo state, which cells follow.
FOLLOWED = [
    "import marimo as mo",
    "status, set_status = mo.state(None)\nevents, set_events = mo.state(())",
    "chat.on_status(set_status)\n"
    "chat.on_event(lambda event: set_events(lambda seen: (*seen, event.type)))",
    "mo.md(f'heard {status()}: {\" \".join(events())}.')",
]


@pytest.fixture
def serve(hosts_python: Path, tmp_path: Path) -> Generator[Serve]:
    """Serves a notebook of these cells until the test's pages are closed."""
    with ExitStack() as running:

        def start(mode: Mode, cells: Iterable[str], theme: Theme = "light") -> Marimo:
            return running.enter_context(Marimo(hosts_python, tmp_path, mode, cells, theme))

        yield start


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("mode", ["edit", "run"])
def test_a_simulated_chat(serve: Serve, new_page: NewPage, mode: Mode, theme: Theme) -> None:
    server = serve(mode, [tour.SETUP, tour.simulated()], theme)
    # The frame's own colours follow the widget's only where no test has a word on them.
    host = server.open(new_page(color_scheme="null"))
    tour.displays(host)
    tour.tells_the_status(host)
    tour.tells_all_events(host)
    tour.takes_awaiting(host, "in marimo")
    tour.asks_python_about_numbers(host)
    host.do("chat.isolation = 'origin'")
    tour.displays(host, "origin")
    tour.asks_python_about_numbers(host)
    tour.is_readable(host, theme)
    dark = tour.stage(host).evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    assert dark == (theme == "dark")
    tour.closes(host)


@pytest.mark.parametrize("mode", ["edit", "run"])
def test_isolation_on_this_machine(
    serve: Serve, new_page: NewPage, vendor: Vendor, mode: Mode
) -> None:
    host = serve(mode, isolated_cells(vendor)).open(new_page())
    tour.has_its_own_origin(host, vendor, "auto")
    tour.has_its_own_origin(host, vendor, "own")


def test_isolation_under_another_name(serve: Serve, new_page: NewPage, vendor: Vendor) -> None:
    host = serve("run", isolated_cells(vendor), "dark").open(new_page(MAP_OUTSIDE), OUTSIDE)
    card = tour.view(host, "auto").locator(".owidget-card")
    expect(card).to_be_visible()
    tour.is_readable(host, "dark", "auto")
    tour.asks_first(host, vendor, "auto")
    tour.refuses_origin(host, "own")


def test_what_callbacks_hear_is_shown_through_a_state(serve: Serve, new_page: NewPage) -> None:
    shown = f"{MAKING}\nmo.ui.anywidget(chat)"
    host = serve("run", [FOLLOWED[0], tour.SETUP, shown, *FOLLOWED[1:]]).open(new_page())
    expect(host.page.get_by_text("heard 1: .")).to_be_visible()
    tour.tells_all_events(host)
    expect(host.page.get_by_text(f"heard 1: {' '.join(tour.FIVE)}.")).to_be_visible()
    tour.tells_the_status(host)


def test_a_diagnosis_names_marimo(serve: Serve, new_page: NewPage) -> None:
    host = serve("run", [tour.SETUP, tour.simulated()]).open(new_page())
    tour.displays(host)
    host.do("reports = []\nchat.diagnose(lambda report: reports.append(str(report)))")
    said = tour.until(host, "reports")[0]
    assert "marimo 0." in said
    assert "awaiting in a cell does not work in marimo" in said
    assert "subshell" not in said


def test_running_cells_again(serve: Serve, new_page: NewPage) -> None:
    making, showing = f"{MAKING}\nmade.append(chat)", "chat"
    server = serve("edit", [tour.SETUP, "made = []", making, showing])
    host = server.open(new_page())
    tour.displays(host)
    tour.stage(host).evaluate("() => { window.witness = true; }")
    host.do("heard.clear()")

    server.run_again(host, showing)  # the view stays, and the stage in it
    host.do("chat.visitor.open()")
    tour.until(host, "'chatWindowOpen' in heard")
    assert tour.stage(host).evaluate("() => window.witness")

    server.run_again(host, making)
    tour.until(host, "len(made) == 2 and chat.state == 'connected'")
    expect(tour.view(host)).to_have_count(1)
    assert host.frames() == 1
    # Nobody tells the first one that it has gone; it finds out when it wants to say something.
    tour.until(host, "made[0].state == 'closed'")
    assert host.ask("made[0].status_code is None and chat.state == 'connected'")
    tour.tells_all_events(host)


def test_a_reload_while_editing(serve: Serve, new_page: NewPage) -> None:
    server = serve("edit", [tour.SETUP, tour.simulated(settings="scope='same'")])
    host = server.open(new_page())
    tour.displays(host)
    tour.tells_all_events(host)
    before = listed(host)
    server.visit(host.page)
    tour.until(host, "chat.state == 'connected' and chat.event_log[-1].detail.get('code') == 1")
    tour.displays(host)
    eventually(lambda: listed(host)[: len(before)] == before, message="the events of before")
    assert len(listed(host)) == host.ask("chat.event_log.total")
    tour.tells_the_status(host)


def test_two_tabs_while_editing(serve: Serve, new_page: NewPage) -> None:
    server = serve("edit", [tour.SETUP, tour.simulated()])
    host = server.open(new_page())
    tour.displays(host)
    tab = MarimoHost(host.page.context.new_page(), host.box)
    server.visit(tab.page)
    taking = tour.view(tab).get_by_role("button", name="Run it here")
    expect(taking).to_be_visible()
    assert (host.frames(), tab.frames()) == (1, 0)
    taking.click()
    tour.displays(tab)
    expect(tour.view(host)).to_contain_text("another browser tab")
    assert host.frames() == 0
    tour.tells_all_events(tab)


def test_visitors_share_nothing(serve: Serve, new_page: NewPage) -> None:
    server = serve("run", [tour.SETUP, tour.simulated(settings="scope='same'")])
    one, two = [server.open(new_page()) for _ in range(2)]
    for host in (one, two):
        tour.displays(host)
    tour.tells_all_events(one)
    tour.tells_the_status(one)
    assert two.ask("[entry for entry in heard if isinstance(entry, str)]") == []
    tour.tells_all_events(two)


def test_two_views_and_a_row(serve: Serve, new_page: NewPage) -> None:
    row = "mo.hstack(['beside it', chat])"
    cells = ["import marimo as mo", tour.SETUP, tour.simulated(settings="height=200"), row]
    host = serve("run", cells).open(new_page())
    expect(tour.view(host)).to_have_count(2)
    tour.until(host, "chat.state == 'connected'")
    for view in tour.view(host).all():
        assert view.bounding_box()["width"] >= 320  # type: ignore[index]
    live = next(frame for frame in host.page.frames if frame.parent_frame)
    live.evaluate("() => { window.witness = true; }")
    tour.view(host).get_by_role("button", name="Bring it here").click()
    expect(tour.view(host).get_by_role("button", name="Bring it here")).to_have_count(1)
    # From one shadow root into another, without a fresh start.
    assert live.evaluate("() => window.witness")
    assert host.ask("chat.event_log.total") == 1


def test_a_panel_of_the_page(serve: Serve, new_page: NewPage) -> None:
    cell = tour.simulated(settings="placement='page', height=300")
    host = serve("run", [tour.SETUP, cell], "dark").open(new_page(color_scheme="null"))
    tour.until(host, "chat.state == 'connected'")
    panel = host.page.locator("body > .owidget-dock .owidget-panel")
    expect(panel.locator("iframe.owidget-frame")).to_be_visible()
    paper, ink = panel.evaluate(tour.SHADES)
    assert paper < 100 < ink
    host.do("chat.close()")
    expect(panel).to_have_count(0)


def listed(host: MarimoHost) -> list[Any]:
    """Return what a chat's list of events has, unfolding it."""
    fold = tour.view(host).locator("details", has=host.page.get_by_label("Event log"))
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold.locator("li").all_inner_texts()
