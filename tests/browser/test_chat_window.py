"""The simulator's button and its chat window, a frame, on a page with rules of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest
from playwright.sync_api import Frame, Locator, Page, Route, expect

from owidget_jupyter.simulator.scenario import Scenario
from owidget_jupyter.simulator.script import script_with

from .harness import BrowserPool, PageErrors
from .harness.chat import COMPANY
from .harness.chat_window import CHAT_WINDOW, window_part
from .harness.readable import CONTRASTS, OVERHANGS

#: The page's own looks, which are to stop at the simulator's.
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
<style>
  iframe { width: 50px !important; opacity: 0.2 !important; transform: rotate(9deg); }
  button, div { background: red !important; font-size: 40px !important; }
</style><body><h1>A page</h1>"""
#: Inserts the script once for each list of arguments of `init`, as a page does.
INSERT = """async ([source, widgets]) => {
  window.controls = [];
  for (const args of widgets) {
    const script = document.createElement('script');
    script.textContent = source;
    await new Promise((connected) => {
      script.$owidgetOnLoad = (owidget) => {
        owidget.setConnectionUpdateCallback(connected);
        owidget.init(...args);
        owidget.connectToServer();
      };
      document.head.append(script);
      controls.push(window[Symbol.for('owidget_jupyter.simulator')]);
    });
  }
}"""
SCENARIO = """
title = "A test's"
[queue]
ahead = 1
each = 1.0
[operator]
name = "Eva"
accepts_after = 1.0
thinks = 1.0
types = 1.0
"""

Box = dict[str, float]


class Website:
    """A plain page with the simulator on it, whose time stands but for steps."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def stage(self) -> Frame:
        """The page's document, which is the stage of a chat here."""
        return self.page.main_frame

    @property
    def buttons(self) -> Locator:
        """Locate the buttons of all widgets."""
        return self.page.locator("[data-part=button]")

    def part(self, name: str) -> Locator:
        """Locate a control or a text in the only window."""
        return window_part(self.stage, name)

    def act(self, side: str, action: str, *args: object, widget: int = 0) -> Any:
        """Have one side of a chat do something, or the clock."""
        act = "([widget, side, action, args]) => controls[widget].act(side, action, args)"
        return self.page.evaluate(act, [widget, side, action, list(args)])


@pytest.fixture
def website(browsers: BrowserPool) -> Generator[Callable[..., Website]]:
    """Opens the page with widgets by their arguments of `init`; nothing is complained about."""
    contexts = []
    errors = PageErrors()
    script = script_with(Scenario.from_toml(SCENARIO), 0)

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html; charset=utf-8", body=PAGE)

    def begin(*widgets: list[str | None], **options: object) -> Website:
        context = browsers.new_context(**options)
        contexts.append(context)
        errors.watch(context)
        page = context.new_page()
        page.route("http://website.test/", answer)
        page.goto("http://website.test/")
        page.evaluate(INSERT, [script, list(widgets or [[COMPANY]])])
        return Website(page)

    yield begin
    for context in contexts:
        context.close()
    errors.check()


def readable(site: Website) -> None:
    """Every word on the button and in the window can be read, and nothing is cut off."""
    site.page.evaluate("Promise.all(document.getAnimations().map((it) => it.finished))")
    root = site.buttons.evaluate_handle("button => button.getRootNode().host.shadowRoot")
    assert site.page.evaluate(CONTRASTS, root) == []
    window = site.part("window")
    assert window.evaluate(CONTRASTS) == []
    assert window.evaluate(OVERHANGS) == []


@pytest.mark.parametrize("preset", [None, "sales", "support"])
@pytest.mark.parametrize(("scheme", "width", "height"), [("light", 320, 420), ("dark", 1000, 700)])
def test_every_screen_is_readable(
    website: Callable[..., Website], preset: str | None, scheme: str, width: int, height: int
) -> None:
    size = {"width": width, "height": height}
    site = website([COMPANY, preset, "de"], viewport=size, color_scheme=scheme)
    site.act("visitor", "open")
    readable(site)
    site.act("visitor", "join", "av" if preset == "sales" else "chat")
    expect(site.part("notice")).to_contain_text("Warteschlange: 2")
    readable(site)
    site.act("clock", "step", 2500)
    expect(site.part("typing")).to_have_text("Eva schreibt …")
    readable(site)
    site.act("clock", "step", 5000)
    site.act("visitor", "type", "Ein längerer Satz, der mehr als eine Zeile braucht, und mehr.")
    expect(site.part("message")).to_have_count(2)
    readable(site)
    site.part("end").click()
    expect(site.part("start")).to_be_visible()
    readable(site)
    site.part("close").click()
    for status in (2, 0):
        site.act("operator", "status", status)
        site.act("visitor", "open")
        readable(site)
        if preset != "support":
            assert site.act("visitor", "callBack", "777", True) is False
            readable(site)
            site.part("back").click()
        site.act("visitor", "minimise")


def test_what_is_pressed_is_large_enough_and_hostile_words_stay_inside(
    website: Callable[..., Website],
) -> None:
    """Of WCAG 2.2: targets of 24 px (2.5.8), at a width of 320 px (1.4.10)."""
    long = "W" * 2000
    hostile = f"<img src=x>\u202e{long}"
    site = website([COMPANY, hostile, hostile, hostile], viewport={"width": 320, "height": 420})
    site.page.evaluate("hostile => $owidget.addCustomData(hostile, hostile)", hostile)
    site.act("visitor", "open")
    sizes = "parts => parts.filter((part) => part.checkVisibility()).map((part) => {"
    sizes += " const box = part.getBoundingClientRect(); return Math.min(box.width, box.height); })"
    window = site.part("window")
    expect(window).to_be_visible()  # what is measured at once is not waited for
    assert min(window.locator("button, input, summary").evaluate_all(sizes)) >= 24
    site.act("visitor", "join")
    site.act("operator", "accept")
    site.act("operator", "say", hostile)
    expect(site.part("message")).to_have_count(1)
    window.locator("summary").click()
    for part in ("input", "log", "end"):
        expect(site.part(part)).to_be_in_viewport(ratio=0.2 if part == "log" else 1)
    assert min(window.locator("button, input, summary").evaluate_all(sizes)) >= 24
    assert window.evaluate(OVERHANGS) == []
    assert window.locator("img").count() == 0


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_whoever_wants_less_motion(
    website: Callable[..., Website], motion: str, moves: bool
) -> None:
    site = website(reduced_motion=motion)
    site.act("visitor", "join")
    rises = "frame => getComputedStyle(frame).animationName !== 'none'"
    assert site.page.locator(CHAT_WINDOW).evaluate(rises) is moves
    animated = "() => document.getAnimations().length > 0"
    expect(site.part("notice")).to_be_visible()
    assert site.part("notice").evaluate(animated) is moves, "the wait in the queue"
    site.act("clock", "step", 2500)
    expect(site.part("typing")).to_be_visible()
    assert site.part("typing").evaluate(animated) is moves, "the operator's typing"


def test_the_page_neither_reaches_in_nor_changes_how_it_looks(
    website: Callable[..., Website],
) -> None:
    site = website()
    assert site.page.locator(CHAT_WINDOW).count() == 0, "it is made when it is needed"
    site.buttons.press("Enter")
    expect(site.part("name")).to_be_focused()
    frame = site.page.locator(CHAT_WINDOW)
    assert frame.evaluate("frame => frame.contentDocument") is None
    with pytest.raises(Exception, match="SecurityError"):
        site.part("window").evaluate("() => localStorage.length")
    style = "({ opacity, transform, width }) => [opacity, transform, width]"
    assert frame.evaluate(f"frame => ({style})(getComputedStyle(frame))") == ["1", "none", "360px"]
    assert site.buttons.evaluate("button => getComputedStyle(button).fontSize") == "15px"


def test_a_frame_that_a_script_moves_or_removes_comes_back_with_its_conversation(
    website: Callable[..., Website],
) -> None:
    site = website()
    site.act("visitor", "join")
    site.act("operator", "accept")
    site.act("operator", "say", "Good morning")
    frame = site.page.locator(CHAT_WINDOW)
    frame.evaluate("frame => frame.parentElement.append(frame)")
    expect(site.part("log")).to_contain_text("Good morning")
    site.act("visitor", "type", "I am still here")
    frame.evaluate("frame => frame.remove()")
    site.page.evaluate("$owidget.hideWidget(), $owidget.openChat()")
    expect(site.part("log")).to_contain_text("I am still here")
    site.part("input").fill("So am I")
    site.part("send").click()
    expect(site.part("log")).to_contain_text("So am I")


def test_the_keyboard_goes_in_round_and_out_again(website: Callable[..., Website]) -> None:
    site = website()
    keyboard = site.page.keyboard
    site.buttons.press("Enter")
    expect(site.part("name")).to_be_focused()
    for part in ("start", "callback"):
        keyboard.press("Tab")
        expect(site.part(part)).to_be_focused()
    keyboard.press("Enter")
    expect(site.part("phone")).to_be_focused()
    keyboard.type("777")
    keyboard.press("Enter")
    expect(site.part("problem")).to_be_visible()
    expect(site.part("phone")).to_be_focused()
    keyboard.press("Escape")
    expect(site.page.locator(CHAT_WINDOW)).to_be_hidden()
    expect(site.buttons).to_be_focused()


def test_a_driven_chat_leaves_the_keyboard_in_another_document(
    website: Callable[..., Website],
) -> None:
    site = website()
    site.page.evaluate(
        """async () => {
          const other = document.createElement('iframe');
          other.srcdoc = '<input autofocus>';
          document.body.prepend(other);
          await new Promise((loaded) => other.addEventListener('load', loaded));
          // As a notebook around its stage: the page itself does not have the keyboard.
          document.hasFocus = () => false;
          other.contentDocument.querySelector('input').focus();
        }"""
    )
    site.act("visitor", "join")
    site.act("operator", "accept")
    expect(site.part("input")).to_be_visible()
    focused = "document.activeElement.contentDocument?.activeElement.tagName"
    assert site.page.evaluate(focused) == "INPUT"


@pytest.mark.parametrize(("width", "height"), [(1280, 700), (320, 640)])
def test_buttons_and_windows_of_several_widgets(
    website: Callable[..., Website], width: int, height: int
) -> None:
    """No button is covered, and no window as long as there is room; the last one is on top."""
    size = {"width": width, "height": height}
    widgets = [[COMPANY], [COMPANY, "sales"], [COMPANY, "support"]]
    site = website(*widgets, viewport=size)
    for widget in range(3):
        site.act("visitor", "open", widget=widget)
    buttons = [box(button) for button in site.buttons.all()]
    windows = [box(window) for window in site.page.locator(CHAT_WINDOW).all()]
    for each in buttons + windows:
        assert 0 <= each["x"] <= each["x"] + each["width"] <= width, each
        assert 0 <= each["y"] <= each["y"] + each["height"] <= height, each
    apart = buttons + windows if width > 1000 else buttons
    for at, one in enumerate(apart):
        assert not [other for other in apart[:at] if overlap(one, other)]
    on_top = site.page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).title",
        [windows[-1]["x"] + 100, windows[-1]["y"] + 100],
    )
    assert on_top == "Get support (SIMULATOR)"
    for button in site.buttons.all():
        button.click(trial=True)


def box(element: Locator) -> Box:
    found = element.bounding_box()
    assert found, "it is to be seen"
    x, y, width, height = found["x"], found["y"], found["width"], found["height"]
    return {"x": x, "y": y, "width": width, "height": height}


def overlap(one: Box, other: Box) -> bool:
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )
