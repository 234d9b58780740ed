"""For everybody: axe-core's findings, the ways in and out by keyboard, what is said, the height."""

from __future__ import annotations

import json
from functools import partial

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from .conftest import NewNotebook, NewPage
from .harness import Notebook, Vendor, axe, eventually, recorder
from .harness.browser import PageErrors
from .harness.chat import COMPANY, MAP_OUTSIDE, OUTSIDE, Chat
from .harness.chat_window import window_part
from .harness.isolations import ISOLATIONS
from .harness.readable import CONTRASTS, OVERHANGS, SHAPES

OURS = ".owidget, .owidget-dock"
THEMES = ("JupyterLab Light", "JupyterLab Dark")
HIGH_CONTRAST = "JupyterLab Dark High Contrast"
#: What a person meets, in the order of these cells: connected, shown elsewhere on the page, asking,
#: failed, without a company, in the page's corner.
CELLS = [
    "from owidget_jupyter import OWidget\n"
    "chat = OWidget.simulated(preset='A rather long name of a preset', height=200)\nchat",
    "chat",
    f"asking = OWidget('{COMPANY}')\nasking",
    f"failed = OWidget('{COMPANY}', isolation='origin')\nfailed",
    "idle = OWidget()\nidle",
    "corner = OWidget.simulated(placement='page', height=200)\ncorner",
]
ONLINE = recorder(on_connect="status(1);")
#: A script that lets nobody out of its field.
TRAP = recorder(
    on_connect="""
status(1);
const field = document.body.appendChild(document.createElement('input'));
addEventListener('keydown', event => { if (event.key === 'Tab') event.preventDefault(); }, true);
field.onblur = () => field.focus();
"""
)
IS_DARK = "() => matchMedia('(prefers-color-scheme: dark)').matches"
SCHEMES = "() => document.querySelector('meta[name=color-scheme]').content"
#: Counts what a screen reader is given to say, region by region.
LISTEN = """() => {
  window.said = [];
  const look = region => new MutationObserver(() => {
    if (region.textContent) window.said.push(`${region.role}: ${region.textContent}`);
  }).observe(region, { childList: true, characterData: true, subtree: true });
  document.querySelectorAll('.owidget > [role=status], .owidget > [role=alert]').forEach(look);
}"""


def every_state(
    notebook: NewNotebook, new_page: NewPage, width: int = 1200, **options: object
) -> Notebook:
    """Show all states in a page that is not on loopback, where the card asks."""
    page = new_page(MAP_OUTSIDE, viewport={"width": width, "height": 1800}, **options)
    nb = notebook(cells=CELLS, page=page, host=OUTSIDE)
    # In a narrow page the file browser would leave it no room at all.
    page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    nb.run_all()
    nb.until("chat.state == corner.state == 'connected' and chat.active_isolation == 'opaque'")
    nb.until("asking.state == 'asking' and failed.state == 'failed' and idle.state == 'idle'")
    expect(nb.page.locator(".owidget-card")).to_be_visible()
    # What is folded is looked at, too.
    for cell in (0, 4):
        nb.output_area(cell).locator(".owidget summary").first.click()
    nb.output_area(2).locator(".owidget-card summary").click()
    return nb


def box(locator: Locator) -> FloatRect:
    """Return where it is on the page."""
    found = locator.bounding_box()
    assert found is not None
    return found


def test_axe_finds_nothing_in_any_state_in_light_and_dark(
    notebook: NewNotebook, new_page: NewPage
) -> None:
    """With a system whose scheme is light: a frame that followed it would be white in the dark."""
    # A scheme of Playwright's would hold in every frame, whatever the page says.
    nb = every_state(notebook, new_page, color_scheme="null")
    assert not nb.page.evaluate(IS_DARK)
    stages = [frame for frame in nb.page.frames if frame.parent_frame == nb.page.main_frame]
    assert len(stages) == 2, "in the cell, and in the page's corner"
    for theme in THEMES:
        nb.set_theme(theme)
        for stage in stages:
            follows = f"({IS_DARK})() === {json.dumps('Dark' in theme)}"
            eventually(partial(stage.evaluate, follows), message=theme)
            assert stage.evaluate(SCHEMES) == "light dark", "else the browser paints it white"
        assert axe.findings(nb.page, OURS) == [], theme
    # "Nothing yet." is no event, and has no number.
    nothing = nb.output_area(4).locator(".owidget-events li")
    expect(nothing).to_have_css("list-style-type", "none")


@pytest.mark.slow
def test_axe_finds_nothing_elsewhere_nor_once_the_kernel_has_gone(
    notebook: NewNotebook, page_errors: PageErrors
) -> None:
    page_errors.allow("Comm not found")  # JupyterLab's, in the tab that has not restarted it
    nb = notebook(cells=CELLS[:1])
    nb.run_all()
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    nb.save()
    other = nb.second_tab()
    notice = other.panel.locator(".owidget-notice")
    expect(notice).to_contain_text("runs in another")
    for theme in THEMES:
        other.set_theme(theme)
        assert axe.findings(other.page, OURS) == [], theme
    nb.exec("chat.on_status(lambda code: 1 / 0)")
    expect(other.panel.locator(".owidget-problems")).to_contain_text("Problems (1)")
    other.panel.locator(".owidget-problems summary").click()
    assert axe.findings(other.page, OURS) == []
    nb.restart_kernel()
    expect(nb.panel.locator(".owidget-notice")).to_contain_text("Run its cell again")
    for theme in THEMES:
        nb.set_theme(theme)
        assert axe.findings(nb.page, OURS) == [], theme


@pytest.mark.slow
@pytest.mark.parametrize("width", [1200, 400])
def test_high_contrast_is_readable(notebook: NewNotebook, new_page: NewPage, width: int) -> None:
    nb = every_state(notebook, new_page, width)
    nb.set_theme(HIGH_CONTRAST)
    assert axe.findings(nb.page, OURS) == []
    for root in nb.page.locator(OURS).all():
        for looked in (CONTRASTS, SHAPES, OVERHANGS):
            assert root.evaluate(looked) == []


@pytest.mark.slow
def test_colours_that_the_system_forces_leave_shapes_and_edges(
    notebook: NewNotebook, new_page: NewPage
) -> None:
    nb = every_state(notebook, new_page, 400, forced_colors="active")
    for root in nb.page.locator(OURS).all():
        assert root.evaluate(SHAPES) == []
        assert root.evaluate(OVERHANGS) == []


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_tab_leads_in_and_out_of_an_open_chat(notebook: NewNotebook, isolation: str) -> None:
    """In both directions, through a window that is a frame in the frame; and over it."""
    nb = notebook(
        [
            "from owidget_jupyter import OWidget\n"
            f"chat = OWidget.simulated(isolation={'origin' if isolation == 'auto' else isolation!r}"
            ", height=500)\nchat"
        ]
    )
    nb.run_all()
    nb.until("chat.state == 'connected'")
    nb.exec("await chat.open_chat(True)")
    text = window_part(nb.stage(), "input")
    expect(text).to_be_visible()
    view, keys = nb.output_area(0).locator(".owidget"), nb.page.keyboard
    skip = view.get_by_role("button", name="Skip the chat")
    handle = view.get_by_role("separator", name="Height of the chat")

    skip.focus()
    assert presses(nb.page, "Tab", handle) > 2, "the chat's own stops were on the way"
    assert presses(nb.page, "Shift+Tab", skip) > 2
    keys.press("Enter")
    expect(handle).to_be_focused()


def presses(page: Page, key: str, until: Locator, most: int = 20) -> int:
    """Press a key until something has the focus, and return how often that was."""
    for count in range(1, most + 1):
        page.keyboard.press(key)
        if until.evaluate("it => it === document.activeElement"):
            return count
    raise AssertionError(f"{key} has not led there in {most} presses")


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_escape_twice_and_tab_lead_out_of_a_script_that_keeps_the_focus(
    notebook: NewNotebook, vendor: Vendor, isolation: str
) -> None:
    vendor.script = TRAP
    chat = Chat(notebook([]), vendor)
    chat.show(f"isolation={isolation!r}")
    chat.until_state("connected", isolation)
    keys, field = chat.nb.page.keyboard, chat.nb.stage().locator("input")
    field.click()
    keys.press("Tab")
    expect(field).to_be_focused()
    handle = chat.view.get_by_role("separator", name="Height of the chat")
    skip = chat.view.get_by_role("button", name="Skip the chat")
    for way, there in (("Tab", handle), ("Shift+Tab", skip)):
        field.click()
        for key in ("Escape", "Escape", way):
            keys.press(key)
        expect(there).to_be_focused()


@pytest.mark.slow
def test_focus_stays_in_the_chat_when_what_had_it_goes(
    notebook: NewNotebook, new_page: NewPage, vendor: Vendor, page_errors: PageErrors
) -> None:
    """After a choice on the card, and while what was tried fails again."""
    page_errors.allow(r"net::ERR_CONNECTION_REFUSED")
    vendor.refuse()
    nb = notebook(
        [
            "from owidget_jupyter import OWidget\n"
            f"chat = OWidget('{COMPANY}', host='{vendor.host}')\nchat"
        ],
        page=new_page(MAP_OUTSIDE),
        host=OUTSIDE,
    )
    nb.run_all()
    view = nb.output_area(0).locator(".owidget")
    view.get_by_role("button", name="Open isolated").focus()
    nb.page.keyboard.press("Enter")
    expect(view).to_be_focused()
    retry = view.get_by_role("button", name="Retry")
    expect(retry).to_be_visible()
    retry.focus()
    nb.page.keyboard.press("Enter")
    within = "it => it.contains(document.activeElement)"
    nb.until("chat.state == 'failed'")
    assert view.evaluate(within)
    # Letters are not the notebook's, which would cut the cell.
    nb.page.keyboard.type("xx")
    expect(view).to_have_count(1)


@pytest.mark.slow
def test_what_is_said_is_little(notebook: NewNotebook, vendor: Vendor) -> None:
    """One sentence for a way to connected, few for a burst, one for a failure; by one view only."""
    vendor.script = recorder(on_connect="status(1);")
    nb = notebook([])
    chat = Chat(nb, vendor)
    chat.show("autoconnect=False")
    chat.until_state("ready")
    nb.add_and_run("chat")
    status = nb.page.locator(".owidget > [role=status]")
    expect(status).to_have_count(1)
    expect(status).to_have_text("status unknown, ready, not connected")
    nb.page.evaluate(LISTEN)
    nb.exec("chat.connect_to_server()")
    chat.until_state("connected")
    expect(status).to_have_text("online, connected")
    nb.stage().evaluate(
        "async () => { for (let n = 0; n < 200; n++) {"
        " vendorTest.status(n % 3); await new Promise(done => setTimeout(done, 5)); } }"
    )
    expect(status).to_have_text("online, connected")
    chat.until("len(statuses) == 201")
    nb.stage().evaluate("() => { location.href = 'about:blank'; }")
    chat.until("chat.state == 'failed'")
    expect(nb.page.locator(".owidget > [role=alert]")).to_contain_text("went to another page")
    said = nb.page.evaluate("window.said")
    assert said[0] == "status: online, connected"
    assert [line for line in said if line.startswith("alert")] == said[-1:]
    assert len(said) <= 8, said


@pytest.mark.slow
def test_the_height_is_dragged_kept_and_given_back(notebook: NewNotebook) -> None:
    """Over the frame, which would swallow the pointer; through a reload; until Python speaks."""
    nb = notebook(
        ["from owidget_jupyter import OWidget\nchat = OWidget.simulated(height=400)\nchat"]
    )
    nb.run_all()
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    slot = nb.output_area(0).locator(".owidget-slot")
    handle = nb.output_area(0).get_by_role("separator", name="Height of the chat")
    grip = box(handle)
    x, y = grip["x"] + 200, grip["y"] + grip["height"] / 2
    nb.page.mouse.move(x, y)
    nb.page.mouse.down()
    nb.page.mouse.move(x, y - 150, steps=10)
    expect(slot).to_have_css("height", "250px")
    nb.page.mouse.up()
    nb.page.mouse.move(x, y - 50, steps=5)
    expect(slot).to_have_css("height", "250px")
    nb.page.keyboard.press("PageDown")
    expect(slot).to_have_css("height", "350px")
    expect(handle).to_have_attribute("aria-valuenow", "350")
    assert nb.py("chat.height") == 400, "front ends write no synced trait"

    # A second view has it, and so has the page after a reload.
    second = nb.add_and_run("chat")
    nb.output_area(second).get_by_role("button", name="Bring it here").click()
    brought = nb.output_area(second).locator(".owidget-slot")
    expect(brought).to_have_css("height", "350px")
    expect(nb.page.locator(".owidget-handle")).to_have_count(1)
    nb.save()
    nb.reload()
    nb.until("chat.state == 'connected'")
    expect(nb.page.locator(".owidget-slot:visible")).to_have_css("height", "350px")
    nb.exec("chat.height = 300")
    expect(nb.page.locator(".owidget-slot:visible")).to_have_css("height", "300px")

    # In the page's corner it grows upwards.
    nb.exec("chat.placement = 'page'")
    panel = nb.page.locator(".owidget-panel")
    expect(panel.locator(".owidget-slot")).to_have_css("height", "300px")
    top = box(panel)["y"]
    panel.get_by_role("separator", name="Height of the chat").focus()
    nb.page.keyboard.press("ArrowUp")
    expect(panel.locator(".owidget-slot")).to_have_css("height", "310px")
    eventually(lambda: box(panel)["y"] < top, message="it has grown upwards")
