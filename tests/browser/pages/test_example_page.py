"""The page that the simulator's host has for a start."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from owidget_jupyter.simulator.scenario import Scenario
from tests.simulator_host import SimulatorHost
from tests.website import Site

from .conftest import Visit

HOSTILE = "</script><img src=x onerror=alert(1)>'\\"


@pytest.fixture(scope="module")
def lively() -> Generator[SimulatorHost]:
    """A host whose time goes by itself, quickly."""
    with SimulatorHost("--speed", "20") as host:
        yield host


@pytest.fixture
def example(visit: Callable[..., Visit], lively: SimulatorHost) -> Generator[Visit]:
    """A visit at the example page; it makes no request to any other host, and no error."""
    visited = visit()
    visited.page.goto(f"http://{lively.authority}/")
    yield visited
    assert visited.hosts == {lively.authority}
    assert (visited.exceptions, visited.errors, visited.warnings) == ([], [], [])


def test_it_shows_what_the_page_hears(example: Visit) -> None:
    page = example.page
    expect(page.get_by_text("This is a simulator.")).to_be_visible()
    expect(page.locator("#widgets")).to_contain_text("1 – online")
    page.get_by_role("button", name="openChat(true)").click()
    log = page.get_by_role("log", name="Events")
    for heard in ("status 1", "chatWindowOpen", "chatSessionCreated", "chatSessionStarted"):
        expect(log).to_contain_text(heard)


def test_a_visitor_with_a_keyboard(example: Visit) -> None:
    """From the button to a conversation that outlives a reload, and back to the button."""
    page, keyboard = example.page, example.page.keyboard
    log = page.get_by_role("log", name="Events")
    button = page.locator("[data-part=button]")
    chat = page.frame_locator("iframe[name=onopChatIframe]")
    button.press("Enter")
    expect(chat.get_by_label("Your name")).to_be_focused()
    keyboard.type("Guest")
    keyboard.press("Enter")
    expect(chat.get_by_text("Hello, how can I help you?")).to_be_visible()
    expect(chat.get_by_role("textbox", name="Write a message")).to_be_focused()
    keyboard.type("Is anybody there?")
    keyboard.press("Enter")
    expect(chat.get_by_text("I see. Could you tell me a little more?")).to_be_visible()
    expect(log).to_contain_text("chatSessionStarted")

    page.reload()
    expect(chat.get_by_text("Is anybody there?")).to_be_visible()
    expect(log).not_to_contain_text("chatSessionCreated")
    chat.get_by_role("button", name="End chat").press("Enter")
    expect(log).to_contain_text("chatSessionEnded")
    expect(chat.get_by_role("button", name="Start a new chat")).to_be_focused()
    keyboard.press("Escape")
    expect(log).to_contain_text("chatWindowClosed")
    expect(button).to_be_focused()


def test_everything_can_be_chosen(example: Visit) -> None:
    page = example.page
    cards = page.locator("#plays a")
    expect(cards).to_have_count(len(Scenario.names()))
    expect(page.locator("#plays a[aria-current]")).to_contain_text(Scenario.load().title)
    page.get_by_label("Preset").select_option("sales")
    page.get_by_label("Language").select_option("cs")
    page.get_by_label("Scope").fill("shop & co")
    page.get_by_label("A second widget").select_option("support")
    page.get_by_role("button", name="Open the page so").click()
    expect(page.locator("#widgets dd")).to_have_text(["1 – online", "1 – online"])
    expect(page.locator("[data-part=button]")).to_have_count(2)
    cards.filter(has_text=Scenario.load("offline-form").title).click()
    expect(page.locator("#widgets dd")).to_have_text(["0 – offline", "0 – offline"])
    expect(page.locator("#plays a[aria-current]")).to_contain_text("Offline")
    expect(page.get_by_label("Scope")).to_have_value("shop & co")
    assert page.locator("#snippet").inner_text().count("'sales', 'cs', 'shop \\u0026 co'") == 1


def test_an_unsupported_browser_is_said_to_be(
    visit: Callable[..., Visit], lively: SimulatorHost
) -> None:
    visited = visit()
    visited.page.goto(f"http://{lively.authority}/?scenario=unsupported")
    expect(visited.page.locator("#widgets")).to_contain_text("this browser is not supported")


def test_an_unknown_scenario_is_said_to_be(
    visit: Callable[..., Visit], lively: SimulatorHost
) -> None:
    visited = visit()
    visited.page.goto(f"http://{lively.authority}/?scenario=hapy")
    expect(visited.page.locator("#widgets")).to_contain_text("there is no such scenario")


def test_what_an_address_brings_stays_text(
    visit: Callable[..., Visit], lively: SimulatorHost
) -> None:
    visited = visit()
    visited.page.goto(f"http://{lively.authority}/")
    query = {"preset": HOSTILE, "language": HOSTILE, "scope": HOSTILE, "second": HOSTILE}
    address = visited.page.evaluate("query => '/?' + new URLSearchParams(query)", query)
    visited.page.goto(f"http://{lively.authority}{address}")
    expect(visited.page.locator("#widgets dd")).to_have_text(["1 – online", "1 – online"])
    expect(visited.page.get_by_label("Preset")).to_have_value(HOSTILE)
    assert visited.page.locator("img[src=x]").count() == 0
    assert visited.exceptions == []
    assert visited.hosts == {lively.authority}


def test_its_snippet_works_on_another_page(
    visit: Callable[..., Visit], lively: SimulatorHost, tmp_path: Path
) -> None:
    """Pasted as it is, also with a scope that could end it."""
    visited = visit()
    visited.page.goto(f"http://{lively.authority}/")
    address = visited.page.evaluate("scope => '/?' + new URLSearchParams({ scope })", HOSTILE)
    visited.page.goto(f"http://{lively.authority}{address}")
    snippet = visited.page.locator("#snippet").inner_text()
    assert re.search(rf"scr\.src = '//{lively.authority}/widget/OOWidget\.js';", snippet)
    (tmp_path / "shop.html").write_text(f"<!doctype html><body>{snippet}</body>", "utf-8")
    with Site(tmp_path, {}) as shop:
        elsewhere = visit()
        elsewhere.page.goto(f"http://{shop.authority}/shop.html")
        expect(elsewhere.page.locator("[data-part=button]")).to_be_visible()
        assert elsewhere.hosts == {shop.authority, lively.authority}
    assert (elsewhere.exceptions, elsewhere.warnings) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_it_fits(
    visit: Callable[..., Visit], lively: SimulatorHost, width: int, scheme: str
) -> None:
    visited = visit(viewport={"width": width, "height": 800}, color_scheme=scheme)
    visited.page.goto(f"http://{lively.authority}/?second=sales")
    expect(visited.page.locator("#widgets dd")).to_have_text(["1 – online", "1 – online"])
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        visited.page.evaluate("getComputedStyle(document.body).backgroundColor")
        == {
            "light": "rgb(244, 246, 250)",
            "dark": "rgb(20, 23, 30)",
        }[scheme]
    )
