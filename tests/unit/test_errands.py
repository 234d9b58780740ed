"""What a kernel brings a page before it asks."""

from __future__ import annotations

from typing import Any

import pytest

from owidget_jupyter import OWidget, errands
from owidget_jupyter.stage import document

from .driver import COMPANY, RecordingComm


@pytest.fixture(autouse=True)
def _fresh_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have it that no chat was displayed in this kernel yet."""
    monkeypatch.setattr(errands, "_brought", set())


def brought(chat: OWidget) -> list[Any]:
    """Display it, and return the parts that go out with that."""
    comm = chat.comm
    assert isinstance(comm, RecordingComm)
    chat._repr_mimebundle_()
    return [message["texts"] for message in comm.custom("asset")]


@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ({"isolation": "opaque"}, ["hosting", "stage"]),
        ({"isolation": "none"}, ["hosting", "stage"]),
        ({"isolation": "origin"}, ["hosting"]),
        ({"isolation": "auto"}, ["hosting"]),
    ],
)
def test_the_first_display_brings_what_its_page_is_going_to_ask_for(
    settings: dict[str, Any], parts: list[str]
) -> None:
    chat = OWidget(COMPANY, **settings)
    assert brought(chat) == [{name: document.asset(name) for name in parts}]


@pytest.mark.parametrize(
    ("isolation", "parts"),
    [("auto", ["hosting", "stage", "simulator"]), ("origin", ["hosting"])],
)
def test_a_simulated_one_brings_the_simulator_where_the_page_hands_it_on(
    isolation: str, parts: list[str]
) -> None:
    (texts,) = brought(OWidget.simulated(isolation=isolation))
    assert list(texts) == parts


def test_it_is_for_whatever_page_lacks_it() -> None:
    chat = OWidget.simulated()
    brought(chat)
    comm = chat.comm
    assert isinstance(comm, RecordingComm)
    assert [message["frontend"] for message in comm.custom("asset")] == [""]


def test_each_part_is_brought_once_in_a_kernel() -> None:
    first, second, third = OWidget(COMPANY), OWidget.simulated(), OWidget.simulated()
    assert [list(texts) for texts in brought(first)] == [["hosting"]]
    assert brought(first) == brought(first)  # displayed again: the same one message, no other
    assert [list(texts) for texts in brought(second)] == [["stage", "simulator"]]
    assert brought(third) == []


def test_nothing_is_brought_where_nobody_is_to_be_talked_to() -> None:
    assert brought(OWidget()) == []
