"""What a hostile script can do under each isolation is what SECURITY.md says, no more, no less."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from ..conftest import NewNotebook, NewPage
from ..harness import PageErrors, Vendor
from .attempt import Attempt
from .on_others import ON_OTHERS
from .on_page import ON_PAGE
from .on_server import ON_SERVER
from .on_windows import LAST, ON_WINDOWS
from .scene import DEVICES, PERMISSIONS, Scene
from .script import hostile
from .table import ISOLATIONS, documented, rendered, write

ATTEMPTS: tuple[Attempt, ...] = (*ON_PAGE, *ON_SERVER, *ON_OTHERS, *ON_WINDOWS)


@pytest.fixture
def collector() -> Generator[Vendor]:
    """Another host: of another chat, and of whatever the script sends away."""
    with Vendor() as server:
        yield server


@pytest.mark.slow
def test_outcomes_are_those_that_are_documented(
    notebook: NewNotebook,
    new_page: NewPage,
    vendor: Vendor,
    collector: Vendor,
    page_errors: PageErrors,
) -> None:
    page_errors.allow("", "a hostile script makes the browser complain of much")
    vendor.script = hostile((*ATTEMPTS, LAST))
    page = new_page(*DEVICES, permissions=PERMISSIONS)
    scene = Scene(notebook([], page=page), vendor, collector)
    for isolation in ISOLATIONS:
        scene.show(isolation, media=True)
        scene.try_all(isolation, [attempt for attempt in ATTEMPTS if attempt.media])
        scene.show(isolation)
        scene.try_all(isolation, [attempt for attempt in ATTEMPTS if not attempt.media])
        scene.judge_again()
        scene.try_to_leave(isolation, LAST)

    table = rendered((*ATTEMPTS, LAST), scene.outcomes)
    path = write(table, scene.outcomes)
    unseen = [
        attempt.name
        for attempt in (*ATTEMPTS, LAST)
        if scene.outcomes[attempt.name]["none"].possible == attempt.even_none
    ]
    assert unseen == [], f"isolation none prevents nothing but what is said to be so; see {path}"
    assert table == documented(), (
        f"what a hostile script can do has changed: if that is meant, put {path} between the "
        "markers in SECURITY.md"
    )
