"""What people look at: light and dark, wide and narrow, and every state a word and a shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

import owidget_jupyter

from .conftest import NewNotebook, NewPage
from .harness import axe
from .harness.chat import COMPANY, MAP_OUTSIDE, OUTSIDE
from .harness.readable import CONTRASTS, OVERHANGS, SHAPES

STATIC = Path(owidget_jupyter.__file__).parent / "static"
SCRIPT = (STATIC / "widget.js").read_text("utf-8")
#: Shows a model that was saved; under one scheme alone in a shadow root below a host of that.
BARE_PAGE = """async ([script, scheme]) => {
  const module = await import(URL.createObjectURL(new Blob([script], {type: 'text/javascript'})));
  const traits = {
    _build: '1', _key: scheme, state: 'connected', status_code: 2,
    company_id: '295b1064-cf5b-4a5d-9e05-e7a74f86ae5e',
    host: 'a-long-name-of-a-host.chat.example', preset: 'A rather long name of a preset',
    active_isolation: 'origin', show_status: true, show_events: true, height: 300,
    _tail: [{ seq: 1, type: 'status', at: 0, code: 1 }],
  };
  const model = {
    get: name => traits[name], on: () => {}, send: () => {},
    widget_manager: { get_model: async () => ({ comm_live: false }) },
  };
  const host = document.createElement('main');
  document.body.replaceChildren(host);
  const root = scheme === 'light' ? host.attachShadow({ mode: 'open' }) : host;
  if (scheme === 'light') host.style.colorScheme = scheme;
  const el = document.createElement('div');
  root.append(el);
  const { signal } = new AbortController();
  await module.default.initialize({ model, signal });
  await module.default.render({ model, el, signal });
}"""

CELLS = [
    "from owidget_jupyter import OWidget\nchat = OWidget.simulated(preset='sales')\nchat",
    f"asking = OWidget('{COMPANY}', preset='A rather long name of a preset')\nasking",
    f"failed = OWidget('{COMPANY}', isolation='origin')\nfailed",
]


@pytest.mark.parametrize(
    ("theme", "width"),
    [
        ("JupyterLab Light", 480),
        ("JupyterLab Dark", 1200),
        pytest.param("JupyterLab Light", 1200, marks=pytest.mark.slow),
        pytest.param("JupyterLab Dark", 480, marks=pytest.mark.slow),
    ],
)
def test_every_state_is_readable_in_both_themes_and_at_any_width(
    notebook: NewNotebook, new_page: NewPage, theme: str, width: int
) -> None:
    page = new_page(MAP_OUTSIDE, viewport={"width": width, "height": 900})
    nb = notebook(cells=CELLS, page=page, host=OUTSIDE)
    nb.set_theme(theme)
    nb.run_all()
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    nb.until("asking.state == 'asking'")
    nb.until("failed.state == 'failed' and failed.error.code == 'stage_unreachable'")
    words = ["online", "connected"], ["waiting for your choice"], ["failed", "Retry"]
    for cell, expected in enumerate(words):
        widget = nb.output_area(cell).locator(".owidget")
        for word in expected:
            expect(widget).to_contain_text(word)
        # A state is a word and a shape.
        shapes = widget.locator(".owidget-now .owidget-shape svg")
        expect(shapes).to_have_count(2)
        assert all(shape.evaluate("it => it.clientWidth") > 8 for shape in shapes.all())
        assert widget.evaluate(CONTRASTS) == []
        assert widget.evaluate(SHAPES) == []
        assert widget.evaluate(OVERHANGS) == []
        # JupyterLab's own bars take their part of a narrow page.
        assert (widget.evaluate("it => it.clientWidth") < 320) == (width == 480)
    # What has no frame shows no empty box in its place.
    expect(nb.output_area(1).locator(".owidget-slot")).to_be_hidden()


def test_outside_jupyterlab_it_follows_the_scheme_of_its_place(new_page: NewPage) -> None:
    """A saved picture on a bare page, which no theme has variables for: no kernel, no stage."""
    for wanted, paper in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(28, 28, 28)")):
        page = new_page(viewport={"width": 320, "height": 400}, color_scheme=wanted)
        page.evaluate(BARE_PAGE, [SCRIPT, "light dark"])
        view = page.locator(".owidget")
        expect(view).to_contain_text("saved state")
        expect(view).to_have_css("background-color", paper)
        for looked in (CONTRASTS, SHAPES, OVERHANGS):
            assert view.evaluate(looked) == [], wanted
        assert axe.findings(page, ".owidget") == []
    # In a shadow root, as marimo's, the host's word counts, not the system's.
    page.evaluate(BARE_PAGE, [SCRIPT, "light"])
    expect(page.locator(".owidget")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_everything_is_reached_by_keyboard_with_a_visible_focus(notebook: NewNotebook) -> None:
    nb = notebook(cells=CELLS[:1])
    nb.run_all()
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    view = nb.output_area(0).locator(".owidget")
    # In the order in which it is read; in the frame, the chat's button is the only stop.
    stops = [
        view.get_by_role("button", name="Skip the chat"),
        nb.stage().locator("[data-part=button]"),
        view.get_by_role("separator", name="Height of the chat"),
        view.locator("summary").first,
    ]
    stops[0].focus()
    for stop in stops:
        expect(stop).to_be_focused()
        assert stop.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
        nb.page.keyboard.press("Tab")
    stops[-1].focus()
    for stop in reversed(stops):
        expect(stop).to_be_focused()
        nb.page.keyboard.press("Shift+Tab")
    stops[-1].focus()
    nb.page.keyboard.press("Enter")
    expect(nb.output_area(0).locator(".owidget-events")).to_be_visible()
    status = nb.output_area(0).get_by_role("status")
    expect(status).to_contain_text("connected")


def test_a_demo_shows_the_chat_alone(notebook: NewNotebook) -> None:
    nb = notebook(
        cells=[
            "from owidget_jupyter import OWidget\n"
            "chat = OWidget.simulated(show_status=False, show_events=False, height=300)\nchat"
        ]
    )
    nb.run_all()
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    widget = nb.output_area(0).locator(".owidget")
    expect(widget.locator(".owidget-bar")).to_be_hidden()
    expect(widget.locator(".owidget-fold").first).to_be_hidden()
    expect(widget.locator(".owidget-frame")).to_be_visible()
    # The frame, and the handle under it.
    assert widget.evaluate("it => it.offsetHeight") < 325
    nb.exec("chat.show_status = True")
    expect(widget.locator(".owidget-bar")).to_contain_text("connected")
