"""Pages as they are in the wild: what each hears, in which order, and what it is warned of.

They have the vendor's snippet, in which only the host was changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error

from tests.simulator_host import SimulatorHost
from tests.website import Site

from ..harness import eventually
from .book import HostPage, host_pages
from .conftest import Visit

HEARD = "JSON.parse(sessionStorage.getItem('heard') ?? '[]')"
PAIRS = [("", "sales"), ("sales", "support"), ("support", "support"), ("default", "Unheard of")]


BOOK = host_pages()


@pytest.mark.parametrize(("name", "expected"), BOOK.items(), ids=BOOK)
def test_page(
    visit: Callable[..., Visit],
    site: Site,
    hosts: dict[str, SimulatorHost],
    name: str,
    expected: HostPage,
) -> None:
    visited = visit()
    visited.open(f"{name}.html")
    page = visited.page

    def heard() -> list[Any]:
        try:
            return page.evaluate(HEARD)  # type: ignore[no-any-return]
        except Error:  # it is being reloaded
            return []

    eventually(
        lambda: visited.exceptions or heard()[-1:] == [["end"]],
        message=lambda: f"the page came to its end; it heard {heard()}",
    )
    assert visited.exceptions == []
    assert heard() == [*expected.heard, ["end"]]
    assert_like(visited.warnings, expected.warnings)
    assert_like(visited.errors, expected.errors)
    assert page.locator("[data-part=button]:visible").count() == expected.buttons
    assert visited.hosts <= {site.authority, *(host.authority for host in hosts.values())}


def assert_like(said: list[str], patterns: list[str]) -> None:
    """Hold what a console said against what it had to say, one by one."""
    assert len(said) == len(patterns), said
    for text, pattern in zip(said, patterns, strict=True):
        assert re.search(pattern, text, re.DOTALL), f"{text!r} is not like {pattern!r}"


@pytest.mark.parametrize("presets", PAIRS, ids=" and ".join)
def test_buttons_of_two_widgets_do_not_cover_each_other(
    visit: Callable[..., Visit], presets: tuple[str, str]
) -> None:
    visited = visit()
    visited.open("two-at-once.html?" + "&".join(f"preset={preset}" for preset in presets))
    buttons = visited.page.locator("[data-part=button]:visible")
    eventually(lambda: buttons.count() == 2, message="both widgets have a button")
    for width in (1000, 320):
        visited.page.set_viewport_size({"width": width, "height": 700})
        boxes = [each.bounding_box() for each in buttons.all()]
        one, two = (box for box in boxes if box is not None)
        apart = (
            one["x"] + one["width"] <= two["x"]
            or two["x"] + two["width"] <= one["x"]
            or one["y"] + one["height"] <= two["y"]
            or two["y"] + two["height"] <= one["y"]
        )
        assert apart, boxes
        for box in (one, two):
            assert box["x"] >= 0
            assert box["y"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= 700
    assert visited.exceptions == []
    assert visited.warnings == []
