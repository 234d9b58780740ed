"""JupyterHub below a base URL: two people at once, each with a JupyterLab of their own."""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import BrowserContext, Page

from ..conftest import NewPage
from ..harness import PageErrors, Vendor, eventually
from ..harness.chat import MAP_OUTSIDE, OUTSIDE
from . import tour
from .hub import Hub
from .in_notebook import NotebookHost, isolated_cells
from .server import status

#: What a page can ask of another origin's address, and gets to see of the answer.
ASK = """async address => {
  try {
    const answer = await fetch(address, { cache: 'no-store' });
    return [answer.status, await answer.text()];
  } catch (error) {
    return error.name;
  }
}"""


@pytest.fixture(scope="module")
def hub(hosts_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Hub]:
    """One hub for all tests; its users log in once for each page."""
    with Hub(hosts_python, tmp_path_factory.mktemp("hub")) as server:
        yield server


class LogIn(Protocol):
    """Logs somebody in."""

    def __call__(
        self,
        name: str,
        cells: list[str],
        *browser_args: str,
        at: str = "127.0.0.1",
        page: Page | None = None,
    ) -> NotebookHost:
        """Do so in a browser context of their own, or on this page; run a notebook of theirs."""


@pytest.fixture
def log_in(hub: Hub, new_page: NewPage) -> Generator[LogIn]:
    """Logs people in, and out again after the test: their servers and kernels go then."""
    left: list[tuple[BrowserContext, str]] = []

    def person(
        name: str,
        cells: list[str],
        *browser_args: str,
        at: str = "127.0.0.1",
        page: Page | None = None,
    ) -> NotebookHost:
        user, page = hub.user(name), page or new_page(*browser_args)
        user.write("chat.ipynb", cells)
        user.log_in(page, at)
        left.append((page.context, at))
        nb = user.open(page, "chat.ipynb", at)
        nb.run_all()
        return NotebookHost(nb)

    yield person
    for context, at in left:
        for page in context.pages:
            page.close()
        context.new_page().goto(hub.url_on(at, "hub/logout"))
    eventually(lambda: not hub.kernels(), message="the servers have ended with their kernels")


def test_two_people_at_once_share_nothing(hub: Hub, log_in: LogIn) -> None:
    cells = [tour.SETUP, tour.simulated(settings="scope='same'")]
    alice = log_in("alice", cells)
    bob = log_in("bob", cells)
    for host in (alice, bob):
        tour.displays(host)
        assert host.page.url.startswith(hub.url_on("127.0.0.1", "user/"))
    tour.tells_all_events(alice)
    tour.tells_the_status(alice)
    assert bob.ask("[entry for entry in heard if isinstance(entry, str)]") == []
    assert bob.ask("chat.status_code") == 1
    tour.tells_all_events(bob)
    for host in (alice, bob):
        tour.takes_awaiting(host)
        tour.asks_python_about_numbers(host)
    tour.closes(alice)
    tour.tells_the_status(bob)
    tour.is_readable(bob, "light")
    bob.nb.set_theme("JupyterLab Dark")
    tour.is_readable(bob, "dark")
    tour.closes(bob)


def test_isolation_on_the_hubs_machine(
    log_in: LogIn, vendor: Vendor, page_errors: PageErrors
) -> None:
    """Page and kernels are on loopback: an origin for each, and no way to the other's."""
    cells = isolated_cells(vendor)
    alice = log_in("alice", cells)
    bob = log_in("bob", cells)
    for host in (alice, bob):
        tour.has_its_own_origin(host, vendor, "auto")
        tour.has_its_own_origin(host, vendor, "own")
    hers, his = (tour.stage(host, "auto") for host in (alice, bob))
    address = hers.url
    assert address.split("/")[2] != his.url.split("/")[2], "each kernel has a server of its own"
    # With the token in its path it answers, without it nobody, and a page of Bob's least of all.
    root = address[: address.index("/", len("http://"))]
    assert status(address) == 200
    assert [status(f"{root}{path}") for path in ("/", "/stage", "/probe")] == [404, 404, 404]
    page_errors.allow(f"{re.escape(root)}/probe", "the browser shows him no answer")
    assert [asker.evaluate(ASK, f"{root}/probe") for asker in (bob.page, his)] == ["TypeError"] * 2
    # What a script keeps belongs to its port.
    hers.evaluate("() => localStorage.setItem('whose', 'alice')")
    assert his.evaluate("() => localStorage.getItem('whose')") is None


def test_isolation_on_a_hub_elsewhere(log_in: LogIn, vendor: Vendor) -> None:
    """By a name that is no loopback one and without TLS: no secure context; a card asks."""
    cells = [*isolated_cells(vendor), tour.SETUP, tour.simulated()]
    carol = log_in("carol", cells, MAP_OUTSIDE, at=OUTSIDE)
    assert carol.page.evaluate("() => isSecureContext") is False
    tour.asks_first(carol, vendor, "auto")
    tour.refuses_origin(carol, "own")
    tour.displays(carol)
    tour.tells_the_status(carol)
    tour.tells_all_events(carol)
    tour.takes_awaiting(carol)
    tour.asks_python_about_numbers(carol)
    tour.closes(carol)


def test_who_logs_in_next_in_a_tab_finds_nothing_of_who_was_there(
    hub: Hub, log_in: LogIn, vendor: Vendor
) -> None:
    """Neither what a script stored, nor what was chosen on the card."""
    cells = isolated_cells(vendor)[:2]
    dora = log_in("dora", cells, MAP_OUTSIDE, at=OUTSIDE)
    tour.asks_first(dora, vendor, "auto")
    tour.stage(dora, "auto").evaluate("() => localStorage.setItem('whose', 'it is dora')")
    kept = "() => Object.values(sessionStorage).some(text => text.includes('it is dora'))"
    eventually(lambda: dora.page.evaluate(kept))
    # It outlives a reload of hers, the choice as well.
    dora.nb.reload()
    dora.nb.run_all()
    tour.until(dora, "auto.state == 'connected' and auto.active_isolation == 'opaque'")
    whose = "() => localStorage.getItem('whose')"
    assert tour.stage(dora, "auto").evaluate(whose) == "it is dora"

    dora.nb.save()
    dora.page.goto("about:blank")  # JupyterLab would complain of its server's end
    dora.page.goto(hub.url_on(OUTSIDE, "hub/logout"))
    eve = log_in("eve", cells, at=OUTSIDE, page=dora.page)
    tour.asks_first(eve, vendor, "auto")
    assert tour.stage(eve, "auto").evaluate(whose) is None
