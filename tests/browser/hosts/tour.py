"""What a chat has to do in every notebook host, whoever displays it and however Python is reached.

A host's test writes a notebook (or an app) of the cells below, opens it, and takes the steps in
this order; `close` comes last. Each chat is found by its preset, which the status bar shows.
"""

from __future__ import annotations

from typing import Any, Literal, Protocol

from playwright.sync_api import Frame, Locator, Page, expect

from ..harness import Vendor, eventually, recorder
from ..harness.callback import CallBackForm
from ..harness.chat import COMPANY, FIVE
from ..harness.chat_window import window_part
from ..harness.readable import CONTRASTS, OVERHANGS

#: What a host without a loopback page says, as the card's reason.
NOT_LOCAL = "this page is not opened on the kernel's own machine"

#: Of the vendor's own, as far as the tests are concerned: it is not the simulator.
VENDOR_SCRIPT = recorder(on_connect="status(1);")

SETUP = """\
from owidget_jupyter import OWidget
heard, asked = [], []

def normalize(number):
    asked.append(number)
    return "+1 " + number if len(number) == 11 else None
"""

_SIMULATED = """\
{name} = OWidget.simulated(preset="tour-{name}", {settings})
{name}.on_event(lambda event: heard.append(event.type))
{name}.on_status(heard.append)
{name}.set_custom_number_normalization(normalize)
{name}"""

_VENDORED = """\
{name} = OWidget({company!r}, host={host!r}, preset="tour-{name}", {settings})
{name}"""

#: How light an element's paper and ink are, 0 to 255.
SHADES = """root => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  return ['backgroundColor', 'color'].map(name => {
    canvas.fillStyle = getComputedStyle(root)[name];
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });
}"""


class Host(Protocol):
    """A page of a notebook host, and the Python behind it."""

    page: Page

    def ask(self, expression: str) -> Any:
        """Return an expression's value, which JSON has to be able to hold, from the kernel."""

    def do(self, code: str) -> None:
        """Run statements in the kernel, and return when they have run."""


def simulated(name: str = "chat", settings: str = "") -> str:
    """Return a cell's source that displays a simulated chat; `SETUP` has to come before."""
    return _SIMULATED.format(name=name, settings=settings)


def vendored(name: str, vendor: Vendor, settings: str = "") -> str:
    """Return a cell's source that displays a chat whose script is `vendor`'s."""
    return _VENDORED.format(name=name, company=COMPANY, host=vendor.host, settings=settings)


# -- finding ------------------------------------------------------------------------------------


def view(host: Host, name: str = "chat") -> Locator:
    """Locate the one display of a chat, inside open shadow roots as well."""
    return host.page.locator(".owidget").filter(has_text=f"tour-{name}")


def stage(host: Host, name: str = "chat") -> Frame:
    """Return the live stage's frame in a chat's view."""
    handle = view(host, name).locator("iframe.owidget-frame").element_handle()
    frame = handle.content_frame()
    assert frame is not None, "the stage's iframe has no document"
    return frame


def until(host: Host, expression: str, timeout: float = 30) -> Any:
    """Wait until an expression is true in the kernel."""
    return eventually(lambda: host.ask(expression), timeout, expression)


def says(host: Host, word: str, name: str = "chat") -> None:
    """Wait until a chat's status bar has this word."""
    expect(view(host, name).locator(".owidget-bar")).to_contain_text(word)


# -- the steps ----------------------------------------------------------------------------------


def displays(
    host: Host, isolation: Literal["origin", "opaque", "none"] = "opaque", name: str = "chat"
) -> None:
    """The frame is there, its script runs, and page and kernel say the same of it."""
    expect(view(host, name).locator("iframe.owidget-frame")).to_be_visible()
    says(host, "connected", name)
    assert until(host, f"{name}.state == 'connected' and {name}.active_isolation") == isolation
    expect(stage(host, name).locator("[data-part=button]")).to_be_visible()
    assert view(host, name).evaluate(OVERHANGS) == []


def tells_the_status(host: Host, name: str = "chat") -> None:
    """What the operator says of himself reaches the bar and Python's callback."""
    for status, code in (("busy", 2), ("online", 1)):
        host.do(f"heard.clear()\n{name}.operator.status = {status!r}")
        says(host, status, name)
        assert until(host, "heard") == [code]
        assert host.ask(f"{name}.status_code") == code


def tells_all_events(host: Host, name: str = "chat") -> None:
    """A person's clicks are events, in the list and in Python, each once and in order."""
    host.do("heard.clear()")
    frame = stage(host, name)
    frame.locator("[data-part=button]").click()
    window_part(frame, "start").click()
    until(host, "'chatSessionCreated' in heard")
    host.do(f"{name}.operator.accept()\n{name}.operator.say('Good morning')")
    expect(window_part(frame, "log")).to_contain_text("Good morning")
    window_part(frame, "end").click()
    window_part(frame, "close").click()
    until(host, "'chatWindowClosed' in heard")
    assert host.ask("[entry for entry in heard if isinstance(entry, str)]") == FIVE
    events = view(host, name).locator("details", has=host.page.get_by_label("Event log"))
    if events.get_attribute("open") is None:
        events.locator("summary").click()
    listed = events.locator("li", has_text="chat")
    expect(listed).to_have_count(len(FIVE))
    assert [entry for text in listed.all_inner_texts() for entry in FIVE if entry in text] == FIVE
    assert host.ask(f"list(map(str, {name}.errors))") == []


def takes_awaiting(host: Host, refusal: str | None = None, name: str = "chat") -> None:
    """Awaiting works in a cell, or is refused at once, with the reason and what does work."""
    if refusal is None:
        host.do(f"await {name}.ready(timeout=10)")
        return
    host.do(
        f"try:\n    refused = {name}.ready()\n"
        "except RuntimeError as error:\n    refused = str(error)"
    )
    said = host.ask("str(refused)")
    assert refusal in said
    assert "chat.on_event()" in said, "the callback way is named"


def asks_python_about_numbers(host: Host, name: str = "chat") -> None:
    """A number that a person types is the Python function's to accept, change and refuse."""
    form = CallBackForm(stage(host, name)).open()
    # Where it is asked ahead, the first answer may come too late; from then on it is there.
    number = "601 947 000"
    eventually(lambda: form.enter(number, delay=60) == f"+1 {number}", message="its answer")
    eventually(lambda: form.enter("601", delay=60) is None, message="its refusal")
    assert number in host.ask("asked")
    form.part("close").click()
    host.do(f"{name}.errors.clear()")


def is_readable(host: Host, theme: Literal["light", "dark"], name: str = "chat") -> None:
    """It is as light or dark as the host is said to be, and every text has contrast."""

    def fits() -> bool:
        paper, ink = view(host, name).evaluate(SHADES)
        return bool(paper > ink) == (theme == "light")

    eventually(fits, message=f"the widget is {theme}")
    assert view(host, name).evaluate(CONTRASTS) == []


def has_its_own_origin(host: Host, vendor: Vendor, name: str) -> None:
    """A vendor's script, run with `isolation` "auto" or "origin", has an origin to itself."""
    assert until(host, f"{name}.state == 'connected' and {name}.active_isolation") == "origin"
    assert host.ask(f"{name}.isolation_reason")
    says(host, "online", name)
    frame = stage(host, name)
    page_origin = host.page.evaluate("() => location.origin")
    assert frame.evaluate("() => location.origin") not in (page_origin, "null")
    assert frame.evaluate("() => { localStorage.setItem('kept', '1'); return localStorage.kept; }")
    assert vendor.requests


def asks_first(host: Host, vendor: Vendor, name: str, reason: str = NOT_LOCAL) -> None:
    """With `isolation="auto"` a card asks, with the reason, and "isolated" then runs."""
    until(host, f"{name}.state == 'asking'")
    before = len(vendor.requests)
    card = view(host, name).locator(".owidget-card")
    expect(card).to_be_visible()
    card.locator("summary").click()
    expect(card).to_contain_text(reason)
    assert len(vendor.requests) == before, "nothing is contacted before the answer"
    card.get_by_role("button", name="Open isolated").click()
    assert until(host, f"{name}.state == 'connected' and {name}.active_isolation") == "opaque"
    says(host, "online", name)
    assert len(vendor.requests) > before


def refuses_origin(host: Host, name: str, reason: str = NOT_LOCAL) -> None:
    """With `isolation="origin"`, where it cannot be had, nothing else is run in its place."""
    until(host, f"{name}.state == 'failed'")
    assert host.ask(f"{name}.error.code") == "stage_unreachable"
    says(host, "failed", name)
    expect(view(host, name).get_by_role("alert")).to_contain_text(reason)
    expect(view(host, name).locator("iframe.owidget-frame")).to_have_count(0)


def closes(host: Host, name: str = "chat") -> None:
    """Nothing is left of it in the page, and Python knows."""
    view(host, name).evaluate("() => 1")  # there until now
    host.do(f"{name}.close()")
    expect(view(host, name).locator("iframe.owidget-frame")).to_have_count(0)
    assert host.ask(f"[{name}.state, {name}.status_code]") == ["closed", None]
