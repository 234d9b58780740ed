"""What people look at: light and dark, wide and narrow, and every state a word and a shape."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook, NewPage
from .harness.chat import COMPANY, MAP_OUTSIDE, OUTSIDE
from .harness.readable import CONTRASTS, OVERHANGS

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
        shapes = widget.locator(".owidget-now .owidget-shape").all_inner_texts()
        assert len(shapes) == 2
        assert all(shapes)
        assert widget.evaluate(CONTRASTS) == []
        assert widget.evaluate(OVERHANGS) == []
    # What has no frame shows no empty box in its place.
    expect(nb.output_area(1).locator(".owidget-slot")).to_be_hidden()


def test_everything_is_reached_by_keyboard_with_a_visible_focus(notebook: NewNotebook) -> None:
    nb = notebook(cells=CELLS[:1])
    nb.run_all()
    nb.until("chat.state == 'connected' and chat.active_isolation == 'opaque'")
    summary = nb.output_area(0).locator(".owidget summary").first
    summary.focus()
    nb.page.keyboard.press("Shift+Tab")
    # Before the event list comes the chat itself: its button is the last stop in the frame.
    button = nb.stage().locator("[data-part=button]")
    expect(button).to_be_focused()
    nb.page.keyboard.press("Tab")
    expect(summary).to_be_focused()
    assert summary.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
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
    assert widget.bounding_box()["height"] < 310
    nb.exec("chat.show_status = True")
    expect(widget.locator(".owidget-bar")).to_contain_text("connected")
