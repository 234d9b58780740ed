"""The card: who meets it, what it does before a click, by keyboard, and what it remembers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from .conftest import NewNotebook, NewPage
from .harness import Notebook, Vendor, eventually, recorder
from .harness.chat import COMPANY, MAP_OUTSIDE, OUTSIDE
from .test_looks import CONTRASTS, OVERHANGS

ONLINE = recorder(on_connect="status(1);")
BUTTONS = {"opaque": "Open isolated", "none": "Open inside the page"}
CHOSEN = "chosen on the card"
CHOSEN_BEFORE = "chosen on the card before, for this host and tab"


def making(name: str, vendor: Vendor) -> str:
    """Return a cell's source that makes a widget and displays it."""
    return (
        "from owidget_jupyter import OWidget\nimport threading\n"
        f"{name} = OWidget({COMPANY!r}, host={vendor.host!r})\n"
        f"{name}_states = []\n"
        f"{name}.observe(lambda change: {name}_states.append(change.new), names='state')\n{name}"
    )


def card_of(nb: Notebook, cell: int) -> Locator:
    """Locate the card in a cell's output."""
    return nb.output_area(cell).locator(".owidget-card")


def choose(nb: Notebook, cell: int, choice: str) -> None:
    """Press one of the card's buttons."""
    card_of(nb, cell).get_by_role("button", name=BUTTONS[choice]).click()


@pytest.mark.parametrize(
    ("choice", "key"),
    [("opaque", "Space"), pytest.param("none", "Enter", marks=pytest.mark.slow)],
)
def test_nothing_is_contacted_before_a_button_is_pressed(
    notebook: NewNotebook, new_page: NewPage, vendor: Vendor, choice: str, key: str
) -> None:
    """Both buttons are reached and pressed by keyboard, without a word to the notebook."""
    vendor.script = ONLINE
    nb = notebook([making("chat", vendor)], page=new_page(MAP_OUTSIDE), host=OUTSIDE)
    nb.run_all()
    nb.until("chat.state == 'asking'")
    card = card_of(nb, 0)
    expect(card).to_contain_text(vendor.host)
    assert (vendor.requests, vendor.connections, nb.stage_frames()) == ([], 0, [])
    # Nor does anything listen: a page that is not on loopback cannot reach it.
    assert nb.py("[t.name for t in threading.enumerate() if 'owidget' in t.name]") == []

    stops = [
        card.get_by_role("button", name=BUTTONS["opaque"]),
        card.get_by_role("button", name=BUTTONS["none"]),
        card.locator("summary"),
    ]
    cells = nb.cell_count()
    stops[0].focus()
    for stop in stops:
        expect(stop).to_be_focused()
        assert stop.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
        # In JupyterLab's command mode these would cut the cell, and make another.
        nb.page.keyboard.type("xb")
        nb.page.keyboard.press("Tab")
    stops[2].focus()
    nb.page.keyboard.press("Enter")
    expect(card).to_contain_text("not opened on the kernel's own machine")
    assert (vendor.requests, nb.cell_count()) == ([], cells)

    stops[list(BUTTONS).index(choice)].focus()
    nb.page.keyboard.press(key)
    nb.until("chat.state == 'connected'")
    assert nb.py("[chat.active_isolation, chat.isolation_reason]") == [choice, CHOSEN]
    expect(card).to_have_count(0)
    assert nb.cell_count() == cells


@pytest.mark.slow
def test_a_choice_holds_for_its_host_in_its_tab(
    notebook: NewNotebook, new_page: NewPage, vendor: Vendor
) -> None:
    """For other settings, models, re-run cells and reloads; not for other hosts and tabs."""
    vendor.script = ONLINE
    with Vendor() as elsewhere:
        elsewhere.script = ONLINE
        cells = [making("chat", vendor), making("other", vendor), making("away", elsewhere)]
        nb = notebook(cells, page=new_page(MAP_OUTSIDE), host=OUTSIDE)
        nb.run_all()
        nb.until("chat.state == other.state == away.state == 'asking'")
        choose(nb, 0, "opaque")
        # The other one of that host waited for the same answer.
        nb.until("chat.state == other.state == 'connected'")
        assert nb.py("[other.active_isolation, other.isolation_reason]") == ["opaque", CHOSEN]
        assert (nb.py("away.state"), elsewhere.requests) == ("asking", [])

        def assert_remembered() -> None:
            nb.until("chat.state == 'connected' and chat.isolation_reason != before")
            assert nb.py("[chat.active_isolation, chat.isolation_reason]") == [
                "opaque",
                CHOSEN_BEFORE,
            ]
            assert nb.py("'asking' in chat_states") is False

        nb.exec("before = chat.isolation_reason; chat_states.clear(); chat.preset = 'other'")
        assert_remembered()
        nb.run_cell(0)
        nb.exec("before = None")
        assert_remembered()
        nb.save()
        loads = len(vendor.loads)
        nb.reload()
        eventually(lambda: len(vendor.loads) == loads + 2, message="both are there again")
        assert_remembered()
        assert nb.py("[other.state, away.state]")[1] == "asking"

        # Another tab has not been asked.
        tab = notebook([making("chat", vendor)], page=nb.page.context.new_page(), host=OUTSIDE)
        tab.run_all()
        tab.until("chat.state == 'asking'")


@pytest.mark.slow
def test_a_choice_can_be_made_again_and_python_can_make_it(
    notebook: NewNotebook, new_page: NewPage, vendor: Vendor
) -> None:
    """A button beside the isolation leads back to the card; the trait makes it superfluous."""
    vendor.script = ONLINE
    nb = notebook([making("chat", vendor)], page=new_page(MAP_OUTSIDE), host=OUTSIDE)
    nb.run_all()
    nb.until("chat.state == 'asking'")
    choose(nb, 0, "none")
    nb.until("chat.state == 'connected'")
    facts = nb.output_area(0).locator(".owidget-facts")
    expect(facts).to_contain_text("inside the page")
    change = facts.get_by_role("button", name="Change")
    change.click()
    nb.until("chat.state == 'asking'")
    assert nb.stage_frames() == []
    expect(change).to_have_count(0)
    choose(nb, 0, "opaque")
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == "opaque"

    nb.exec("chat.isolation = 'none'")
    nb.until("chat.state == 'connected' and chat.active_isolation == 'none'")
    assert nb.py("chat.isolation_reason") == 'isolation="none" was set'
    expect(change).to_have_count(0)
    nb.exec("chat.isolation = 'auto'")
    nb.until("chat.active_isolation == 'opaque' and chat.state == 'connected'")
    assert nb.py("chat.isolation_reason") == CHOSEN_BEFORE


@pytest.mark.parametrize(
    ("theme", "options"),
    [
        ("JupyterLab Light", {"viewport": {"width": 436, "height": 900}}),
        *(
            pytest.param(*shown, marks=pytest.mark.slow)
            for shown in (
                ("JupyterLab Dark", {"viewport": {"width": 1200, "height": 900}}),
                ("JupyterLab Light", {"forced_colors": "active"}),
            )
        ),
    ],
    ids=["light and narrow", "dark and wide", "high contrast"],
)
def test_the_card_is_readable_and_recommends_by_more_than_colour(
    notebook: NewNotebook,
    new_page: NewPage,
    vendor: Vendor,
    theme: str,
    options: dict[str, Any],
) -> None:
    nb = notebook([making("chat", vendor)], page=new_page(MAP_OUTSIDE, **options), host=OUTSIDE)
    nb.set_theme(theme)
    nb.page.evaluate("window.jupyterapp.shell.collapseLeft()")
    nb.run_all()
    nb.until("chat.state == 'asking'")
    card = card_of(nb, 0)
    card.locator("details").evaluate("it => { it.open = true }")
    assert card.evaluate(OVERHANGS) == []
    widget = nb.output_area(0).locator(".owidget")
    assert widget.evaluate(CONTRASTS) == []
    first, second = card.locator(".owidget-option").all()
    expect(first).to_contain_text("Recommended")
    expect(second).not_to_contain_text("Recommended")
    borders = [
        option.evaluate("it => parseFloat(getComputedStyle(it).borderTopWidth)")
        for option in (first, second)
    ]
    assert borders[0] > borders[1] > 0
    # Beside each other where there is room, else one below the other.
    wide = widget.evaluate("it => it.clientWidth") > 600
    tops = [option.evaluate("it => it.offsetTop") for option in (first, second)]
    assert (tops[0] == tops[1]) == wide
    assert wide == (options.get("viewport", {}).get("width") != 436)
